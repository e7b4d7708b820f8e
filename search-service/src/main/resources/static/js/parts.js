// The parts of a search's page that are text and bars.
import {csvOf} from './api.js';
import {byId, el, fill, unseen} from './dom.js';
import {namedPage, pageOf} from './layer-parts.js';
import {ago, clock, compact, count, dataLabel, duration, interval, percent, points, title, words} from './format.js';

const PHASES = ['CALIBRATION', 'EVOLUTION', 'CONFIRMATION', 'REPORT'];

export function head(detail) {
  const {search} = detail;
  document.title = `${search.name} · NormForge`;
  byId('name').textContent = search.name;
  byId('csv').href = csvOf(search.name);
  const data = byId('data');
  data.textContent = dataLabel(search.data);
  data.classList.toggle('synthetic', search.data === 'synthetic');
  const study = search.study ? ` · study ${search.study}${search.arm ? `, arm ${search.arm}` : ''}` : '';
  const ending = search.ending ? ` · ${words(search.ending)}${search.endingNote ? `: ${search.endingNote}` : ''}` : '';
  byId('facts').textContent = `preset ${search.preset} · seed ${search.seed}${study} · begun ${ago(search.createdAt)}${ending}`;
  phases(detail);
  figures(detail);
  const verdict = byId('verdict');
  verdict.hidden = !search.verdict;
  verdict.textContent = search.verdict ?? '';
}

function phases({search, progress}) {
  const now = PHASES.indexOf(search.phase);
  fill(byId('phases'), ...PHASES.map((phase, index) => {
    const over = search.phase === 'FINISHED' ? !['CANCELLED', 'FAILED'].includes(search.ending) : index < now;
    const here = index === now;
    const done = over ? 1 : here ? progress.done : 0;
    const much = here && progress.ordered !== null ? `${progress.settled} of ${progress.ordered} runs`
      : here && phase !== 'REPORT' ? `${Math.round(100 * done)} % of the budget` : '';
    return el('li', {class: 'phase', data: {state: over ? 'done' : here ? 'now' : 'later'}},
      el('span', {}, el('b', {}, title(phase)), here && search.intent !== 'RUN' ? ` ${search.intent === 'PAUSE' ? 'paused' : 'being cancelled'}` : '', much ? ` ${much}` : ''),
      el('div', {class: 'bar'}, el('i', {width: `${100 * done}%`})));
  }));
}

function figures({search, progress, saving}) {
  const left = search.ending ? null : search.remainingMillis;
  const figure = (name, value, unit) => el('div', {}, el('dt', {}, name), el('dd', {}, value, unit ? el('small', {}, ` ${unit}`) : null));
  fill(byId('figures'),
    figure('Proposed', count(search.births)),
    figure('Trained', count(search.trained), `${count(search.scored)} to the end`),
    figure('Arrivals', count(search.arrivals), progress.arrivalsPerMinute && !search.ending && search.intent === 'RUN' ? `${compact(Math.round(progress.arrivalsPerMinute))} a minute` : null),
    figure('In training', count(search.running), `${count(search.waiting)} waiting`),
    // Only what began to train: refusing a graph that ignores its input is no great saving.
    figure('Steps spent', compact(search.stepsSpent), `${compact(saving.stepsSaved)} saved by stopping early`),
    search.front ? figure('On the front', count(search.front.members), `hypervolume ${search.front.hypervolume.toFixed(3)}`) : null,
    figure(search.ending ? 'Took' : 'Running for', duration(search.activeMillis)),
    left === null ? null : figure('Left, about', duration(left), search.intent === 'RUN' ? `until ${clock(left)}` : null));
}

/** Two funnels with a scale of their own each: what screening refused in microseconds, what training then cost. */
export function funnel({search, funnel: rows, funnelAnchors: places, saving, audit}) {
  const stages = new Map();
  for (const row of rows) stages.set(row.stage, [...(stages.get(row.stage) ?? []), row]);
  const size = stage => (stages.get(stage) ?? []).reduce((sum, row) => sum + row.count, 0);
  const block = (heading, from, firstLabel, list, endLabel) => {
    let left = from;
    const out = [el('h3', {}, heading), stage(firstLabel, left, 0, from, left, '', true)];
    for (const name of list) {
      const lost = size(name);
      if (lost === 0) continue;
      left = Math.max(0, left - lost);
      out.push(stage(title(LABELS[name] ?? name), left, lost, from, -lost, why(stages.get(name)), false), ...at(places.filter(place => place.stage === name), lost));
    }
    out.push(stage(endLabel, left, 0, from, left, '', true));
    return [left, out];
  };
  if (search.births === 0) {
    fill(byId('funnel'), el('p', {class: 'empty-note'}, 'Every proposal ends here: refused before training, given up by a gate, or trained to the end, with the reason and the steps it cost.'));
    return;
  }
  const [toTrain, before] = block('Before training', search.births, 'Proposed', UNTRAINED, 'To be trained');
  const settled = ['STABILITY', 'QUALITY', 'NUMERIC', 'TIME', 'FAILED', 'SCORED'].reduce((sum, name) => sum + size(name), 0);
  const [, inside] = block('In training', settled, 'Ended', ['STABILITY', 'QUALITY', 'NUMERIC', 'TIME', 'FAILED'], 'Trained to the end');
  const under = toTrain - settled;
  const audits = audit.stages.filter(row => row.audited > 0);
  fill(byId('funnel'), ...before, ...(settled ? inside : []),
    under > 0 ? el('p', {class: 'note'}, `${count(under)} not settled yet.`) : null,
    saving.stepsSaved > 0 ? el('p', {class: 'note'}, el('b', {}, `${compact(saving.stepsSaved)} training steps saved`), ` by giving up early, beside ${compact(saving.stepsSpent)} spent: about ${duration(saving.millisSaved)} of one device.`) : null,
    ...audits.map(row => el('p', {class: 'note'}, audited(row))));
}

/** The anchors at which a stage gave layers up, most frequent first. */
function at(places, lost) {
  const anchors = new Map();
  for (const {anchor, count: number} of places) anchors.set(anchor, (anchors.get(anchor) ?? 0) + number);
  return [...anchors].sort((a, b) => b[1] - a[1]).map(([anchor, number]) => el('div', {class: 'anchor'}, el('span', {}, `on ${anchor}`),
    el('div', {class: 'track'}, el('i', {class: 'lost', width: `${100 * number / lost}%`})), el('span', {class: 'count'}, count(number))));
}

/** Layers trained to the end although they had been refused: how often that was a mistake. */
function audited({stage: refusing, rejected, audited: trained, falselyRejected, rate}) {
  const range = rate ? ` (95 %: ${(100 * rate.low).toFixed(1)} to ${(100 * rate.high).toFixed(1)} %)` : '';
  return `Audit of ${(LABELS[refusing] ?? title(refusing)).toLowerCase()}: ${count(trained)} of ${count(rejected)} refused layers were trained all the same; ${count(falselyRejected)} would have been worth having${range}.`;
}

const UNTRAINED = ['STATIC', 'PROBE', 'STACK', 'SEEN', 'INHERITED'];
const LABELS = {STATIC: 'Static rules', PROBE: 'Numeric probe', STACK: 'Stack probe', SEEN: 'Seen before', INHERITED: 'Inherited score', TIME: 'Too slow', NUMERIC: 'Not finite', FAILED: 'Nothing learned'};

function why(rows) {
  const reasons = rows.map(row => `${words(row.reason)} ${count(row.count)}`).join(' · ');
  const spent = rows.reduce((sum, row) => sum + row.stepsSpent, 0);
  const saved = rows.reduce((sum, row) => sum + row.stepsSaved, 0);
  return spent + saved > 0 ? `${reasons} · ${compact(spent)} steps spent, ${compact(saved)} saved` : reasons;
}

function stage(label, kept, lost, from, shown, reasons, total) {
  const part = value => `${from ? 100 * value / from : 0}%`;
  return el('div', {class: total ? 'stage total' : 'stage'},
    el('span', {}, label),
    el('div', {class: 'track'}, el('i', {class: 'kept', width: part(kept)}), el('i', {class: 'lost', width: part(lost)})),
    el('span', {class: 'count'}, shown < 0 ? `−${count(-shown)}` : count(shown)),
    reasons ? el('span', {class: 'why'}, reasons) : null);
}

export function best({search, calibration}) {
  const winner = search.best;
  byId('best-title').textContent = search.ending ? 'Best layer by search score' : 'Best layer so far';
  if (!winner) return;
  const bn = calibration?.references.find(one => one.layer === 'bn-relu');
  const gap = bn ? winner.accuracy.mean - bn.accuracy.mean : null;
  fill(byId('best-body'), el('div', {class: 'winner'},
    el('code', {class: 'formula'}, winner.formula),
    el('div', {class: 'score'}, percent(winner.accuracy.mean), el('small', {}, ` 95 %: ${(100 * winner.accuracy.low).toFixed(1)} to ${(100 * winner.accuracy.high).toFixed(1)}`)),
    gap === null ? null : el('p', {}, el('span', {class: gap >= 0 ? 'up' : 'down'}, `${points(gap)} points`), ` against bn-relu's ${percent(bn.accuracy.mean)} under the same training.`),
    el('p', {}, `Birth ${winner.birth}. Mean over the anchors on the images it was selected on, so optimistic; confirmation measures it again.`)));
}

/** A row opens with the mouse anywhere; this is its place for keyboards. */
export const rowButton = formula => el('button', {type: 'button', class: 'row', 'aria-haspopup': 'dialog'}, formula);

export function members({members: list, anchors}, selection) {
  if (list.length === 0) {
    fill(byId('members'), el('tbody', {}, el('tr', {}, el('td', {class: 'dim'}, 'Nobody yet.'))));
    return;
  }
  fill(byId('members'),
    el('thead', {}, el('tr', {}, el('th', {}, unseen('selected')), el('th', {}, unseen('certainty')), el('th', {}, 'layer'), ...anchors.map(anchor => el('th', {class: 'number'}, anchor)))),
    el('tbody', {}, ...list.map(member => el('tr', {data: {birth: member.birth}, class: selection.has(member.birth) ? 'is-selected' : null},
      el('td', {}, selection.box(member.birth)),
      el('td', {}, el('span', {class: member.solid ? 'dot solid' : 'dot', role: 'img', title: `on the front with probability ${member.probability.toFixed(2)}`})),
      el('td', {class: 'formula'}, rowButton(member.formula)),
      ...member.counts.map(({correct, total}) => el('td', {class: 'number'}, (100 * correct / total).toFixed(1)))))));
}

export function workers(list, anchors, id) {
  if (list.length === 0) {
    fill(byId('workers'), el('p', {class: 'empty-note'}, 'No worker is connected. Start one with: ./normforge worker --database URL'));
    return;
  }
  const doing = worker => worker.evaluation === null ? 'idle'
    : worker.search !== id ? 'another search' : worker.reference ?? (worker.birth === null ? 'a layer' : `birth ${worker.birth}`);
  fill(byId('workers'), el('table', {'aria-label': 'Workers'},
    el('thead', {}, el('tr', {}, ...['worker', 'device', 'trains', 'anchor'].map(name => el('th', {}, name)), el('th', {}, 'step'), el('th', {class: 'number'}, 'seen'))),
    el('tbody', {}, ...list.map(worker => el('tr', {},
      el('td', {}, `${worker.host}, process ${worker.pid}`),
      el('td', {class: 'dim'}, worker.device),
      el('td', {}, doing(worker)),
      el('td', {class: 'dim'}, worker.anchor === null || worker.search !== id ? '' : anchors[worker.anchor] ?? ''),
      el('td', {}, worker.step === null || !worker.steps ? '' : `${worker.step} of ${worker.steps}`),
      el('td', {class: 'number dim'}, ago(worker.seenAt)))))));
}

/** Confirmed layers and references on one scale, best first. */
export function result(report) {
  byId('result').hidden = false;
  byId('sentence').textContent = report.sentence;
  const rows = [...report.confirmed, ...report.references].filter(entry => entry.confirm).sort((a, b) => b.confirm.mean - a.confirm.mean);
  const low = Math.min(...rows.map(entry => entry.confirm.low));
  const high = Math.max(...rows.map(entry => entry.confirm.high));
  const place = value => `${100 * (value - low) / Math.max(1e-9, high - low)}%`;
  const bn = rows.find(entry => entry.layer === 'bn-relu');
  fill(byId('confirmed'), rows.length === 0 ? null : el('thead', {}, el('tr', {}, el('th', {}, 'layer'), el('th', {}, 'formula'), el('th', {class: 'number'}, 'confirm'), el('th', {}, unseen('confirm, drawn')),
    el('th', {class: 'number'}, 'test'), el('th', {class: 'number'}, 'test beyond bn-relu'))),
  el('tbody', {}, ...rows.map(entry => el('tr', {class: entry.birth === null ? 'is-reference' : null, data: entry.birth === null ? {} : {birth: entry.birth}},
    el('td', {}, el('a', {href: entry.birth === null ? namedPage(entry.layer) : pageOf(report.search, entry.birth)}, entry.layer)), el('td', {class: 'formula'}, entry.formula),
    el('td', {class: 'number'}, interval(entry.confirm)),
    el('td', {}, whisker(entry.confirm, place, bn)),
    el('td', {class: 'number'}, entry.test ? interval(entry.test) : '–'),
    el('td', {class: 'number'}, gap(entry.testBeyondBnRelu))))));
  byId('result-note').textContent = `${dataLabel(report.data)}. ${report.conditions ? `${report.conditions} ` : ''}Accuracy in per cent, mean over the anchors, with 95 % intervals; fresh seeds, images that took no part in the search. The order was fixed by the confirm scores before the test images were counted.`;
}

const gap = interval => interval ? `${points(interval.mean)} [${points(interval.low)}, ${points(interval.high)}]` : '–';

function whisker(confirm, place, bn) {
  const line = el('i', {left: place(confirm.low)});
  line.style.right = `calc(100% - ${place(confirm.high)})`;
  return el('span', {class: 'whisker', 'aria-hidden': 'true'}, bn ? el('u', {left: place(bn.confirm.mean)}) : null, line, el('b', {left: place(confirm.mean)}));
}
