// Keeps one search's data up to date. The doorbell only says that there is more; what is lacking is fetched by cursor, so
// that nothing is missed while the connection was down and nothing comes twice.
import {Problem} from './api.js';

const PAGE = 1000;
/** More points than this say nothing more: an older beginning is left out. */
const MOST_ARRIVALS = 30000;
const RETRY_MILLIS = 3000;

/** What the page shows of an arrival, and no more: it has many of them. */
const kept = ({ordinal, birth, formula, outcome, reason, scores, soFar}) =>
  ({ordinal, birth, formula, outcome, reason, scores: scores && {accuracies: scores.accuracies, mean: scores.mean}, soFar});

export class Live {
  constructor(source, show, state) {
    this.source = source;
    this.show = show;
    this.state = state;
    this.arrivals = [];
    this.cursor = null;
    this.busy = false;
    this.again = false;
    this.events = null;
    this.over = false;
  }

  start() {
    this.refresh();
    this.listen();
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) {
        this.hush();
      } else {
        this.refresh();
        this.listen();
      }
    });
  }

  /** Only while somebody looks and there is something to hear: a browser has six connections to one service. */
  listen() {
    if (this.events || this.over || document.hidden) return;
    const events = this.source.events();
    this.events = events;
    events.addEventListener('open', () => this.state('live'));
    events.addEventListener('revision', () => this.refresh());
    events.addEventListener('error', () => {
      if (this.over) return;
      this.state('lost');
      // The browser reconnects by itself unless it was refused.
      if (events.readyState === EventSource.CLOSED) {
        this.hush();
        setTimeout(() => this.listen(), RETRY_MILLIS);
      }
    });
  }

  hush() {
    this.events?.close();
    this.events = null;
  }

  finished() {
    this.over = true;
    this.hush();
    this.state('finished');
  }

  /** One refresh at a time; rings during a refresh cause exactly one more. */
  async refresh() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      do {
        this.again = false;
        const detail = await this.source.detail();
        await this.catchUp(detail.search.arrivals);
        await this.show(detail, this.arrivals);
        if (detail.search.ending) this.finished();
      } while (this.again);
      this.state('answering');
    } catch (error) {
      this.state(error instanceof Problem && error.status === 404 ? 'missing' : 'unreachable', error);
      if (!(error instanceof Problem && error.status === 404)) setTimeout(() => this.refresh(), RETRY_MILLIS);
    } finally {
      this.busy = false;
    }
  }

  async catchUp(known) {
    this.cursor ??= Math.max(0, known - MOST_ARRIVALS);
    for (let more = true; more;) {
      const page = await this.source.arrivals(this.cursor, PAGE);
      for (const arrival of page.items) {
        if (arrival.ordinal > this.cursor) {
          this.arrivals.push(kept(arrival));
          this.cursor = arrival.ordinal;
        }
      }
      more = page.next !== null;
    }
  }
}
