// The page of one layer: /layer.html?search=NAME&birth=N, or ?name=NAME for one that comes with the program.
import * as api from './api.js';
import {openCurves} from './curves.js';
import {byId} from './dom.js';
import {Exports} from './exports.js';
import * as parts from './layer-parts.js';

const asked = new URLSearchParams(location.search);

/** What is shown, wherever it comes from. */
async function read() {
  const search = asked.get('search');
  if (search === null) {
    const named = (await api.layers()).find(one => one.name === asked.get('name') && one.kind === 'graph');
    if (!named) throw new Error(`name is ${asked.get('name')}, expected a graph of this program`);
    return {named, files: api.exportsOf(`/layers/${encodeURIComponent(named.name)}`)};
  }
  const birth = asked.get('birth') ?? '';
  const source = api.search(search);
  const files = api.exportsOf(`/searches/${encodeURIComponent(search)}/candidates/${encodeURIComponent(birth)}`);
  const [detail, provenance] = await Promise.all([source.candidate(birth), files.json('provenance.json')]);
  return {detail, found: provenance.found, files};
}

async function show() {
  const {named, detail, found, files} = await read();
  if (named) {
    parts.headOfNamed(named);
    parts.text(named.formula);
  } else {
    parts.head(detail, found);
    parts.text(detail.candidate.formula);
    parts.terms(detail.phenotype);
    parts.lineage(found, detail.children);
    parts.evidence(found);
    openCurves(detail.evaluations);
  }
  byId('terms').closest('.panel').hidden = Boolean(named);
  byId('page').hidden = false;
  await Promise.all([parts.drawing(files), parts.formula(files), new Exports(files).show()]);
  document.body.dataset.shown = 'all';
}

show().catch(error => {
  byId('page').hidden = true;
  byId('missing').hidden = false;
  byId('missing-why').textContent = error.message;
});
