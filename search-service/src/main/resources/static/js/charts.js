// Drawing: the front on two anchors, and the best so far against arrivals. Tooltips are drawn on the canvas, since the
// page's content security policy forbids markup with styles in it.
import {colour} from './dom.js';
import {percent, wrapped} from './format.js';

const LABEL_WIDTH = 46;

export function palette() {
  return Object.fromEntries(['ink', 'soft', 'faint', 'line', 'panel', 'accent', 'accent-soft', 'reference', 'reference-soft']
    .map(token => [token, colour(token)]));
}

const font = () => getComputedStyle(document.body).fontFamily;

export function open(element) {
  const chart = echarts.init(element, null, {renderer: 'canvas'});
  new ResizeObserver(() => chart.resize()).observe(element);
  return chart;
}

export function tooltip(paint) {
  return {
    renderMode: 'richText', confine: true, backgroundColor: paint.panel, borderColor: paint.line, borderWidth: 1,
    padding: [10, 12], textStyle: {color: paint.ink, fontSize: 12.5, lineHeight: 18, fontFamily: font()},
  };
}

export function axis(paint, name, more) {
  return {
    type: 'value', name, nameLocation: 'middle', nameTextStyle: {color: paint.soft, fontSize: 12.5, fontFamily: font()},
    axisLine: {show: true, lineStyle: {color: paint.faint}}, axisTick: {show: false},
    axisLabel: {color: paint.soft, fontSize: 12, fontFamily: font(), hideOverlap: true},
    splitLine: {lineStyle: {color: paint.line}}, ...more,
  };
}

const percentAxis = {scale: true, axisLabel: {formatter: value => `${+(100 * value).toFixed(1)} %`}};

function merged(base, more) {
  return {...base, ...more, axisLabel: {...base.axisLabel, ...more.axisLabel}};
}

/** A range that shows what matters: everything from a little below the lowest reference or front member upwards. */
function range(values, important) {
  if (values.length === 0) return {};
  const low = Math.min(...(important.length ? important : values));
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const spread = Math.max(0.02, high - low);
  const interval = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find(step => spread / step <= 6) ?? 0.2;
  const round = (value, how) => +(how(value / interval) * interval).toFixed(3);
  return {interval, min: Math.max(0, round(low - spread * 0.06, Math.floor)), max: Math.min(1, round(high + spread * 0.06, Math.ceil))};
}

function describe(layer, anchors, accuracies, further) {
  const scores = anchors.map((anchor, i) => `${anchor} ${percent(accuracies[i])}`).join('   ');
  return [wrapped(layer, LABEL_WIDTH + 10), scores, ...further].join('\n');
}

/** Members of the front that nobody beats on these two anchors alone, left to right: the line that is drawn. */
function staircase(points) {
  const line = [];
  let best = -1;
  for (const point of [...points].sort((a, b) => b.value[0] - a.value[0] || b.value[1] - a.value[1])) {
    if (point.value[1] > best) {
      best = point.value[1];
      line.unshift(point.value.slice(0, 2));
    }
  }
  return line;
}

function cross(paint, baselines, x, y) {
  return {
    type: 'custom', name: 'intervals', silent: true, z: 3,
    data: baselines.map(one => [one.anchors[x].mean, one.anchors[y].mean, one.anchors[x].low, one.anchors[x].high, one.anchors[y].low, one.anchors[y].high]),
    renderItem: (_, api) => {
      const at = (a, b) => api.coord([a, b]);
      const [x1, y0] = at(api.value(2), api.value(1));
      const [x2] = at(api.value(3), api.value(1));
      const [x0, y1] = at(api.value(0), api.value(4));
      const [, y2] = at(api.value(0), api.value(5));
      const style = {stroke: paint.reference, lineWidth: 1.2, opacity: 0.75};
      return {type: 'group', children: [
        {type: 'line', shape: {x1, y1: y0, x2, y2: y0}, style}, {type: 'line', shape: {x1: x0, y1, x2: x0, y2}, style}]};
    },
  };
}

/** The two bands of BN-ReLU: what the best normalization in use reaches under the same training. */
function bands(paint, baseline, x, y) {
  if (!baseline) return undefined;
  return {
    silent: true, itemStyle: {color: paint.reference, opacity: 0.1},
    data: [[{xAxis: baseline.anchors[x].low}, {xAxis: baseline.anchors[x].high}], [{yAxis: baseline.anchors[y].low}, {yAxis: baseline.anchors[y].high}]],
  };
}

/** A chart that is copied out of the page still says that its images were made up. */
const onData = data => data === 'synthetic' ? ' on synthetic images' : '';

export function drawFront(chart, {anchors, x, y, arrivals, front, calibration, data: images}) {
  const paint = palette();
  const onFront = new Set(front.members.map(member => member.birth));
  const tried = arrivals.filter(one => one.scores && !onFront.has(one.birth) && one.ordinal <= front.ordinal)
    .map(one => ({value: [one.scores.accuracies[x], one.scores.accuracies[y]], arrival: one}));
  const members = front.members.map(member => {
    const accuracies = member.counts.map(({correct, total}) => correct / total);
    return {
      value: [accuracies[x], accuracies[y]], member, accuracies,
      itemStyle: {color: member.solid ? paint.accent : paint.panel, borderColor: paint.accent, borderWidth: 2},
    };
  });
  const baselines = calibration?.references ?? [];
  const bn = baselines.find(one => one.layer === 'bn-relu');
  const all = index => [...tried, ...members].map(point => point.value[index]).concat(baselines.map(one => one.anchors[index === 0 ? x : y].high));
  const important = index => members.map(point => point.value[index]).concat(baselines.map(one => one.anchors[index === 0 ? x : y].low));
  chart.setOption({
    animation: false,
    grid: {left: 58, right: 24, top: 18, bottom: 52},
    tooltip: {...tooltip(paint), trigger: 'item', formatter: ({data}) => {
      if (data.member) return describe(data.member.formula, anchors, data.accuracies, [`birth ${data.member.birth}, on the front with probability ${data.member.probability.toFixed(2)}`]);
      if (data.arrival) return describe(data.arrival.formula ?? '', anchors, data.arrival.scores.accuracies, [`birth ${data.arrival.birth}, arrival ${data.arrival.ordinal}`]);
      if (data.baseline) return describe(`${data.baseline.layer}, reference`, anchors, data.baseline.anchors.map(one => one.mean), [`${data.baseline.runs} seeds`]);
      return '';
    }},
    xAxis: merged(axis(paint, `${anchors[x]} accuracy${onData(images)}`, {nameGap: 32}), {...percentAxis, ...range(all(0), important(0))}),
    yAxis: merged(axis(paint, `${anchors[y]} accuracy${onData(images)}`, {nameGap: 44}), {...percentAxis, ...range(all(1), important(1))}),
    series: [
      {type: 'scatter', name: 'dominated', data: tried, symbolSize: 6, z: 2, itemStyle: {color: paint.faint, opacity: 0.75},
        markArea: bands(paint, bn, x, y)},
      {type: 'line', name: 'edge', data: staircase(members), step: 'end', symbol: 'none', silent: true, z: 3, lineStyle: {color: paint.accent, width: 1.2, opacity: 0.45}},
      cross(paint, baselines, x, y),
      {type: 'scatter', name: 'references', z: 4, symbol: 'diamond', symbolSize: 11, itemStyle: {color: paint.reference},
        label: {show: true, position: 'right', formatter: ({data}) => data.baseline.layer, color: paint.reference, fontSize: 12, fontWeight: 600, fontFamily: font(), textBorderColor: paint.panel, textBorderWidth: 3},
        labelLayout: {moveOverlap: 'shiftY'},
        data: baselines.map(one => ({value: [one.anchors[x].mean, one.anchors[y].mean], baseline: one}))},
      {type: 'scatter', name: 'front', data: members, symbolSize: 12, z: 5, cursor: 'pointer'},
    ],
  }, {replaceMerge: ['series']});
}

export function drawHistory(chart, {arrivals, calibration, data: images}) {
  const paint = palette();
  const scored = arrivals.filter(one => one.scores);
  const best = [];
  for (const one of scored) {
    if (best.length === 0 || one.scores.mean > best[best.length - 1].value[1]) best.push({value: [one.ordinal, one.scores.mean], arrival: one});
  }
  const last = arrivals.length ? arrivals[arrivals.length - 1].ordinal : 1;
  const end = Math.max(10, last);
  const line = best.length ? [...best, {value: [last, best[best.length - 1].value[1]], symbol: 'none'}] : [];
  const baselines = calibration?.references ?? [];
  const bn = baselines.find(one => one.layer === 'bn-relu');
  const values = scored.map(one => one.scores.mean).concat(baselines.map(one => one.accuracy.high));
  chart.setOption({
    animation: false,
    grid: {left: 58, right: 92, top: 18, bottom: 46},
    tooltip: {...tooltip(paint), trigger: 'item', formatter: ({data}) => data?.arrival
      ? `${wrapped(data.arrival.formula ?? '', LABEL_WIDTH + 10)}\nmean ${percent(data.arrival.scores.mean)}, arrival ${data.arrival.ordinal}, birth ${data.arrival.birth}` : ''},
    xAxis: axis(paint, `arrivals${images === 'synthetic' ? ', synthetic images' : ''}`, {nameGap: 28, min: 0, max: end}),
    yAxis: merged(axis(paint, '', {}), {...percentAxis, ...range(values, values)}),
    series: [
      {type: 'scatter', name: 'scored', symbolSize: 5, z: 2, large: scored.length > 5000, itemStyle: {color: paint.faint, opacity: 0.8},
        data: scored.map(one => ({value: [one.ordinal, one.scores.mean], arrival: one})),
        markArea: bn && {silent: true, itemStyle: {color: paint.reference, opacity: 0.14}, data: [[{yAxis: bn.accuracy.low}, {yAxis: bn.accuracy.high}]]}},
      ...baselines.map(one => ({type: 'line', name: one.layer, silent: true, symbol: 'none', z: 1, data: [[0, one.accuracy.mean], [end, one.accuracy.mean]],
        lineStyle: {color: paint.reference, type: [5, 4], width: 1, opacity: 0.8}, labelLayout: {moveOverlap: 'shiftY'},
        endLabel: {show: true, formatter: one.layer, color: paint.reference, fontSize: 12, fontFamily: font()}})),
      {type: 'line', name: 'best', step: 'end', data: line, symbolSize: 7, z: 4, lineStyle: {color: paint.accent, width: 2.4}, itemStyle: {color: paint.accent}},
    ],
  }, {replaceMerge: ['series']});
}
