// All searches, newest first.
import * as api from './api.js';
import {byId, el, fill} from './dom.js';
import {namedPage} from './layer-parts.js';
import {ago, clock, compact, count, dataLabel, duration, interval, percent, points, title} from './format.js';

const EVERY_MILLIS = 2500;
/** Names of the searches to be compared. */
const picked = new Set();
let older = [];
let next = null;

function state(search) {
  if (search.ending) return title(search.ending);
  if (search.intent === 'CANCEL') return 'Being cancelled';
  return [title(search.phase), search.intent === 'PAUSE' ? 'paused' : null, search.endingNote].filter(Boolean).join(', ');
}

/** How it goes: front, pace, and when it may end. */
function standing({front, arrivalsPerMinute: rate, remainingMillis: left, activeMillis, ending, intent}) {
  const going = !ending && intent === 'RUN';
  return [front ? `front ${count(front.members)}, hypervolume ${front.hypervolume.toFixed(3)}` : null,
    going && rate ? `${compact(Math.round(rate))} candidates a minute` : null,
    ending ? `took ${duration(activeMillis)}` : left ? `about ${duration(left)} left${going ? `, until ${clock(left)}` : ''}` : null].filter(Boolean).join(' · ');
}

const beyond = ({beyondBnRelu: gap}) => gap === null ? 'best mean accuracy'
  : el('span', {title: 'best mean accuracy, on the images it was selected by, against bn-relu under the same training'}, el('span', {class: gap >= 0 ? 'up' : 'down'}, points(gap)), ' points against bn-relu');

function card(search) {
  const best = search.best;
  return el('a', {class: 'card', href: `/search.html?name=${encodeURIComponent(search.name)}`},
    el('div', {},
      el('h2', {}, search.name),
      el('div', {class: 'sub'}, `${state(search)} · ${search.preset} · seed ${search.seed}${search.study ? ` · ${search.study}/${search.arm ?? ''}` : ''}`)),
    el('div', {class: 'middle'},
      best ? el('span', {class: 'formula', title: best.formula}, best.formula) : el('span', {class: 'sub'}, search.ending ? 'No layer was trained to the end' : 'No layer trained yet'),
      el('div', {class: 'sub'}, `${count(search.births)} proposed, ${count(search.trained)} trained, ${count(search.scored)} scored · begun ${ago(search.createdAt)}`),
      el('div', {class: 'sub'}, standing(search))),
    el('div', {class: 'outcome'},
      el('div', {class: 'score', title: best ? `95 %: ${interval(best.accuracy)}` : null}, best ? percent(best.accuracy.mean) : '–'),
      el('div', {class: 'sub'}, best ? beyond(best) : ''),
      el('span', {class: search.data === 'synthetic' ? 'chip synthetic' : 'chip'}, dataLabel(search.data))));
}

const choosable = search => el('div', {class: 'choosable'},
  el('input', {type: 'checkbox', value: search.name, checked: picked.has(search.name), 'aria-label': `Compare ${search.name}`, title: 'Choose it to compare it with others'}), card(search));

function comparison() {
  byId('compare').hidden = picked.size < 2;
  byId('compare').textContent = `Compare ${picked.size} searches`;
  byId('compare').href = `/compare.html?searches=${[...picked].map(encodeURIComponent).join(',')}`;
}

async function refresh() {
  try {
    const page = await api.searches(null);
    if (older.length === 0) next = page.next;
    const shown = new Set(page.items.map(search => search.id));
    fill(byId('searches'), ...[...page.items, ...older.filter(search => !shown.has(search.id))].map(choosable));
    byId('none').hidden = page.items.length > 0;
    byId('more').hidden = next === null;
    byId('unreachable').hidden = true;
  } catch {
    byId('unreachable').hidden = false;
  }
}

async function published() {
  const graphs = (await api.layers()).filter(layer => layer.kind === 'graph');
  fill(byId('published'), ...graphs.map(layer => el('li', {}, el('a', {href: namedPage(layer.name), title: layer.formula}, layer.name))));
}

byId('here').textContent = location.origin;
byId('more').addEventListener('click', async () => {
  const page = await api.searches(next);
  older.push(...page.items);
  next = page.next;
  refresh();
});
byId('searches').addEventListener('change', event => {
  const {value, checked} = event.target;
  event.target.toggleAttribute('checked', checked);
  if (checked) picked.add(value);
  else picked.delete(value);
  comparison();
});
refresh();
published().catch(() => { byId('published').closest('section').hidden = true; });
setInterval(() => { if (!document.hidden) refresh(); }, EVERY_MILLIS);
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
