// The page of one search.
import * as api from './api.js';
import {byId} from './dom.js';
import {count} from './format.js';
import {openLayer} from './layer.js';
import {Live} from './live.js';
import {orders} from './orders.js';
import * as parts from './parts.js';
import {Traits} from './traits.js';
import {Views} from './views.js';

const WORKERS_EVERY_MILLIS = 3000;
const name = new URLSearchParams(location.search).get('name') ?? '';
const source = api.search(name);
let detail = null;
let arrivals = [];
let front = null;
/** The arrival after which the front is shown; null for now. */
let at = null;
let reported = false;
const views = new Views(source);
const traits = new Traits(source);

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
    views.update(detail, arrivals, front, at);
  }
});

async function show(nextDetail, nextArrivals) {
  detail = nextDetail;
  arrivals = nextArrivals;
  if (at === null || front === null) front = await source.front(at);
  byId('page').hidden = false;
  parts.head(detail);
  parts.funnel(detail);
  parts.best(detail);
  orders(detail.search, source, () => live.refresh());
  scrubber();
  views.update(detail, arrivals, front, at);
  traits.update(detail.search.revision);
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
    const row = event.target.closest('a, input') ? null : event.target.closest('tr[data-birth]');
    if (row) openLayer(source, +row.dataset.birth, detail.anchors);
  });
}
document.addEventListener('theme-changed', () => views.draw());
setInterval(() => {
  lookAtWorkers();
  if (detail && !detail.search.ending && !document.hidden) live.refresh();
}, WORKERS_EVERY_MILLIS);

const live = new Live(source, show, state);
live.start();
