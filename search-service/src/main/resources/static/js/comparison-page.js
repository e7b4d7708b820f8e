// The page of one comparison.
import {byId} from './dom.js';
import {Charts} from './comparison-charts.js';
import * as parts from './comparison-parts.js';
import {comparison} from './comparison-source.js';
import {Live} from './live.js';
import {orders} from './orders.js';

const PROGRESS_EVERY_MILLIS = 3000;
/** A result is read as a whole, so that it is not read at every ring. */
const TABLES_EVERY_MILLIS = 5000;

const source = comparison(new URLSearchParams(location.search).get('name') ?? '');
const charts = new Charts(source);
let detail = null;
let tables = null;
/** The revision that the tables are of, and when they were read. */
let told = {revision: null, at: 0};
let shown = 0;

async function result({search}) {
  const over = search.ending !== null;
  if (told.revision === search.revision || (!over && Date.now() - told.at < TABLES_EVERY_MILLIS)) return;
  try {
    tables = await source.tables();
    parts.result(source, tables, shown);
    await charts.show();
    byId('untold').hidden = true;
  } catch (error) {
    if (!error.status) throw error;
    byId('untold').hidden = false;
    byId('untold').textContent = `The result cannot be told: ${error.message}`;
  }
  told = {revision: search.revision, at: Date.now()};
}

async function show(next) {
  detail = next;
  byId('page').hidden = false;
  parts.head(detail);
  parts.progress(detail);
  parts.files(source);
  orders(detail.search, source, () => live.refresh());
  await result(detail);
  // For tests and the curious: what is shown now.
  document.body.dataset.revision = told.revision;
}

function state(what, error) {
  if (what === 'missing') {
    byId('page').hidden = true;
    byId('missing').hidden = false;
    byId('missing-why').textContent = error.message;
  } else if (what === 'answering') {
    byId('unreachable').hidden = true;
  } else if (what === 'unreachable') {
    byId('unreachable').hidden = false;
  } else {
    byId('link').dataset.state = what;
    byId('link').textContent = what === 'lost' ? 'reconnecting' : what;
  }
}

byId('table').addEventListener('change', event => {
  shown = +event.target.value;
  parts.scores(tables, shown);
});
setInterval(() => { if (detail && !detail.search.ending && !document.hidden) live.refresh(); }, PROGRESS_EVERY_MILLIS);

const live = new Live(source, show, state);
live.start();
