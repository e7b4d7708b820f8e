// The page of one layer: /layer.html?search=NAME&birth=N, or ?name=NAME for one that comes with the program.
import * as api from './api.js';
import {openCurves} from './curves.js';
import {byId} from './dom.js';
import {equivalents} from './equivalents.js';
import {Exports} from './exports.js';
import * as parts from './layer-parts.js';
import {Lineage} from './lineage.js';
import {tournament} from './tournament.js';

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
  const [detail, provenance, kin] = await Promise.all([source.candidate(birth), files.json('provenance.json'), source.kin(birth)]);
  return {detail, found: provenance.found, kin, source, files};
}

async function show() {
  const {named, detail, found, kin, source, files} = await read();
  if (named) {
    parts.headOfNamed(named);
    parts.text(named.formula, named.literal);
  } else {
    parts.head(detail, found);
    parts.text(detail.candidate.formula, detail.literal);
    parts.fate(detail, found.search);
    parts.terms(detail.phenotype);
    new Lineage(source, found, kin).show();
    equivalents(source, found.birth, found.search, kin);
    parts.evidence(found);
    openCurves(detail.evaluations);
  }
  byId('terms').closest('.panel').hidden = Boolean(named);
  byId('page').hidden = false;
  await Promise.all([parts.drawing(files), parts.formula(files), new Exports(files).show(),
    named ? null : source.detail().then(({anchors}) => tournament(source, found.birth, found.search, anchors))]);
  document.body.dataset.shown = 'all';
}

show().catch(error => {
  byId('page').hidden = true;
  byId('missing').hidden = false;
  byId('missing-why').textContent = error.message;
});
