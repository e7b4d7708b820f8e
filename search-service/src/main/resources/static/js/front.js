// The front on two anchors.
import {AT_ONCE, axis, bnRelu, describe, faded, font, MANY, merged, onData, packed, palette, percentAxis, range, rejected, ring, tooltip} from './charts.js';
import * as shown from './shown.js';

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

/** Intervals of both accuracies, as a cross through the point. */
function crosses(paint, id, colour, points) {
  return {
    type: 'custom', id, silent: true, z: 3, data: points.map(([x, y]) => [x.mean, y.mean, x.low, x.high, y.low, y.high]),
    renderItem: (_, api) => {
      const at = (a, b) => api.coord([a, b]);
      const [x1, y0] = at(api.value(2), api.value(1));
      const [x2] = at(api.value(3), api.value(1));
      const [x0, y1] = at(api.value(0), api.value(4));
      const [, y2] = at(api.value(0), api.value(5));
      const style = {stroke: colour, lineWidth: 1.2, opacity: 0.75};
      return {type: 'group', children: [
        {type: 'line', shape: {x1, y1: y0, x2, y2: y0}, style}, {type: 'line', shape: {x1: x0, y1, x2: x0, y2}, style}]};
    },
  };
}

/** Where a layer was given up between the two anchors there is one score: a tick at the edge of that anchor's axis. */
function ticks(paint, layers, x, y, low) {
  const known = (a, b) => layers.filter(({soFar}) => soFar && (soFar[x] !== null) === a && (soFar[y] !== null) === b);
  const look = {type: 'scatter', z: 2, symbol: 'rect', itemStyle: {color: paint.bad, opacity: 0.7}};
  const edge = (id, points, left, up, symbolSize) => ({...look, id, symbolSize, ...packed(points, left, up, one => one.ordinal)});
  return [
    edge('rejected-x', known(true, false), one => one.soFar[x], () => low.y, [2, 14]),
    edge('rejected-y', known(false, true), () => low.x, one => one.soFar[y], [14, 2]),
    {...edge('rejected', known(true, true), one => one.soFar[x], one => one.soFar[y], 8), symbol: 'path://M0,1L1,0L5,4L9,0L10,1L6,5L10,9L9,10L5,6L1,10L0,9L4,5Z'},
  ];
}

/** The two bands of BN-ReLU: what the best normalization in use reaches under the same training. */
function bands(paint, baseline, x, y) {
  if (!baseline) return undefined;
  return {
    silent: true, itemStyle: {color: paint.reference, opacity: 0.1},
    data: [[{xAxis: baseline.anchors[x].low}, {xAxis: baseline.anchors[x].high}], [{yAxis: baseline.anchors[y].low}, {yAxis: baseline.anchors[y].high}]],
  };
}

export function drawFront(chart, {anchors, x, y, arrivals, front, calibration, data: images, layers, births}) {
  const paint = palette();
  const tried = layers.dominated ? shown.dominated(arrivals, front) : [];
  const members = front.members.map(member => {
    const scores = shown.accuracies(member);
    return {
      value: [scores[x], scores[y]], member, scores,
      itemStyle: {color: member.solid ? paint.accent : paint.panel, borderColor: paint.accent, borderWidth: 2},
    };
  });
  const baselines = layers.references ? calibration?.references ?? [] : [];
  const of = index => index === 0 ? x : y;
  const all = index => tried.map(one => one.scores.accuracies[of(index)]).concat(members.map(point => point.value[index]), baselines.map(one => one.anchors[of(index)].high));
  const important = index => members.map(point => point.value[index]).concat(baselines.map(one => one.anchors[of(index)].low));
  const ranges = [range(all(0), important(0)), range(all(1), important(1))];
  const low = {x: ranges[0].min ?? 0, y: ranges[1].min ?? 0};
  chart.setOption({
    animation: false,
    grid: {left: 58, right: 24, top: 18, bottom: 52},
    tooltip: {...tooltip(paint), trigger: 'item', formatter: params => {
      const {data} = params;
      const arrival = shown.arrivalOf(params, arrivals);
      if (data.member) return describe(data.member.formula, anchors, data.scores, [`birth ${data.member.birth}, on the front with probability ${data.member.probability.toFixed(2)}`]);
      if (arrival?.scores) return describe(arrival.formula ?? '', anchors, arrival.scores.accuracies, [`birth ${arrival.birth}, arrival ${arrival.ordinal}`]);
      if (arrival) return rejected(arrival, anchors);
      if (data.baseline) return describe(`${data.baseline.layer}, reference`, anchors, data.baseline.anchors.map(one => one.mean), [`${data.baseline.runs} seeds`]);
      return '';
    }},
    xAxis: merged(axis(paint, `${anchors[x]} accuracy${onData(images)}`, {nameGap: 32}), {...percentAxis, ...ranges[0]}),
    yAxis: merged(axis(paint, `${anchors[y]} accuracy${onData(images)}`, {nameGap: 44}), {...percentAxis, ...ranges[1]}),
    series: [
      {type: 'scatter', id: 'dominated', ...packed(tried, one => one.scores.accuracies[x], one => one.scores.accuracies[y], one => one.ordinal), ...AT_ONCE, symbolSize: tried.length > MANY ? 3 : 6, z: 2,
        itemStyle: {color: paint.faint, opacity: faded(0.75, tried.length, 4000)},
        markArea: layers.references ? bands(paint, bnRelu(calibration), x, y) : undefined},
      ...ticks(paint, layers.rejected ? shown.rejected(arrivals, front) : [], x, y, low),
      {type: 'line', id: 'edge', data: staircase(members), step: 'end', symbol: 'none', silent: true, z: 3, lineStyle: {color: paint.accent, width: 1.2, opacity: 0.45}},
      crosses(paint, 'reference-intervals', paint.reference, baselines.map(one => [one.anchors[x], one.anchors[y]])),
      crosses(paint, 'intervals', paint.accent, layers.intervals ? front.members.map(one => [one.intervals[x], one.intervals[y]]) : []),
      {type: 'scatter', id: 'references', z: 4, symbol: 'diamond', symbolSize: 11, itemStyle: {color: paint.reference},
        label: {show: true, position: 'right', formatter: ({data}) => data.baseline.layer, color: paint.reference, fontSize: 12, fontWeight: 600, fontFamily: font(), textBorderColor: paint.panel, textBorderWidth: 3},
        labelLayout: {moveOverlap: 'shiftY'},
        data: baselines.map(one => ({value: [one.anchors[x].mean, one.anchors[y].mean], baseline: one}))},
      {type: 'scatter', id: 'front', data: members, symbolSize: 12, z: 5, cursor: 'pointer'},
      selectedIn({x, y, arrivals, front, births}, paint),
    ],
  }, {replaceMerge: ['series']});
}

const selectedIn = ({x, y, arrivals, front, births}, paint) => ring(paint, 17, shown.selected(births, arrivals, front).map(({scores}) => [scores[x], scores[y]]));

/** Only what is selected has changed. */
export const markFront = (chart, view) => chart.setOption({series: [selectedIn(view, palette())]});

/** Births of the drawn points inside a rectangle of pixels, those at its middle last: members of the front first. */
export function frontWithin(chart, [left, top, right, bottom], {x, y, arrivals, front, layers}) {
  const distances = new Map();
  const inside = (scores, birth) => {
    const [a, b] = chart.convertToPixel('grid', [scores[x], scores[y]]);
    distances.set(birth, Math.hypot(a - (left + right) / 2, b - (top + bottom) / 2));
    return a >= left && a <= right && b >= top && b <= bottom;
  };
  const tried = layers.dominated ? shown.dominated(arrivals, front).filter(one => inside(one.scores.accuracies, one.birth)) : [];
  tried.sort((a, b) => distances.get(b.birth) - distances.get(a.birth));
  return [...front.members.filter(member => inside(shown.accuracies(member), member.birth)), ...tried].map(one => one.birth);
}
