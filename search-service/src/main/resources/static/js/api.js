// The service, as far as the page needs it.
const BASE = '/api/v1';

export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? `HTTP ${status}`);
    this.status = status;
    this.body = body;
    this.field = body?.field ?? null;
  }
}

/** What shows the service that a change is asked for by its own page: see its cookie. */
const unforged = () => decodeURIComponent(document.cookie.split('; ').find(one => one.startsWith('XSRF-TOKEN='))?.slice('XSRF-TOKEN='.length) ?? '');

/** `no-cache`: the browser asks whether what it has still holds, and is spared the rest where it does. */
export async function ask(path, {headers, ...options} = {}) {
  const changes = options.method && options.method !== 'GET';
  const response = await fetch(BASE + path, {
    headers: {Accept: 'application/json', ...(changes ? {'X-XSRF-TOKEN': unforged()} : {}), ...headers}, cache: 'no-cache', ...options});
  const body = await response.json().catch(() => null);
  if (!response.ok) throw refused(response.status, body);
  return body;
}

/** What is not JSON. */
export async function text(path) {
  const response = await fetch(BASE + path, {cache: 'no-cache'});
  if (!response.ok) throw refused(response.status, await response.json().catch(() => null));
  return response.text();
}

/** Whoever is not logged in any more comes back to this page afterwards. */
function refused(status, body) {
  if (status === 401 && location.pathname !== '/login.html') location.replace(`/login.html?next=${encodeURIComponent(location.pathname + location.search)}`);
  return new Problem(status, body);
}

export const session = () => ask('/session');
export const logIn = token => ask('/session', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({token})});
export const logOut = () => ask('/session', {method: 'DELETE'});

export const searches = (before, size = 50) => ask(`/searches?size=${size}${before ? `&before=${before}` : ''}`);
export const layers = () => ask('/layers');
export const workers = () => ask('/workers');
export const presets = () => ask('/presets');

const sent = (body, more = {}) => ({method: 'POST', body, headers: {Accept: 'application/json', 'Content-Type': 'application/json', ...more}});

/** What creating this search would answer; nothing is created. */
export const validateSearch = body => ask('/searches/validate', sent(body));

/** The same key and body again create nothing and bring the same answer. */
export const createSearch = (body, key) => ask('/searches', sent(body, {'Idempotency-Key': `"${key}"`}));

export function search(name) {
  const path = `/searches/${encodeURIComponent(name)}`;
  return {
    name,
    detail: () => ask(path),
    front: at => ask(`${path}/front${at === null ? '' : `?at=${at}`}`),
    arrivals: (after, size) => ask(`${path}/arrivals?after=${after}&size=${size}`),
    hypervolume: () => ask(`${path}/hypervolume`),
    traits: (among, against) => ask(`${path}/traits?among=${among}&against=${against}`),
    candidate: birth => ask(`${path}/candidates/${birth}`),
    tournament: birth => ask(`${path}/candidates/${birth}/tournament`),
    kin: birth => ask(`${path}/candidates/${birth}/kin`),
    children: (birth, after) => ask(`${path}/candidates/${birth}/children?size=20${after === null ? '' : `&after=${after}`}`),
    equivalents: (birth, by, after) => ask(`${path}/candidates/${birth}/equivalents?size=20&by=${by}${after === null ? '' : `&after=${after}`}`),
    elsewhere: (birth, by, before) => ask(`${path}/candidates/${birth}/elsewhere?size=20&by=${by}${before === null ? '' : `&before=${before}`}`),
    report: () => ask(`${path}/report`),
    order: intent => ask(`${path}/${intent}`, {method: 'POST'}),
    events: () => new EventSource(`${BASE}${path}/events`),
  };
}

/** Searches beside each other; `query` names them. */
export const curves = query => ask(`/curves?${query}`);
export const curveEvents = query => new EventSource(`${BASE}/curves/events?${query}`);

/** All candidates of a search, as a file. */
export const csvOf = name => `${BASE}/searches/${encodeURIComponent(name)}/candidates.csv`;

/** A layer's files; `path` leads to the layer. */
export function exportsOf(path) {
  const address = (file, query = '') => `${BASE}${path}/exports/${file}${query}`;
  return {
    address,
    zip: query => `${BASE}${path}/exports.zip${query}`,
    list: () => ask(`${path}/exports`),
    json: file => ask(`${path}/exports/${file}`),
    text: (file, query = '') => text(`${path}/exports/${file}${query}`),
  };
}
