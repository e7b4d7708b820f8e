// What is known of the workers. Their rows change with every heartbeat, so that the service is asked every few seconds, by
// whoever looks; of what they settled only what is new.
import {ask} from './api.js';

/** A result may be seen after one with a later time. */
const OVERLAP_MILLIS = 10_000;
/** The service names no more at once. */
const MOST_IDS = 100;

export const live = () => ask('/workers');
export const queue = () => ask('/queue');
export const stopped = (before, size) => ask(`/workers/stopped?size=${size}${before === null ? '' : `&before=${before}`}`);

/** The settled evaluations of the workers that are shown, as far back as is shown. */
export class Timelines {
  constructor() {
    /** How far the service's clock is ahead of this one, in milliseconds. */
    this.offset = 0;
    this.begin(30);
  }

  begin(minutes) {
    this.minutes = minutes;
    this.workers = new Map();
    this.now = Date.now() + this.offset;
  }

  async refresh(ids) {
    for (const id of [...this.workers.keys()]) if (!ids.includes(id)) this.workers.delete(id);
    const known = ids.filter(id => this.workers.has(id));
    const fresh = ids.filter(id => !this.workers.has(id));
    const minutes = this.minutes;
    const answers = await Promise.all([...this.ask(known, new Date(this.now - OVERLAP_MILLIS).toISOString()), ...this.ask(fresh, null)]);
    if (minutes !== this.minutes) return;
    this.now = Date.now() + this.offset;
    for (const answer of answers) this.take(answer);
    for (const one of this.workers.values()) for (const [id, done] of one.done) if (done.settled < this.from) one.done.delete(id);
  }

  ask(ids, since) {
    const parts = Array.from({length: Math.ceil(ids.length / MOST_IDS)}, (_, i) => ids.slice(i * MOST_IDS, (i + 1) * MOST_IDS));
    return parts.map(part => ask(`/workers/timelines?workers=${part.join(',')}&minutes=${this.minutes}${since === null ? '' : `&since=${since}`}`));
  }

  take(answer) {
    this.now = Date.parse(answer.now);
    this.offset = this.now - Date.now();
    for (const {id, done, ...rates} of answer.workers) {
      const before = this.workers.get(id);
      const all = before?.done ?? new Map();
      for (const one of done) all.set(one.evaluation, {...one, began: Date.parse(one.began), settled: Date.parse(one.settled)});
      this.workers.set(id, {...rates, cut: rates.cut || (before?.cut ?? false), done: all});
    }
  }

  get from() {
    return this.now - 60_000 * this.minutes;
  }

  of(id) {
    return this.workers.get(id);
  }
}
