// The views of a search's layers: they share one selection, one set of toggles and one moment.
import * as charts from './charts.js';
import {byId, el, fill} from './dom.js';
import {drawFront, frontWithin, markFront} from './front.js';
import {drawHistory, drawHypervolume, historyWithin, hypervolumeInWords, markHistory} from './history.js';
import {drawParallel, leftOut, markParallel, parallelWithin} from './parallel.js';
import * as parts from './parts.js';
import * as points from './points.js';
import {rectangles} from './rectangle.js';
import {Selection} from './selection.js';
import * as shown from './shown.js';

const VOLUME_EVERY_MILLIS = 2000;
const chosen = name => document.querySelector(`input[name="${name}"]:checked`).value;

export class Views {
  constructor(source) {
    this.source = source;
    this.open = new Map();
    this.volume = null;
    this.volumeAsked = 0;
    this.selection = new Selection(source.name, () => this.mark(), birth => this.nameOf(birth));
    for (const input of document.querySelectorAll('input[name="front-view"], input[name="history-view"], [data-layer]')) input.addEventListener('change', () => this.draw());
    byId('points').addEventListener('toggle', () => this.draw());
    for (const table of ['members', 'scored']) {
      byId(table).addEventListener('change', event => {
        if (event.target.dataset.pick !== undefined) this.selection.toggle(+event.target.dataset.pick);
      });
    }
  }

  nameOf(birth) {
    return this.front?.members.find(one => one.birth === birth)?.formula ?? this.arrivals?.find(one => one.birth === birth)?.formula ?? '';
  }

  /** What the page knows now. @param at the arrival after which the front is shown; null for now */
  update(detail, arrivals, front, at) {
    Object.assign(this, {detail, arrivals, front, at});
    const [x, y] = [byId('anchor-x'), byId('anchor-y')];
    if (x.options.length !== detail.anchors.length) {
      for (const [select, index] of [[x, 0], [y, Math.min(1, detail.anchors.length - 1)]]) {
        fill(select, ...detail.anchors.map((anchor, i) => el('option', {value: i}, anchor)));
        select.value = index;
        select.addEventListener('change', () => this.draw());
      }
    }
    this.draw();
  }

  view() {
    const {detail, arrivals, front, at} = this;
    const layers = Object.fromEntries([...document.querySelectorAll('[data-layer]')].map(input => [input.dataset.layer, input.checked]));
    return {anchors: detail.anchors, x: +byId('anchor-x').value, y: +byId('anchor-y').value, arrivals, front, at,
      calibration: detail.calibration, data: detail.search.data, layers, births: this.selection.births};
  }

  draw() {
    if (!this.detail || !this.front) return;
    const {detail, arrivals, front} = this;
    const scored = arrivals.some(one => one.scores);
    const all = chosen('front-view') === 'all';
    const volume = chosen('history-view') === 'volume';
    const nothing = !scored && detail.calibration === null;
    byId('front-empty').hidden = !nothing;
    for (const part of ['scrub', 'legend']) byId(part).hidden = nothing;
    byId('pair').hidden = all;
    byId('front-chart').hidden = nothing || all;
    byId('parallel-chart').hidden = nothing || !all;
    byId('history-empty').hidden = arrivals.length > 0;
    byId('history-chart').hidden = arrivals.length === 0 || volume;
    byId('volume-chart').hidden = byId('volume-note').hidden = arrivals.length === 0 || !volume;
    const view = this.view();
    this.in('front-chart', frontWithin, chart => {
      drawFront(chart, view);
      byId('front-chart').ariaLabel = points.frontInWords(view.anchors, view.x, view.y, arrivals, front);
    });
    byId('front-chart').dataset.members = front.members.length;
    byId('front-chart').dataset.points = arrivals.filter(one => one.scores && one.ordinal <= front.ordinal).length;
    this.in('parallel-chart', parallelWithin, chart => {
      drawParallel(chart, view);
      byId('parallel-chart').ariaLabel = points.parallelInWords(view.anchors, arrivals, front);
    });
    this.in('history-chart', historyWithin, chart => {
      drawHistory(chart, view);
      byId('history-chart').ariaLabel = points.historyInWords(arrivals, detail.calibration);
    });
    if (!byId('volume-chart').hidden) this.lookAtVolume();
    this.notes(view, all);
    byId('points').hidden = !scored;
    if (byId('points').open) points.table(arrivals, detail.anchors, this.selection);
    parts.members(front, this.selection);
  }

  notes(view, all) {
    const given = view.layers.rejected ? shown.rejected(view.arrivals, view.front) : [];
    const partly = given.filter(one => one.soFar).length;
    const text = [all ? leftOut(view) : '', given.length === 0 ? '' : `${points.plural(given.length, 'layer', 'layers')} given up in training: `
      + (partly === 0 ? 'none had the score of an anchor, so they are drawn by arrival alone, below.' : `${points.plural(partly, 'has', 'have')} the score of an anchor and ${partly === 1 ? 'is' : 'are'} drawn here, the others by arrival alone, below.`)];
    byId('front-note').textContent = text.filter(Boolean).join(' ');
  }

  /** Draws into a chart that is on the page now. */
  in(id, within, draw) {
    if (byId(id).hidden) return;
    if (!this.open.has(id)) {
      const chart = charts.open(byId(id));
      this.open.set(id, chart);
      // Members of the front come first, and lie on top; of the others the nearest or the youngest counts.
      const topmost = births => births.find(birth => this.front.members.some(one => one.birth === birth)) ?? births.at(-1);
      const pick = birth => { if (birth !== undefined) this.selection.toggle(birth); };
      // A line is met anywhere, a point only where it is.
      const lines = id === 'parallel-chart';
      if (lines) chart.on('click', params => pick(params.data?.member?.birth ?? shown.arrivalOf(params, this.arrivals)?.birth));
      rectangles(chart, (box, more) => this.selection.take(within(chart, box, this.view()), more), box => { if (!lines) pick(topmost(within(chart, box, this.view()))); });
    }
    draw(this.open.get(id));
  }

  async lookAtVolume() {
    if (!this.open.has('volume-chart')) this.open.set('volume-chart', charts.open(byId('volume-chart')));
    if (this.volume?.arrivals !== this.detail.search.arrivals) {
      const early = VOLUME_EVERY_MILLIS - (Date.now() - this.volumeAsked);
      clearTimeout(this.volumeLater);
      if (early > 0) {
        this.volumeLater = setTimeout(() => this.draw(), early);
      } else {
        this.volumeAsked = Date.now();
        this.volume = await this.source.hypervolume().catch(() => this.volume);
      }
    }
    if (!this.volume || byId('volume-chart').hidden) return;
    drawHypervolume(this.open.get('volume-chart'), this.volume, this.view());
    byId('volume-chart').ariaLabel = byId('volume-note').textContent = hypervolumeInWords(this.volume);
    byId('volume-chart').dataset.points = this.volume.points.length;
  }

  /** The selection changed, nothing else. */
  mark() {
    if (!this.front) return;
    const view = this.view();
    for (const [id, mark] of [['front-chart', markFront], ['parallel-chart', markParallel], ['history-chart', markHistory]]) {
      if (this.open.has(id) && !byId(id).hidden) mark(this.open.get(id), view);
    }
    for (const id of ['front-chart', 'parallel-chart', 'history-chart']) byId(id).dataset.selected = [...this.selection.births].join(' ');
    if (byId('points').open) points.table(this.arrivals, this.detail.anchors, this.selection);
    parts.members(this.front, this.selection);
  }
}
