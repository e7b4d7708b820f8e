// The page of one search.
import * as api from './api.js';
import * as charts from './charts.js';
import {byId, el, fill} from './dom.js';
import {count} from './format.js';
import {openLayer} from './layer.js';
import {Live} from './live.js';
import * as parts from './parts.js';
import * as points from './points.js';

const WORKERS_EVERY_MILLIS = 3000;
const name = new URLSearchParams(location.search).get('name') ?? '';
const source = api.search(name);
let detail = null;
let arrivals = [];
let front = null;
/** The arrival after which the front is shown; null for now. */
let at = null;
let reported = false;
let frontChart = null;
let historyChart = null;

function choices() {
  const [x, y] = [byId('anchor-x'), byId('anchor-y')];
  if (x.options.length === detail.anchors.length) return;
  for (const [select, chosen] of [[x, 0], [y, Math.min(1, detail.anchors.length - 1)]]) {
    fill(select, ...detail.anchors.map((anchor, index) => el('option', {value: index}, anchor)));
    select.value = chosen;
    select.addEventListener('change', draw);
  }
}

function draw() {
  if (!detail || !front) return;
  const scored = arrivals.some(one => one.scores);
  byId('front-empty').hidden = scored || detail.calibration !== null;
  byId('history-empty').hidden = arrivals.length > 0;
  for (const part of ['front-chart', 'scrub', 'legend']) byId(part).hidden = !byId('front-empty').hidden;
  byId('history-chart').hidden = arrivals.length === 0;
  if (!byId('front-chart').hidden) {
    frontChart ??= clickable(charts.open(byId('front-chart')));
    charts.drawFront(frontChart, {anchors: detail.anchors, x: +byId('anchor-x').value, y: +byId('anchor-y').value, arrivals, front, calibration: detail.calibration, data: detail.search.data});
    byId('front-chart').ariaLabel = points.frontInWords(detail.anchors, +byId('anchor-x').value, +byId('anchor-y').value, arrivals, front);
    byId('front-chart').dataset.members = front.members.length;
    byId('front-chart').dataset.points = arrivals.filter(one => one.scores && one.ordinal <= front.ordinal).length;
  }
  if (!byId('history-chart').hidden) {
    historyChart ??= clickable(charts.open(byId('history-chart')));
    charts.drawHistory(historyChart, {arrivals, calibration: detail.calibration, data: detail.search.data});
    byId('history-chart').ariaLabel = points.historyInWords(arrivals, detail.calibration);
  }
  byId('points').hidden = !arrivals.some(one => one.scores);
  if (byId('points').open) points.table(arrivals, detail.anchors);
  parts.members(front);
}

function clickable(chart) {
  chart.on('click', ({data}) => {
    const birth = data?.member?.birth ?? data?.arrival?.birth;
    if (birth !== undefined) openLayer(source, birth, detail.anchors);
  });
  return chart;
}

function scrubber() {
  const input = byId('at');
  input.disabled = detail.search.arrivals === 0;
  input.max = detail.search.arrivals;
  if (at === null) input.value = detail.search.arrivals;
}

byId('at').addEventListener('input', async event => {
  const asked = +event.target.value;
  at = asked >= detail.search.arrivals ? null : asked;
  byId('at-value').textContent = at === null ? 'now' : count(asked);
  event.target.setAttribute('aria-valuetext', byId('at-value').textContent);
  const then = await source.front(at);
  if ((at ?? detail.search.arrivals) === asked) {
    front = then;
    draw();
  }
});

function orders({search}) {
  const give = intent => async event => {
    event.target.disabled = true;
    await source.order(intent).catch(() => null);
    live.refresh();
  };
  let sure = false;
  const cancel = el('button', {type: 'button', class: 'danger', onclick: event => {
    if (sure) return give('cancel')(event);
    sure = true;
    event.target.textContent = 'Really cancel?';
    setTimeout(() => { sure = false; event.target.textContent = 'Cancel'; }, 4000);
  }}, 'Cancel');
  const key = `${search.intent} ${search.ending}`;
  if (byId('orders').dataset.key === key) return;
  byId('orders').dataset.key = key;
  byId('orders').replaceChildren(...(search.ending || search.intent === 'CANCEL' ? [] : [
    search.intent === 'PAUSE' ? el('button', {type: 'button', onclick: give('resume')}, 'Resume') : el('button', {type: 'button', onclick: give('pause')}, 'Pause'),
    cancel]));
}

async function show(nextDetail, nextArrivals) {
  detail = nextDetail;
  arrivals = nextArrivals;
  if (at === null || front === null) front = await source.front(at);
  byId('page').hidden = false;
  choices();
  parts.head(detail);
  parts.funnel(detail);
  parts.best(detail);
  orders(detail);
  scrubber();
  draw();
  // For tests and the curious: what is shown now.
  document.body.dataset.revision = detail.search.revision;
  if (detail.search.ending && !reported) {
    const report = await source.report().catch(() => null);
    if (report) parts.result(report);
    reported = true;
  }
}

async function lookAtWorkers() {
  if (!detail || document.hidden) return;
  const list = await api.workers().catch(() => null);
  if (list) parts.workers(list, detail.anchors, detail.search.id);
}

function state(what, error) {
  if (what === 'missing') {
    byId('page').hidden = true;
    byId('missing').hidden = false;
    byId('missing-why').textContent = error.message;
    return;
  }
  if (what === 'answering') {
    byId('unreachable').hidden = true;
    lookAtWorkers();
    return;
  }
  if (what === 'unreachable') {
    byId('unreachable').hidden = false;
    return;
  }
  byId('link').dataset.state = what;
  byId('link').textContent = what === 'lost' ? 'reconnecting' : what;
}

for (const table of ['members', 'confirmed', 'scored']) {
  byId(table).addEventListener('click', event => {
    const row = event.target.closest('a') ? null : event.target.closest('tr[data-birth]');
    if (row) openLayer(source, +row.dataset.birth, detail.anchors);
  });
}
byId('points').addEventListener('toggle', draw);
document.addEventListener('theme-changed', draw);
setInterval(() => {
  lookAtWorkers();
  if (detail && !detail.search.ending && !document.hidden) live.refresh();
}, WORKERS_EVERY_MILLIS);

const live = new Live(source, show, state);
live.start();
