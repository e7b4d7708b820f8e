// The parts of a comparison's page that are text and tables.
import {byId, el, fill} from './dom.js';
import {ago, compact, count, dataLabel, duration} from './format.js';
import {namedPage} from './layer-parts.js';
import {state} from './comparison-source.js';

const FILES = [
  ['comparison.md', 'comparison.md', 'the page in Markdown: findings, tables, charts'],
  ['cells.csv', 'cells.csv', 'every cell with every seed'],
  ['curves.csv', 'curves.csv', 'losses and scores in training'],
  ['layers.csv', 'layers.csv', 'formulas of all graphs, random ones included'],
  ['comparison.json', 'result', 'all of it: what was ordered, every run'],
];

const MOST_NOTES = 5;

const column = name => name.startsWith('#') ? el('th', {class: 'number'}, name.slice(1)) : el('th', {}, name);
const columns = (...names) => el('thead', {}, el('tr', {}, ...names.map(column)));
const number = text => el('td', {class: 'number'}, text);

export function head({search}) {
  document.title = `${search.name} · NormForge`;
  byId('name').textContent = search.name;
  const data = byId('data');
  data.textContent = dataLabel(search.data);
  data.classList.toggle('synthetic', search.data === 'synthetic');
  byId('facts').textContent = `comparison ${search.comparison} · ${state(search)} · begun ${ago(search.createdAt)}${search.endingNote ? ` · ${search.endingNote}` : ''}`;
}

export function progress({search, progress: now}) {
  const figure = (name, value, unit) => el('div', {}, el('dt', {}, name), el('dd', {}, value, unit ? el('small', {}, ` ${unit}`) : null));
  fill(byId('figures'),
    figure('Runs ended', count(now.done), `of ${count(now.runs)}`),
    figure('Failed', count(now.failed)),
    figure('Steps', compact(now.stepsDone), `of ${compact(now.steps)}`),
    search.ending ? null : figure('In training', count(now.running.length), `${count(now.waiting)} waiting`),
    figure(search.ending ? 'Took' : 'Running for', duration(now.activeMillis)),
    search.ending || now.remainingMillis === null ? null : figure('Left, about', duration(now.remainingMillis)));
  byId('running-panel').hidden = search.ending !== null;
  byId('done').style.width = `${100 * now.stepsDone / Math.max(1, now.steps)}%`;
  if (now.running.length === 0) {
    fill(byId('running'), el('tbody', {}, el('tr', {}, el('td', {class: 'dim'}, search.intent === 'PAUSE' ? 'Paused.' : 'Nothing at the moment.'))));
    return;
  }
  fill(byId('running'), columns('layer', 'network', '#batch', '#seed', 'step'), el('tbody', {}, ...now.running.map(run => el('tr', {},
    el('td', {}, run.layer), el('td', {}, run.anchor), number(count(run.batch)), number(run.seed),
    el('td', {class: 'dim'}, run.step === null ? 'beginning' : `${count(run.step)} of ${count(run.steps)}`)))));
}

export function files(source) {
  fill(byId('files'), el('thead', {class: 'unseen'}, el('tr', {}, column('file'), column('content'))), el('tbody', {}, ...FILES.map(([file, rest, content]) => el('tr', {},
    el('td', {}, el('a', {href: source.address(rest), download: file}, file)), el('td', {class: 'dim'}, content)))));
}

/** All that is read from the result. */
export function result(source, tables, shown) {
  findings(tables);
  choices(tables, shown);
  scores(tables, shown);
  footnotes(tables);
  fill(byId('conditions'), ...tables.facts.map(fact => el('li', {}, fact)), ...tables.notes.map(note => el('li', {}, `Note: ${note}.`)));
  layers(source, tables);
  sizes(tables);
}

function findings({findings: list, transfer}) {
  byId('findings-panel').hidden = list.length === 0 && transfer.length === 0;
  fill(byId('transfer'), ...transfer.map(sentence => el('p', {}, sentence)));
  fill(byId('findings'), list.length === 0 ? null : columns('published', 'measured here', 'verdict'), el('tbody', {}, ...list.map(one => el('tr', {},
    el('td', {}, one.published), el('td', {}, one.measured), el('td', {}, el('span', {class: 'verdict-of', data: {verdict: one.verdict}}, one.verdict))))));
  byId('findings-note').textContent = list.length === 0 ? ''
    : 'A finding is a weighted sum of scores that is above 0 if it holds; it is taken for every seed. As published: the 95 % interval of its mean (Student’s t over seeds) lies above 0; opposite: below; within noise: it holds 0.'
      + (list.length > 1 ? ` The intervals are not corrected for looking at ${list.length} findings.` : '');
}

function choices({tables}, shown) {
  fill(byId('table'), ...tables.map((table, index) => el('option', {value: index}, table.title)));
  if (tables.length > 0) byId('table').value = shown;
}

/** One table: an anchor, or the mean over them. */
export function scores({tables}, shown) {
  const table = tables[shown];
  byId('scores-panel').hidden = table === undefined;
  if (table === undefined) return;
  byId('scores').ariaLabel = `Scores, ${table.title}`;
  const decimals = table.unit === '%' ? 1 : 2;
  const several = table.rows.some(row => row.cells.some(cell => cell.seeds > 1));
  fill(byId('scores'), el('thead', {}, el('tr', {}, column('layer'), ...table.columns.map(words => el('th', {class: 'number', scope: 'col'}, words || (table.unit === '%' ? 'accuracy, %' : 'PSNR, dB'))))),
    el('tbody', {}, ...table.rows.map(row => el('tr', {}, el('th', {scope: 'row'}, row.layer), ...row.cells.map(cell => el('td', {class: 'number'},
      el('span', {class: cell.best ? 'best' : null, title: cell.best ? 'best of its column beyond noise' : null}, cell.text),
      cell.low === null ? null : el('span', {class: 'interval'}, `${cell.low.toFixed(decimals)} to ${cell.high.toFixed(decimals)}`)))))));
  byId('scores-note').textContent = `${table.unit === '%' ? 'Accuracy in %' : 'PSNR in dB'}${several ? ', mean ± standard deviation over seeds; below it the 95 % interval of the mean by Student’s t' : ''}. ★: best of its column beyond noise.`;
}

/** What marks mean comes first, then every gap. */
function footnotes({footnotes: list}) {
  const item = note => el('li', {}, note);
  fill(byId('footnotes'), ...list.slice(0, MOST_NOTES).map(item));
  byId('gaps').hidden = list.length <= MOST_NOTES;
  fill(byId('more-notes'), ...list.slice(MOST_NOTES).map(item));
}

function layers(source, {layers: list, graphs}) {
  byId('layers-panel').hidden = list.length === 0;
  const own = layer => layer.published ? el('a', {href: namedPage(layer.label)}, layer.label)
    : el('a', {href: source.address(`layers/${encodeURIComponent(layer.label)}.json`), download: `${layer.label}.json`}, layer.label);
  fill(byId('layers'), columns('layer', 'before · weight + bias'), el('tbody', {}, ...list.map(layer => el('tr', {}, el('td', {}, own(layer)), el('td', {class: 'formula'}, layer.formula)))));
  byId('layers-note').textContent = ['Layers that come with the program have a page; others are layer files, as show, evaluate and compare read them.',
    graphs > list.length ? `${count(graphs - list.length)} more are in layers.csv.` : ''].join(' ');
}

function sizes({sizes: {anchors, rows}}) {
  byId('sizes-panel').hidden = rows.length === 0 || anchors.length === 0;
  fill(byId('sizes'), columns('layer', ...anchors.flatMap(anchor => [`#${anchor}: parameters`, `#${anchor}: FLOPs`])),
    el('tbody', {}, ...rows.map(([layer, ...counts]) => el('tr', {}, el('th', {scope: 'row'}, layer), ...counts.map(number)))));
}
