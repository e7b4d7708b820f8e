// Comparisons of the service, as far as their pages need them.
import {ask, text} from './api.js';

const BASE = '/api/v1';

export const list = (before, size) => ask(`/comparisons?size=${size}${before === null ? '' : `&before=${before}`}`);
export const named = () => ask('/named-comparisons');
export const order = body => ask('/comparisons', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)});
export const pageOf = name => `/comparison.html?name=${encodeURIComponent(name)}`;

export function comparison(name) {
  const path = `/comparisons/${encodeURIComponent(name)}`;
  const address = rest => `${BASE}${path}/${rest}`;
  return {
    name,
    address,
    read: () => ask(path),
    glance: () => ask(`${path}/glance`),
    tables: () => ask(`${path}/tables`),
    plots: () => ask(`${path}/plots`),
    plot: plot => text(`${path}/plots/${plot}.svg`),
    order: intent => ask(`${path}/${intent}`, {method: 'POST'}),
    // What keeps a search's page up to date does so for a comparison, which has no arrivals.
    detail: async () => {
      const {comparison: head, ...rest} = await ask(path);
      return {search: {...head, arrivals: 0}, ...rest};
    },
    arrivals: async () => ({items: [], next: null}),
    events: () => new EventSource(address('events')),
  };
}

/** In words. */
export function state({ending, intent}) {
  if (ending) return ending.toLowerCase();
  return intent === 'CANCEL' ? 'being cancelled' : intent === 'PAUSE' ? 'paused' : 'running';
}
