// The front on all anchors at once: a line for each layer, an axis with a scale of its own for each anchor.
import {AT_ONCE, describe, faded, font, palette, range, tooltip} from './charts.js';
import {count} from './format.js';
import * as shown from './shown.js';

/** More lines than this are a surface: the best by mean are drawn. */
const MOST_LINES = 1000;
const NAME_HEIGHT = 14;
const EDGES = {left: 64, right: 64, top: 44, bottom: 30};

/** What of the dominated is drawn. */
function lines({arrivals, front, layers}) {
  if (!layers.dominated) return [];
  const all = shown.dominated(arrivals, front);
  return all.length <= MOST_LINES ? all : all.toSorted((a, b) => b.scores.mean - a.scores.mean).slice(0, MOST_LINES);
}

/** What is not drawn, in words; empty where all is. */
export function leftOut({arrivals, front, layers}) {
  const all = layers.dominated ? shown.dominated(arrivals, front).length : 0;
  return all > MOST_LINES ? `The ${count(MOST_LINES)} best of ${count(all)} dominated layers are drawn.` : '';
}

function ranges({anchors, front, calibration, layers}, tried) {
  const references = layers.references ? calibration?.references ?? [] : [];
  return anchors.map((_, i) => {
    const important = front.members.map(member => shown.accuracies(member)[i]).concat(references.map(one => one.anchors[i].low));
    const values = tried.map(one => one.scores.accuracies[i]).concat(important, references.map(one => one.anchors[i].high));
    const {min, max} = range(values, important.length ? important : values);
    return {min: min ?? 0, max: max ?? 1};
  });
}

const column = (width, anchors, i) => anchors.length === 1 ? width / 2 : EDGES.left + i * (width - EDGES.left - EDGES.right) / (anchors.length - 1);
const row = (height, {min, max}, value) => height - EDGES.bottom - (value - min) / (max - min) * (height - EDGES.top - EDGES.bottom);

/** Lines and whiskers in pixels, over the coordinates of the axes: what the parallel series cannot draw. */
function overlay(id, chart, {anchors}, scales, layers, look) {
  return {
    type: 'custom', id, coordinateSystem: 'none', silent: true, z: look.z, data: layers.map((_, i) => [i]),
    renderItem: (_, api) => {
      const {scores, intervals} = layers[api.value(0)];
      const at = i => [column(chart.getWidth(), anchors, i), row(chart.getHeight(), scales[i], scores[i])];
      const known = anchors.map((_, i) => i).filter(i => scores[i] !== null && scores[i] >= scales[i].min && scores[i] <= scales[i].max);
      const whole = known.length === anchors.length;
      return {type: 'group', children: [
        ...(known.length > 1 ? [{type: 'polyline', shape: {points: (whole ? anchors.map((_, i) => i) : known).map(at)}, style: {fill: 'none', stroke: look.colour, lineWidth: look.width, opacity: look.opacity}}] : []),
        ...known.map(i => ({type: 'circle', shape: {cx: at(i)[0], cy: at(i)[1], r: look.dot}, style: {fill: look.fill ?? look.colour, stroke: look.colour, lineWidth: 2, opacity: look.opacity}})),
        ...(intervals ?? []).flatMap((interval, i) => {
          const x = at(i)[0];
          return [{type: 'line', shape: {x1: x, x2: x, y1: row(chart.getHeight(), scales[i], Math.max(scales[i].min, interval.low)), y2: row(chart.getHeight(), scales[i], Math.min(scales[i].max, interval.high))},
            style: {stroke: look.colour, lineWidth: 5, opacity: 0.3}}];
        }),
      ]};
    },
  };
}

const partly = (view, layers) => layers.rejected ? shown.rejected(view.arrivals, view.front).filter(one => one.soFar).map(one => ({scores: one.soFar})) : [];

/** References are named at the last axis, apart from each other. */
function names(chart, anchors, scales, references, paint) {
  const last = anchors.length - 1;
  const places = () => {
    let above = -Infinity;
    return references.map((one, i) => [i, row(chart.getHeight(), scales[last], one.anchors[last].mean) - 9]).sort((a, b) => a[1] - b[1])
      .map(([i, y]) => [i, above = Math.max(y, above + NAME_HEIGHT)]);
  };
  return {
    type: 'custom', id: 'names', coordinateSystem: 'none', silent: true, z: 9, data: references.map((_, i) => [i]),
    renderItem: (_, api) => ({type: 'text', x: column(chart.getWidth(), anchors, last) - 8, y: places().find(([i]) => i === api.value(0))[1],
      style: {text: references[api.value(0)].layer, fill: paint.reference, font: `600 12px ${font()}`, stroke: paint.panel, lineWidth: 3, align: 'right', verticalAlign: 'middle'}}),
  };
}

function marked(chart, view, scales, paint) {
  const look = many => ({colour: paint.ink, width: many > 40 ? 1 : 2.6, dot: many > 40 ? 1.5 : 4, opacity: faded(1, many, 40), z: 8});
  return overlay('selected', chart, view, scales, shown.selected(view.births, view.arrivals, view.front), look(view.births.size));
}

export function drawParallel(chart, view) {
  const {anchors, front, calibration, data: images, layers} = view;
  const paint = palette();
  const tried = lines(view);
  const scales = ranges(view, tried);
  const references = layers.references ? calibration?.references ?? [] : [];
  const line = {type: 'parallel', smooth: false, inactiveOpacity: 0.05, activeOpacity: 1};
  chart.setOption({
    animation: false,
    parallel: {...EDGES, parallelAxisDefault: {
      z: 7, areaSelectStyle: {width: 0}, nameGap: 14, nameTextStyle: {color: paint.ink, fontSize: 12.5, fontWeight: 600, fontFamily: font()},
      axisLine: {lineStyle: {color: paint.soft}}, axisTick: {show: false}, axisLabel: {color: paint.soft, fontSize: 12, fontFamily: font(), hideOverlap: true, textBorderColor: paint.panel, textBorderWidth: 3, formatter: value => `${+(100 * value).toFixed(1)} %`}}},
    parallelAxis: anchors.map((anchor, dim) => ({dim, name: anchor, realtime: false, ...scales[dim]})),
    graphic: images === 'synthetic' ? [{type: 'text', right: 8, bottom: 4, silent: true, style: {text: 'synthetic images', fill: paint.soft, font: `12px ${font()}`}}] : [],
    tooltip: {...tooltip(paint), trigger: 'item', formatter: params => {
      const {data} = params;
      const arrival = shown.arrivalOf(params, view.arrivals);
      if (data?.member) return describe(data.member.formula, anchors, data.value, [`birth ${data.member.birth}, on the front with probability ${data.member.probability.toFixed(2)}`]);
      if (arrival) return describe(arrival.formula ?? '', anchors, arrival.scores.accuracies, [`birth ${arrival.birth}, arrival ${arrival.ordinal}`]);
      return data?.baseline ? describe(`${data.baseline.layer}, reference`, anchors, data.value, [`${data.baseline.runs} seeds`]) : '';
    }},
    series: [
      {...line, id: 'dominated', z: 2, ...AT_ONCE, lineStyle: {color: paint.faint, width: 1, opacity: faded(0.5, tried.length, 250)}, data: tried.map(one => [...one.scores.accuracies, one.ordinal])},
      overlay('rejected', chart, view, scales, partly(view, layers), {colour: paint.bad, width: 1, dot: 2.5, z: 3}),
      {...line, id: 'references', z: 4, lineStyle: {color: paint.reference, width: 1.6, type: [5, 4], opacity: 1}, data: references.map(one => ({value: one.anchors.map(({mean}) => mean), baseline: one}))},
      {...line, id: 'front', z: 5, lineStyle: {color: paint.accent, width: 2.2, opacity: 0.9}, data: front.members.map(member => ({value: shown.accuracies(member), member, lineStyle: {type: member.solid ? 'solid' : [2, 3]}}))},
      overlay('intervals', chart, view, scales, layers.intervals ? front.members.map(member => ({scores: shown.accuracies(member), intervals: member.intervals})) : [], {colour: paint.accent, width: 0, dot: 2, z: 6}),
      names(chart, anchors, scales, references, paint),
      marked(chart, view, scales, paint),
    ],
  }, {replaceMerge: ['series', 'parallelAxis']});
}

/** Only what is selected has changed. */
export const markParallel = (chart, view) => chart.setOption({series: [marked(chart, view, ranges(view, lines(view)), palette())]});

/** Births of the drawn lines that pass the axis next to the rectangle's middle within its height. */
export function parallelWithin(chart, [left, top, right, bottom], view) {
  const middle = (left + right) / 2;
  const distance = i => Math.abs(column(chart.getWidth(), view.anchors, i) - middle);
  const nearest = view.anchors.map((_, i) => i).reduce((a, b) => distance(b) < distance(a) ? b : a);
  const tried = lines(view);
  const scale = ranges(view, tried)[nearest];
  const inside = scores => {
    const y = row(chart.getHeight(), scale, scores[nearest]);
    return y >= top && y <= bottom;
  };
  return [...view.front.members.filter(member => inside(shown.accuracies(member))), ...tried.filter(one => inside(one.scores.accuracies))].map(one => one.birth);
}
