// The parts of a layer's page.
import {byId, el, fill, unseen} from './dom.js';
import {dataLabel, percent, plural, points, title, words} from './format.js';

export const pageOf = (search, birth) => `/layer.html?search=${encodeURIComponent(search)}&birth=${birth}`;

export const namedPage = name => `/layer.html?name=${encodeURIComponent(name)}`;

export function head({candidate}, found) {
  const name = `Birth ${candidate.birth}`;
  document.title = `${name} of ${found.search} · NormForge`;
  byId('name').textContent = name;
  byId('back').hidden = false;
  byId('back').textContent = found.search;
  byId('back').href = `/search.html?name=${encodeURIComponent(found.search)}`;
  const data = byId('data');
  data.hidden = false;
  data.textContent = dataLabel(found.data);
  data.classList.toggle('synthetic', found.data === 'synthetic');
  const fate = [candidate.stage, candidate.reason].filter(Boolean).map(words).join(', ');
  const origin = candidate.parent === null ? 'a fresh random graph' : `a mutation of birth ${candidate.parent}`;
  const cost = candidate.tensorPasses === null ? '' : ` · ${plural(candidate.operations, 'operation')}, ${candidate.tensorPasses} tensor passes, ${candidate.batchStatistics ? 'batch statistics' : 'no batch statistics'}`;
  byId('facts').textContent = `${title(candidate.state)}${fate ? `: ${fate}` : ''} · ${origin}${cost}`;
}

export function headOfNamed(layer) {
  document.title = `${layer.name} · NormForge`;
  byId('name').textContent = layer.name;
  byId('facts').textContent = `${layer.source} · ${plural(layer.cost.operations, 'operation')}, ${layer.cost.tensorPasses} tensor passes, ${layer.batchStatistics ? 'batch statistics' : 'no batch statistics'}`;
}

/** Drawings and formulas are the service's own documents, taken in as elements, so that they follow the page's colours. */
async function taken(files, file, type) {
  const parsed = new DOMParser().parseFromString(await files.text(file), type);
  return document.importNode(parsed.documentElement, true);
}

export async function drawing(files) {
  const svg = await taken(files, 'layer.svg', 'image/svg+xml');
  byId('drawing').replaceChildren(svg);
  const unused = svg.querySelector('[stroke-dasharray]') !== null;
  byId('drawing-note').textContent = unused ? 'The genotype, inputs at the bottom. Dashed nodes are unused: the output does not depend on them, but a mutation may bring them back.' : 'The genotype, inputs at the bottom.';
}

export async function formula(files) {
  byId('formula').replaceChildren(await taken(files, 'layer.mathml', 'application/xml'));
}

/** The genotype's own words are worth their place only where simplifying changed them. */
export function text(formula, literal) {
  byId('text').textContent = formula ?? '';
  byId('literal-row').hidden = !literal || literal === formula;
  byId('literal').textContent = literal ?? '';
}

/** What became of it, as sentences. */
export function fate({candidate, why, inheritedFrom}, search) {
  byId('fate').hidden = candidate.state === 'SCORED' || why.length === 0 && inheritedFrom === null;
  const heir = inheritedFrom === null ? null
    : el('p', {}, 'Not trained: its phenotype was measured often enough, and it has the score of ', el('a', {href: pageOf(search, inheritedFrom)}, `birth ${inheritedFrom}`), '.');
  fill(byId('fate'), heir, ...why.map(sentence => el('p', {}, sentence)));
}

/** What became of a candidate, in a few words. */
export function ending({state, stage, reason}) {
  const where = [stage, reason].filter(Boolean).map(words).join(', ');
  return where ? `${words(state)}: ${where}` : words(state);
}

export function terms(phenotype) {
  fill(byId('terms'), ...termRows(phenotype));
}

export function termRows(phenotype) {
  return [el('thead', {class: 'unseen'}, el('tr', {}, ...['position', 'term and what it reads', 'extent'].map(name => el('th', {}, name)))),
    el('tbody', {}, ...phenotype.map(term => el('tr', {},
      el('td', {class: 'dim number'}, term.position),
      el('td', {class: 'formula'}, `${term.term}${term.inputs.length ? ` (${term.inputs.join(', ')})` : ''}`),
      el('td', {class: 'dim'}, term.extent === 'scalar' ? 'scalar' : `varies over ${term.extent}`))))];
}

const MEANING = {search: 'selected it: optimistic', confirm: 'fresh seeds, other images', test: 'selected nobody'};

export function evidence(found) {
  byId('evidence-panel').hidden = false;
  if (found.scores.length === 0) {
    byId('noise').textContent = `No score: ${words(found.fate)}.`;
    return;
  }
  const range = ({mean, low, high}) => `${(100 * mean).toFixed(1)} [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
  const gap = beyond => beyond ? `${points(beyond.mean)} [${points(beyond.low)}, ${points(beyond.high)}]` : '–';
  fill(byId('scores'), el('thead', {}, el('tr', {}, el('th', {}, 'images'), el('th', {class: 'number'}, 'seeds'), el('th', {class: 'number'}, 'mean accuracy, %'), el('th', {class: 'number'}, 'minus bn-relu'), el('th', {}, unseen('meaning')))),
    el('tbody', {}, ...found.scores.map(score => el('tr', {}, el('td', {}, score.images), el('td', {class: 'number'}, score.seeds),
      el('td', {class: 'number'}, range(score)), el('td', {class: 'number'}, gap(score.beyond)), el('td', {class: 'dim'}, MEANING[score.images])))));
  const noise = found.noise === undefined ? '' : ` One run's mean varies between seeds by ${(100 * found.noise).toFixed(2)} points (standard deviation, calibration).`;
  byId('noise').textContent = `95 % intervals.${noise} ${found.conditions}`;
  counts(found.counts);
}

/** A row for each training and set of images, a column for each anchor. */
function counts(list) {
  const anchors = [...new Set(list.map(one => one.anchor))];
  const runs = Map.groupBy(list, one => `${one.images} ${one.round} ${one.seed}`);
  fill(byId('counts'), el('thead', {}, el('tr', {}, el('th', {}, 'images'), el('th', {class: 'number'}, 'seed'), ...anchors.map(anchor => el('th', {class: 'number'}, anchor)))),
    el('tbody', {}, ...[...runs.values()].map(run => el('tr', {},
      el('td', {}, run[0].round ? `${run[0].images}, round ${run[0].round}` : run[0].images), el('td', {class: 'number dim'}, run[0].seed),
      ...anchors.map(anchor => { const one = run.find(count => count.anchor === anchor); return el('td', {class: 'number'}, one ? percent(one.correct / one.total) : '–'); })))));
}
