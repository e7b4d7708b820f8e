// All comparisons, newest first, and ordering one.
import {byId, el, fill} from './dom.js';
import {ago, count, dataLabel} from './format.js';
import {OrderForm} from './comparison-order.js';
import * as source from './comparison-source.js';

const EVERY_MILLIS = 3000;
const SIZE = 20;
let youngest = [];
let older = [];
let next = null;
/** What was read of a comparison, under the revision it had then. */
const glances = new Map();
const progresses = new Map();
let busy = false;

function card(one) {
  const glance = glances.get(one.id)?.glance;
  const progress = progresses.get(one.id);
  const best = glance?.best;
  const running = !one.ending && progress;
  return el('a', {class: 'card', href: source.pageOf(one.name)},
    el('div', {},
      el('h2', {}, one.name),
      el('div', {class: 'sub'}, [source.state(one), one.comparison, glance && !glance.untold ? `${count(glance.layers)} layers` : null].filter(Boolean).join(' · ')),
      running ? el('div', {class: 'bar'}, el('i', {width: `${100 * progress.done / Math.max(1, progress.runs)}%`})) : null),
    el('div', {class: 'middle'},
      el('div', {class: 'conditions'}, glance ? glance.untold ?? glance.conditions.join(' · ') : ''),
      el('div', {class: 'sub'}, [running ? `${count(progress.done)} of ${count(progress.runs)} runs${progress.failed ? `, ${count(progress.failed)} failed` : ''}` : null,
        `begun ${ago(one.createdAt)}`, one.endingNote].filter(Boolean).join(' · '))),
    el('div', {class: 'outcome'},
      el('div', {class: 'score', title: best?.text}, best ? `${best.mean.toFixed(best.unit === '%' ? 1 : 2)} ${best.unit}` : '–'),
      el('div', {class: 'sub'}, best ? `${best.layer}${best.setting ? `, ${best.setting}` : ''}` : one.ending ? 'nothing was measured' : 'nothing measured yet'),
      best ? el('div', {class: 'sub'}, `${best.beyondNoise ? 'best beyond noise' : 'highest, within noise'}, ${best.table}`) : null,
      el('span', {class: one.data === 'synthetic' ? 'chip synthetic' : 'chip'}, dataLabel(one.data))));
}

const all = () => {
  const shown = new Set(youngest.map(one => one.id));
  return [...youngest, ...older.filter(one => !shown.has(one.id))];
};

function draw() {
  const shown = all();
  fill(byId('comparisons'), ...shown.map(card));
  byId('none').hidden = shown.length > 0;
  byId('more').hidden = next === null;
}

/** One after another: a result is read as a whole, however little of it is shown. */
async function look() {
  for (const one of all()) {
    if (!one.ending) progresses.set(one.id, (await source.comparison(one.name).read()).progress);
    if (glances.get(one.id)?.revision === one.revision) continue;
    glances.set(one.id, {revision: one.revision, glance: await source.comparison(one.name).glance()});
    draw();
  }
  draw();
}

async function refresh() {
  if (busy) return;
  busy = true;
  try {
    const page = await source.list(null, SIZE);
    youngest = page.items;
    if (older.length === 0) next = page.next;
    draw();
    if (youngest.length === 0 && !document.body.dataset.shown) byId('ordering').open = true;
    await look();
    byId('unreachable').hidden = true;
    document.body.dataset.shown = 'all';
  } catch {
    byId('unreachable').hidden = false;
  } finally {
    busy = false;
  }
}

byId('more').addEventListener('click', async () => {
  const page = await source.list(next, SIZE);
  older.push(...page.items);
  next = page.next;
  draw();
  refresh();
});
new OrderForm().show().catch(() => { byId('ordering').hidden = true; });
refresh();
setInterval(() => { if (!document.hidden) refresh(); }, EVERY_MILLIS);
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
