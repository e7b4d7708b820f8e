// The page of all workers. Asked for anew every few seconds while somebody looks: see fleet.js.
import {layers} from './api.js';
import {byId} from './dom.js';
import * as fleet from './fleet.js';
import {Timeline} from './timeline.js';
import * as tables from './workers-table.js';

const EVERY_MILLIS = 2500;
const AT_FIRST = 40;
const STEP = 60;
const STOPPED = 10;

const timelines = new fleet.Timelines();
const timeline = new Timeline(timelines);
/** Names of the layers that have a page of their own. */
let graphs = new Set();
let shown = AT_FIRST;
let live = [];
let youngest = [];
let older = [];
let cursor = null;
let busy = false;

function draw() {
  const some = live.slice(0, shown);
  byId('more-live').hidden = live.length <= some.length;
  byId('more-live').textContent = `${live.length - some.length} more workers`;
  tables.live(some, timelines, graphs);
  timeline.draw(some, graphs);
  const known = new Set(live.map(worker => worker.id));
  const seen = new Set();
  const stopped = [...youngest, ...older].filter(({id}) => !known.has(id) && !seen.has(id) && seen.add(id));
  tables.stopped(stopped, cursor !== null, graphs, timelines.now);
}

async function refresh() {
  if (busy) return;
  busy = true;
  try {
    const [workers, queue, gone] = await Promise.all([fleet.live(), fleet.queue(), fleet.stopped(null, STOPPED)]);
    live = workers;
    youngest = gone.items;
    if (older.length === 0) cursor = gone.next;
    await timelines.refresh(live.slice(0, shown).map(worker => worker.id));
    byId('page').hidden = false;
    tables.figures(queue);
    tables.queue(queue);
    draw();
    byId('unreachable').hidden = true;
    // For tests and the curious: how often it was drawn.
    document.body.dataset.drawn = 1 + (+document.body.dataset.drawn || 0);
  } catch {
    byId('page').hidden = false;
    byId('unreachable').hidden = false;
  } finally {
    busy = false;
  }
}

byId('minutes').addEventListener('change', event => {
  timelines.begin(+event.target.value);
  refresh();
});
byId('more-live').addEventListener('click', () => {
  shown += STEP;
  refresh();
});
byId('older').addEventListener('click', async () => {
  const page = await fleet.stopped(cursor, 5 * STOPPED).catch(() => null);
  if (page === null) return;
  older.push(...page.items);
  cursor = page.next;
  draw();
});
byId('settled').addEventListener('toggle', draw);
document.addEventListener('theme-changed', draw);
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
setInterval(() => { if (!document.hidden) refresh(); }, EVERY_MILLIS);

layers().then(list => { graphs = new Set(list.filter(layer => layer.kind === 'graph').map(layer => layer.name)); }).catch(() => null).finally(refresh);
