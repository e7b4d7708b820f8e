// What all charts have in common. Tooltips are drawn on the canvas, since the page's content security policy forbids markup
// with styles in it.
import {colour} from './dom.js';
import {percent, words, wrapped} from './format.js';

const LABEL_WIDTH = 56;

export function palette() {
  return Object.fromEntries(['ink', 'soft', 'faint', 'line', 'panel', 'accent', 'accent-soft', 'reference', 'reference-soft', 'bad']
    .map(token => [token, colour(token)]));
}

export const font = () => getComputedStyle(document.body).fontFamily;

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

export const percentAxis = {scale: true, axisLabel: {formatter: value => `${+(100 * value).toFixed(1)} %`}};

export function merged(base, more) {
  return {...base, ...more, axisLabel: {...base.axisLabel, ...more.axisLabel}};
}

/** A range that shows what matters: everything from a little below the lowest reference or front member upwards. */
export function range(values, important) {
  if (values.length === 0) return {};
  const low = Math.min(...(important.length ? important : values));
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const spread = Math.max(0.02, high - low);
  const interval = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find(step => spread / step <= 6) ?? 0.2;
  const round = (value, how) => +(how(value / interval) * interval).toFixed(3);
  return {interval, min: Math.max(0, round(low - spread * 0.06, Math.floor)), max: Math.min(1, round(high + spread * 0.06, Math.ceil))};
}

export function describe(layer, anchors, accuracies, further) {
  const scores = anchors.map((anchor, i) => `${anchor} ${percent(accuracies[i])}`).join('   ');
  return [wrapped(layer, LABEL_WIDTH), scores, ...further].join('\n');
}

/** A chart that is copied out of the page still says that its images were made up. */
export const onData = data => data === 'synthetic' ? ' on synthetic images' : '';

export const bnRelu = calibration => calibration?.references.find(one => one.layer === 'bn-relu');

/** What a rejected layer's tooltip says: how far it came is all that is known. */
export function rejected(arrival, anchors) {
  const far = (arrival.soFar ?? []).map((share, i) => share === null ? null : `${anchors[i]} ${percent(share)}`).filter(Boolean);
  return [wrapped(arrival.formula ?? '', LABEL_WIDTH), `rejected: ${words(arrival.reason ?? '')}${far.length ? `, after ${far.join(', ')}` : ', before any anchor was scored'}`,
    `birth ${arrival.birth}, arrival ${arrival.ordinal}`].join('\n');
}

/** Never drawn bit by bit: many points would come to lie on a layer of their own, above the tooltip. */
export const AT_ONCE = {progressive: 0, progressiveThreshold: Infinity};

/** From so many points on they are drawn smaller, and from so many as one shape. */
export const MANY = 2000;
export const LARGE = 5000;

/** An opacity that falls once there are more than so many marks: density stays visible where they lie upon each other. */
export const faded = (opacity, marks, many) => Math.max(0.05, Math.min(opacity, opacity * many / marks));

/** Points as bare numbers, the last one the arrival's ordinal: charts copy what they are given, and need not copy layers. */
export function packed(list, ...numbers) {
  const data = new Float64Array(numbers.length * list.length);
  list.forEach((one, i) => numbers.forEach((number, j) => { data[i * numbers.length + j] = number(one); }));
  return {dimensions: ['x', 'y', 'ordinal'], data};
}

/** More rings than this hide each other. */
const MOST_RINGS = 40;

/** A ring around what is selected; dots where that is much. */
export function ring(paint, size, data) {
  const many = data.length > MOST_RINGS;
  return {type: 'scatter', id: 'selected', silent: true, z: 8, symbol: 'circle', symbolSize: data.length > 200 ? 3 : many ? 6 : size, data,
    itemStyle: many ? {color: paint.ink, opacity: 0.7, borderWidth: 0} : {color: 'transparent', opacity: 1, borderColor: paint.ink, borderWidth: 2.2}};
}
