// A strip for each worker: what it trained, and when. Results differ in height and pattern, not by colour alone.
import {axis, palette, tooltip} from './charts.js';
import {byId, colour, el, fill} from './dom.js';
import {count, duration} from './format.js';
import {layerLink, pageOfSearch, result, since, took} from './workers-table.js';
import {pageOf} from './layer-parts.js';

const ROW = 30;
const MOST_ROWS = 200;
const LEAST_MILLIS = 60_000;
/** Share of a strip's height. */
const HEIGHT = {SCORED: 0.72, REJECTED: 0.38, FAILED: 0.9, RUNNING: 0.72};

/** Fills by kind, made anew for every theme. */
function fills() {
  const hatch = (token, draw) => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 4;
    const pen = tile.getContext('2d');
    pen.strokeStyle = colour(token);
    pen.lineWidth = 1.6;
    pen.beginPath();
    draw(pen);
    pen.stroke();
    return {image: tile, repeat: 'repeat'};
  };
  return {
    SCORED: {fill: colour('accent')},
    REJECTED: {fill: hatch('reference', pen => { pen.moveTo(-1, 5); pen.lineTo(5, -1); pen.moveTo(-1, 1); pen.lineTo(1, -1); pen.moveTo(3, 5); pen.lineTo(5, 3); }), stroke: colour('reference'), lineWidth: 0.8},
    FAILED: {fill: hatch('bad', pen => { pen.moveTo(1, 0); pen.lineTo(1, 4); }), stroke: colour('bad'), lineWidth: 1},
    RUNNING: {fill: colour('accent-soft'), stroke: colour('accent'), lineWidth: 1, lineDash: [3, 3]},
  };
}

/** All that is drawn: settled evaluations, and what is in training. */
function bars(workers, timelines) {
  return workers.flatMap((worker, row) => {
    const settled = [...timelines.of(worker.id)?.done.values() ?? []].map(done => ({row, worker, kind: done.kind, began: done.began, ended: done.settled, done}));
    const now = worker.evaluation !== null && worker.since !== null && worker.state === 'TRAINING'
      ? [{row, worker, kind: 'RUNNING', began: Date.parse(worker.since), ended: timelines.now, done: null}] : [];
    return [...settled, ...now];
  });
}

const layerOf = one => one.birth === null ? one.reference : `birth ${one.birth}`;

function described({worker, done, began, ended}) {
  const one = done ?? worker;
  return [worker.name, `${layerOf(one)} of ${one.searchName}`,
    done ? `${result(done)}, ${count(done.steps)} steps` : `in training${worker.step === null ? '' : `, step ${worker.step} of ${worker.steps}`}`,
    `${new Date(began).toLocaleTimeString()}, ${took(ended - began)}`].join('\n');
}

function shape(params, api, all, paint) {
  const bar = all[params.dataIndex];
  const [left, middle] = api.coord([bar.began, bar.row]);
  const [right] = api.coord([bar.ended, bar.row]);
  const {x, width} = params.coordSys;
  const from = Math.max(x, left);
  const to = Math.min(x + width, Math.max(right, from + 1));
  if (to <= x) return null;
  const height = ROW * HEIGHT[bar.kind] * 0.8;
  const base = middle + ROW * 0.36;
  // A hairline of space, so that one ends where the next begins.
  return {type: 'rect', shape: {x: from, y: base - height, width: Math.max(1, to - from - (to - from > 4 ? 1 : 0)), height}, style: paint[bar.kind]};
}

export class Timeline {
  constructor(timelines) {
    this.timelines = timelines;
    this.chart = null;
    this.all = [];
  }

  draw(workers, graphs) {
    const shown = workers.slice(0, MOST_ROWS);
    const box = byId('timeline');
    byId('timeline-panel').hidden = shown.length === 0;
    if (shown.length === 0) return;
    box.style.height = `${shown.length * ROW + 44}px`;
    this.chart ??= this.open(box);
    this.chart.resize();
    this.all = bars(shown, this.timelines);
    this.plot(shown, box.clientWidth);
    this.told(shown, workers.length - shown.length);
    if (byId('settled').open) this.tables(shown, graphs);
  }

  open(box) {
    const chart = echarts.init(box, null, {renderer: 'canvas'});
    new ResizeObserver(() => chart.resize()).observe(box);
    chart.on('click', ({dataIndex}) => {
      const {done, worker} = this.all[dataIndex];
      const one = done ?? worker;
      location.assign(one.birth === null ? pageOfSearch(one) : pageOf(one.searchName, one.birth));
    });
    return chart;
  }

  plot(workers, width) {
    const paint = palette();
    const styles = fills();
    const {all, timelines} = this;
    const names = Math.min(230, width * 0.28);
    const base = axis(paint, '', {});
    // Where nobody is as old as the time that is asked for, there is nothing to leave room for.
    const first = Math.min(...workers.map(worker => Date.parse(worker.startedAt)));
    const from = Math.max(timelines.from, Math.min(first, timelines.now - LEAST_MILLIS));
    this.chart.setOption({
      animation: false,
      grid: {left: names, right: 18, top: 4, bottom: 34},
      tooltip: {...tooltip(paint), trigger: 'item', formatter: ({dataIndex}) => all[dataIndex] ? described(all[dataIndex]) : ''},
      xAxis: {...base, type: 'time', min: from, max: timelines.now, axisLabel: {...base.axisLabel, formatter: {hour: '{HH}:{mm}', minute: '{HH}:{mm}', second: '{HH}:{mm}:{ss}'}}},
      yAxis: {...base, type: 'category', inverse: true, data: workers.map(worker => worker.name), splitLine: {show: true, lineStyle: {color: paint.line}},
        axisLabel: {...base.axisLabel, width: names - 12, overflow: 'truncate', interval: 0}},
      series: [{type: 'custom', name: 'evaluations', clip: true, cursor: 'pointer', encode: {x: [0, 1], y: 2},
        data: all.map(bar => [bar.began, bar.ended, bar.row]), renderItem: (params, api) => shape(params, api, all, styles)}],
    }, {replaceMerge: ['series']});
  }

  /** In words, for whoever does not see it. */
  told(workers, left) {
    const sums = workers.map(worker => this.sum(worker));
    const total = key => sums.reduce((all, one) => all + one[key], 0);
    const box = byId('timeline');
    box.ariaLabel = `${count(workers.length)} workers in the last ${duration(60_000 * this.timelines.minutes)}: ${count(total('SCORED'))} evaluations scored, `
      + `${count(total('REJECTED'))} rejected, ${count(total('FAILED'))} failed, ${count(total('RUNNING'))} in training. “The timeline as a table” lists them.`;
    box.dataset.bars = this.all.length;
    const cut = workers.filter(worker => this.timelines.of(worker.id)?.cut).length;
    byId('timeline-note').textContent = ['A bar ends when its result was settled and is as long as training and scoring took. Attempts that were lost settle nothing and leave a gap.',
      cut ? `Of ${count(cut)} ${cut === 1 ? 'worker' : 'workers'} only the last evaluations are drawn.` : '',
      left > 0 ? `${count(left)} workers more have no room here.` : ''].filter(Boolean).join(' ');
  }

  sum(worker) {
    const sum = {SCORED: 0, REJECTED: 0, FAILED: 0, RUNNING: 0, millis: 0};
    for (const bar of this.all) {
      if (bar.worker !== worker) continue;
      sum[bar.kind]++;
      sum.millis += Math.max(0, bar.ended - Math.max(bar.began, this.timelines.from));
    }
    return sum;
  }

  tables(workers, graphs) {
    const number = text => el('td', {class: 'number'}, text);
    const {now, from} = this.timelines;
    fill(byId('sums'), el('thead', {}, el('tr', {}, el('th', {}, 'worker'), ...['scored', 'rejected', 'failed', 'in training', 'busy'].map(name => el('th', {class: 'number'}, name)))),
      el('tbody', {}, ...workers.map(worker => {
        const sum = this.sum(worker);
        const span = Math.max(1, now - Math.max(from, Date.parse(worker.startedAt)));
        return el('tr', {}, el('td', {}, worker.name), number(count(sum.SCORED)), number(count(sum.REJECTED)), number(count(sum.FAILED)), number(count(sum.RUNNING)),
          number(`${Math.min(100, Math.round(100 * sum.millis / span))} %`));
      })));
    const last = this.all.filter(bar => bar.done).sort((a, b) => b.ended - a.ended).slice(0, MOST_ROWS);
    fill(byId('evaluations'), el('thead', {}, el('tr', {}, el('th', {}, 'layer'), el('th', {}, 'result'), el('th', {}, 'worker'), el('th', {class: 'number'}, 'took'), el('th', {class: 'number'}, 'settled'))),
      el('tbody', {}, ...last.map(({done, worker, began, ended}) => el('tr', {},
        el('td', {}, layerLink(done, graphs), el('span', {class: 'sub'}, el('a', {href: pageOfSearch(done)}, done.searchName))),
        el('td', {}, result(done)), el('td', {class: 'dim'}, worker.name), number(took(ended - began)), number(since(ended, now))))));
  }
}
