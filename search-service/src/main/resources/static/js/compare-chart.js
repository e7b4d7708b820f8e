// The curves of several searches: thin lines are searches, a thick one with a band is the mean of a group.
import {axis, palette, tooltip} from './charts.js';
import {colour} from './dom.js';
import {compact, count, percent} from './format.js';

const COLOURS = 6;
const DASHES = ['solid', [8, 4], [2, 3], [12, 4, 2, 4], [5, 2], [14, 5]];
const STYLES = ['solid', 'dashed', 'dotted', 'double', 'dashed', 'dotted'];
export const X_NAMES = {trained: 'trained candidates', arrivals: 'arrivals', steps: 'training steps of evolution'};
export const Y_NAMES = {accuracy: 'Best mean accuracy so far', hypervolume: 'Hypervolume of the Pareto front'};

/** How a group looks, in the chart and beside its name. */
export const look = index => ({colour: colour(`group-${index % COLOURS + 1}`), dash: DASHES[index % DASHES.length], style: STYLES[index % STYLES.length]});

export const written = (value, y) => y === 'accuracy' ? percent(value) : value.toFixed(4);

/** What a curve says at x; null before it begins and after it ends. */
export function at(curve, x) {
  if (x > curve.end) return null;
  let value = null;
  for (const point of curve.points) {
    if (point.x > x) break;
    value = point.value;
  }
  return value;
}

const drawn = view => view.searches.filter(search => search.comparable && search.curve.points.length > 0);
const label = text => text.length > 24 ? `${text.slice(0, 23)}…` : text;

/** The value holds to the end of the search. */
const line = ({points, end}) => [...points.map(point => [point.x, point.value]), [Math.max(end, points.at(-1).x), points.at(-1).value]];

/** Steps of a band as one outline: what a mean may be between two changes is what it was at the first. */
function band(points, paint) {
  return {
    type: 'custom', silent: true, clip: true, z: 1, data: [[0, 0]],
    renderItem: (_, api) => {
      const edge = key => points.flatMap((point, i) => i === 0 ? [[point.x, point[key]]] : [[point.x, points[i - 1][key]], [point.x, point[key]]]);
      const outline = [...edge('high'), ...edge('low').reverse()].map(place => api.coord(place));
      return {type: 'polygon', shape: {points: outline}, style: {fill: paint, opacity: 0.16}};
    },
  };
}

/**
 * From a little below what the searches had reached early on: their first candidates are far below all others, and would
 * press what matters together. The baseline belongs to it unless it is as far away as the whole range is wide.
 */
function range(view, baseline) {
  const low = Math.min(...drawn(view).map(search => search.curve.points[Math.floor(search.curve.points.length / 3)].value));
  const high = Math.max(...drawn(view).map(search => search.curve.points.at(-1).value));
  const wide = Math.max(high - low, high * 0.05, 1e-6);
  const near = baseline !== null && baseline > low - wide && baseline < high + wide ? [baseline] : [];
  const [least, most] = [Math.min(low, ...near), Math.max(high, ...near)];
  const spread = Math.max(most - least, wide);
  const interval = [1, 2, 5].flatMap(n => [-4, -3, -2, -1].map(power => n * 10 ** power)).sort((a, b) => a - b).find(step => spread / step <= 6) ?? 0.2;
  return {interval, min: Math.max(0, Math.floor((least - spread * 0.1) / interval) * interval), max: Math.min(1, Math.ceil((most + spread * 0.06) / interval) * interval)};
}

/** BN-ReLU under the same training, where every search that is drawn has measured it. */
export function baseline(view) {
  const measured = drawn(view).map(search => search.bnRelu?.mean);
  return view.y === 'accuracy' && measured.length && measured.every(mean => mean !== undefined) ? measured.reduce((a, b) => a + b, 0) / measured.length : null;
}

export function draw(chart, view, narrow) {
  const paint = palette();
  const font = getComputedStyle(document.body).fontFamily;
  const bn = baseline(view);
  const end = Math.max(...drawn(view).map(search => search.curve.end), 1);
  const visible = range(view, bn);
  const bnSeen = bn !== null && bn >= visible.min && bn <= visible.max;
  const text = (shown, paintOf) => ({show: !narrow, formatter: label(shown), color: paintOf, fontSize: 12, fontWeight: 600, fontFamily: font, textBorderColor: paint.panel, textBorderWidth: 3});
  const alone = group => view.groups[group].mean === null || view.groups[group].mean.points.length === 0;
  const singles = drawn(view).map(search => {
    const {colour: ink, dash} = look(search.group);
    const thick = alone(search.group);
    return {type: 'line', step: 'end', name: search.search.name, symbol: 'none', z: thick ? 4 : 2, data: line(search.curve), triggerLineEvent: true,
      lineStyle: {color: ink, width: thick ? 2.2 : 1, opacity: thick ? 1 : 0.45, type: thick ? dash : 'solid'}, itemStyle: {color: ink},
      labelLayout: {moveOverlap: 'shiftY'}, endLabel: thick ? text(search.search.name, ink) : {show: false}};
  });
  const groups = view.groups.flatMap((group, index) => {
    if (alone(index)) return [];
    const {colour: ink, dash} = look(index);
    return [band(group.mean.points, ink),
      {type: 'line', step: 'end', name: group.name, symbol: 'none', z: 5, data: group.mean.points.map(point => [point.x, point.mean]), triggerLineEvent: true,
        lineStyle: {color: ink, width: 3, type: dash}, itemStyle: {color: ink}, labelLayout: {moveOverlap: 'shiftY'}, endLabel: text(group.name, ink)}];
  });
  chart.setOption({
    animation: false,
    grid: {left: 62, right: narrow ? 16 : 150, top: 16, bottom: 48},
    tooltip: {...tooltip(paint), trigger: 'axis', axisPointer: {lineStyle: {color: paint.faint}}, formatter: shown => shown.length ? said(view, shown[0].axisValue) : ''},
    xAxis: axis(paint, `${X_NAMES[view.x]}${drawn(view).some(search => search.search.data === 'synthetic') ? ', synthetic images' : ''}`, {nameGap: 30, min: 0, max: end, axisLabel: {color: paint.soft, fontSize: 12, fontFamily: font, hideOverlap: true, formatter: value => compact(value)}}),
    yAxis: axis(paint, '', {...visible, axisLabel: {color: paint.soft, fontSize: 12, fontFamily: font, formatter: value => view.y === 'accuracy' ? `${+(100 * value).toFixed(1)} %` : String(+value.toFixed(4))}}),
    series: [
      ...(!bnSeen ? [] : [{type: 'line', name: 'bn-relu', silent: true, symbol: 'none', z: 1, data: [[0, bn], [end, bn]], lineStyle: {color: paint.soft, width: 1, type: [5, 4]},
        labelLayout: {moveOverlap: 'shiftY'}, endLabel: {...text('bn-relu', paint.soft), fontWeight: 400}}]),
      ...groups.filter(one => one.type === 'custom'), ...singles, ...groups.filter(one => one.type !== 'custom')],
  }, {replaceMerge: ['series']});
}

/** What all of them had reached at x. */
function said(view, x) {
  const here = Math.round(x);
  const groups = view.groups.filter(group => group.mean).map(group => [group, meanAt(group, here)]).filter(([, point]) => point)
    .map(([group, point]) => `${group.name}   ${written(point.mean, view.y)} [${written(point.low, view.y)}, ${written(point.high, view.y)}]`);
  const searches = drawn(view).map(search => [search, at(search.curve, here)]).filter(([, value]) => value !== null).sort((a, b) => b[1] - a[1]).slice(0, 12)
    .map(([search, value]) => `${search.search.name}   ${written(value, view.y)}`);
  return [`${count(here)} ${X_NAMES[view.x]}`, ...groups, ...searches].join('\n');
}

/** A group's mean and band at x; null where not all of its searches have begun, or one has ended. */
export function meanAt(group, x) {
  const points = group.mean?.points ?? [];
  if (points.length === 0 || x > points.at(-1).x) return null;
  return points.findLast(point => point.x <= x) ?? null;
}
