// The page on which searches stand beside each other.
import * as api from './api.js';
import {open} from './charts.js';
import {draw as drawCurves} from './compare-chart.js';
import * as tables from './compare-tables.js';
import {byId, el, fill, unseen} from './dom.js';
import {Live} from './live.js';

const NARROW = 640;
const AXES = ['x', 'y', 'spread'];
const asked = new URLSearchParams(location.search);
let chosen = (asked.get('searches') ?? '').split(',').filter(Boolean);
/** Whole studies are asked for until a person chooses among their searches. */
let study = asked.get('study');
let listed = [];
let next = null;
let view = null;
let chart = null;
let live = null;

function query() {
  const params = new URLSearchParams();
  if (chosen.length) params.set('searches', chosen.join(','));
  if (study) {
    params.set('study', study);
    if (asked.get('arm')) params.set('arm', asked.get('arm'));
  }
  for (const name of AXES) params.set(name, byId(name).value);
  return params.toString().replaceAll('%2C', ',');
}

const some = () => chosen.length > 0 || Boolean(study);

function draw() {
  if (!view) return;
  const curves = view.searches.some(search => search.curve.points.length > 0);
  byId('shown').hidden = false;
  for (const id of ['chart', 'keys', 'points', 'explained']) byId(id).hidden = !curves;
  byId('empty').hidden = curves;
  tables.head(view);
  if (curves) {
    chart ??= open(byId('chart'));
    drawCurves(chart, view, byId('chart').clientWidth < NARROW);
    byId('chart').ariaLabel = tables.inWords(view);
    if (byId('points').open) tables.values(view);
  }
  tables.found(view);
  tables.differences(view);
}

function show(next) {
  if (!some()) return;
  view = next;
  if (study) {
    chosen = view.searches.map(row => row.search.name);
    picks();
  }
  draw();
  // For tests and the curious: what is shown now.
  Object.assign(document.body.dataset, {revision: view.revision, shown: `${view.x} ${view.y} ${view.spread} ${view.searches.length}`});
}

/** What is shown comes whole; there is no cursor to follow. */
const source = {
  detail: async () => {
    const curves = await api.curves(query());
    return {...curves, search: {arrivals: 0, ending: curves.searches.every(row => row.search.ending) ? 'ALL' : null}};
  },
  arrivals: async () => ({items: [], next: null}),
  events: () => api.curveEvents(query()),
};

function state(what, error) {
  if (['answering', 'unreachable', 'missing'].includes(what)) {
    const refused = error instanceof api.Problem && error.status < 500;
    byId('unreachable').hidden = what === 'answering' || refused;
    byId('refused').hidden = !refused;
    if (refused) {
      byId('refused').textContent = error.message;
      byId('choose').open = true;
    }
    return;
  }
  byId('link').hidden = !some() || !byId('refused').hidden;
  byId('link').dataset.state = what;
  byId('link').textContent = what === 'lost' ? 'reconnecting' : what;
}

/** Other searches, or other axes: another question. */
function ask() {
  history.replaceState(null, '', some() ? `?${query()}` : location.pathname);
  byId('chosen').textContent = chosen.length ? `${chosen.length} chosen` : '';
  live?.hush();
  byId('refused').hidden = true;
  if (!some()) {
    byId('shown').hidden = true;
    byId('link').hidden = true;
    view = null;
    if (live) live.over = true;
  } else if (live) {
    live.over = false;
    live.listen();
    live.refresh();
  } else {
    live = new Live(source, show, state);
    live.start();
  }
}

function picks() {
  byId('chosen').textContent = chosen.length ? `${chosen.length} chosen` : '';
  const groups = Map.groupBy(listed, search => search.study ?? '');
  fill(byId('choices'), ...[...groups].map(([name, searches]) => el('fieldset', {}, el('legend', {}, name === '' ? 'Without a study' : `Study ${name}`),
    name === '' ? null : el('button', {type: 'button', class: 'all', value: name}, 'All', unseen(` of study ${name}`)),
    el('div', {class: 'picks'}, ...searches.map(search => el('label', {class: 'pick'},
      el('input', {type: 'checkbox', value: search.name, checked: chosen.includes(search.name)}), search.name,
      el('small', {}, `${tables.state(search)} · ${[search.preset, `seed ${search.seed}`, search.arm ? `arm ${search.arm}` : null].filter(Boolean).join(', ')}`)))))),
  listed.length === 0 ? el('p', {class: 'empty-note'}, 'There is no search yet. ', el('a', {href: '/new.html'}, 'Begin one')) : null);
}

byId('choices').addEventListener('change', event => {
  const {value, checked} = event.target;
  event.target.toggleAttribute('checked', checked);
  study = null;
  chosen = checked ? [...chosen, value] : chosen.filter(name => name !== value);
  ask();
});

byId('choices').addEventListener('click', event => {
  if (!event.target.matches('.all')) return;
  study = null;
  chosen = [...new Set([...chosen, ...listed.filter(search => search.study === event.target.value).map(search => search.name)])];
  picks();
  ask();
});

async function list(before) {
  const page = await api.searches(before, 200);
  listed.push(...page.items);
  next = page.next;
  byId('older').hidden = next === null;
  picks();
}

byId('older').addEventListener('click', () => list(next));
for (const name of AXES) {
  const given = asked.get(name);
  if ([...byId(name).options].some(option => option.value === given)) byId(name).value = given;
  byId(name).addEventListener('change', ask);
}
byId('points').addEventListener('toggle', draw);
document.addEventListener('theme-changed', draw);
byId('choose').open = !some();
list(null).catch(() => { byId('unreachable').hidden = false; });
ask();
