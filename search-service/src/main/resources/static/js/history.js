// What a search has reached, by arrival: its best mean accuracy, or the volume that its front dominates.
import {AT_ONCE, axis, bnRelu, faded, font, LARGE, MANY, merged, packed, palette, percentAxis, range, rejected, ring, tooltip} from './charts.js';
import {percent, wrapped} from './format.js';
import {arrivalOf} from './shown.js';

const LINE = 56;
/** Half the height of a tick. */
const FOOT = 4;
const GRID = {left: 58, right: 92, top: 18, bottom: 46};

/** The arrival that the slider stands at, where it is not at the end. */
const moment = (paint, at) => at === null ? undefined : {silent: true, symbol: 'none', label: {show: false}, lineStyle: {color: paint.ink, width: 1, type: 'solid', opacity: 0.5}, data: [{xAxis: at}]};

const arrivalAxis = (paint, images, end) => axis(paint, `arrivals${images === 'synthetic' ? ', synthetic images' : ''}`, {nameGap: 28, min: 0, max: end});

/** A dashed line for each reference, named at its end. */
function reference(paint, layer, value, end) {
  return {type: 'line', id: `reference ${layer}`, silent: true, symbol: 'none', z: 1, data: [[0, value], [end, value]],
    lineStyle: {color: paint.reference, type: [5, 4], width: 1, opacity: 0.8}, labelLayout: {moveOverlap: 'shiftY'},
    endLabel: {show: true, formatter: layer, color: paint.reference, fontSize: 12, fontFamily: font()}};
}

/** What has no mean stands at the foot of the chart. */
const atFoot = (chart, min, max) => min + (max - min) * (FOOT + 1) / (chart.getHeight() - GRID.top - GRID.bottom);

export function drawHistory(chart, {arrivals, calibration, data: images, layers, births, at, anchors}) {
  const paint = palette();
  const scored = arrivals.filter(one => one.scores);
  const best = [];
  for (const one of scored) {
    if (best.length === 0 || one.scores.mean > best[best.length - 1].value[1]) best.push({value: [one.ordinal, one.scores.mean], arrival: one});
  }
  const last = arrivals.length ? arrivals[arrivals.length - 1].ordinal : 1;
  const end = Math.max(10, last);
  const line = best.length ? [...best, {value: [last, best[best.length - 1].value[1]], symbol: 'none'}] : [];
  const baselines = layers.references ? calibration?.references ?? [] : [];
  const bn = layers.references ? bnRelu(calibration) : undefined;
  const values = scored.map(one => one.scores.mean).concat(baselines.map(one => one.accuracy.high));
  const bounds = range(values, values);
  const given = layers.rejected ? arrivals.filter(one => one.outcome === 'REJECTED' && !one.scores) : [];
  const foot = atFoot(chart, bounds.min ?? 0, bounds.max ?? 1);
  chart.setOption({
    animation: false, grid: GRID,
    tooltip: {...tooltip(paint), trigger: 'item', formatter: params => {
      const arrival = arrivalOf(params, arrivals);
      if (!arrival) return '';
      return arrival.scores ? `${wrapped(arrival.formula ?? '', LINE)}\nmean ${percent(arrival.scores.mean)}, arrival ${arrival.ordinal}, birth ${arrival.birth}` : rejected(arrival, anchors);
    }},
    xAxis: arrivalAxis(paint, images, end),
    yAxis: merged(axis(paint, '', {}), {...percentAxis, ...bounds}),
    series: [
      {type: 'scatter', id: 'scored', ...AT_ONCE, symbolSize: scored.length > MANY ? 3 : 5, z: 2, large: scored.length > LARGE, itemStyle: {color: paint.faint, opacity: faded(0.8, scored.length, 6000)},
        ...packed(layers.dominated ? scored : [], one => one.ordinal, one => one.scores.mean, one => one.ordinal),
        markLine: moment(paint, at),
        markArea: bn && {silent: true, itemStyle: {color: paint.reference, opacity: 0.14}, data: [[{yAxis: bn.accuracy.low}, {yAxis: bn.accuracy.high}]]}},
      // They have no mean: a tick for each at the foot of the chart says when they came.
      {type: 'scatter', id: 'rejected', z: 2, symbol: 'rect', ...AT_ONCE, symbolSize: [1.5, 2 * FOOT], large: given.length > LARGE, itemStyle: {color: paint.bad, opacity: faded(0.7, given.length, 400)},
        ...packed(given, one => one.ordinal, () => foot, one => one.ordinal)},
      ...baselines.map(one => reference(paint, one.layer, one.accuracy.mean, end)),
      {type: 'line', id: 'best', step: 'end', data: line, symbolSize: 7, z: 4, lineStyle: {color: paint.accent, width: 2.4}, itemStyle: {color: paint.accent}},
      selectedIn({arrivals, births}, paint, foot),
    ],
  }, {replaceMerge: ['series']});
}

function selectedIn({arrivals, births}, paint, low) {
  const found = births.size === 0 ? [] : arrivals.filter(one => births.has(one.birth));
  return ring(paint, 13, found.map(one => [one.ordinal, one.scores ? one.scores.mean : low]));
}

/** Only what is selected has changed. */
export function markHistory(chart, view) {
  const {min, max} = chart.getOption().yAxis[0];
  chart.setOption({series: [selectedIn(view, palette(), atFoot(chart, min ?? 0, max ?? 1))]});
}

/** Births of the drawn layers inside a rectangle of pixels. */
export function historyWithin(chart, [left, top, right, bottom], {arrivals, layers}) {
  const [from, high] = chart.convertFromPixel('grid', [left, top]);
  const [to, low] = chart.convertFromPixel('grid', [right, bottom]);
  const {min, max} = chart.getOption().yAxis[0];
  const foot = atFoot(chart, min ?? 0, max ?? 1);
  const inside = (shown, value) => shown && value >= low && value <= high;
  return arrivals.filter(one => one.ordinal >= from && one.ordinal <= to && (one.scores ? inside(layers.dominated, one.scores.mean) : inside(layers.rejected && one.outcome === 'REJECTED', foot))).map(one => one.birth);
}

/** What one layer alone dominates above the origin. */
const alone = one => one.anchors.reduce((volume, {mean}) => volume * mean, 1);

export function drawHypervolume(chart, volume, {calibration, data: images, layers, at}) {
  const paint = palette();
  const end = Math.max(10, volume.arrivals);
  const last = volume.points.at(-1);
  const bn = layers.references ? bnRelu(calibration) : undefined;
  const values = volume.points.map(one => one.hypervolume).concat(bn ? [alone(bn)] : []);
  const places = Math.max(...values, 0) < 0.1 ? 3 : 2;
  chart.setOption({
    animation: false, grid: GRID,
    tooltip: {...tooltip(paint), trigger: 'item', formatter: ({data}) => data?.point
      ? `hypervolume ${data.point.hypervolume.toFixed(4)}\n${data.point.members} on the front after arrival ${data.point.ordinal}` : ''},
    xAxis: arrivalAxis(paint, images, end),
    yAxis: merged(axis(paint, '', {}), {scale: true, axisLabel: {formatter: value => value.toFixed(places)}}),
    series: [
      {type: 'line', id: 'hypervolume', step: 'end', z: 4, symbolSize: 5, lineStyle: {color: paint.accent, width: 2.4}, itemStyle: {color: paint.accent}, markLine: moment(paint, at),
        data: [...volume.points.map(point => ({value: [point.ordinal, point.hypervolume], point})), ...(last ? [{value: [volume.arrivals, last.hypervolume], symbol: 'none'}] : [])]},
      ...(bn ? [reference(paint, 'bn-relu alone', alone(bn), end)] : []),
    ],
  }, {replaceMerge: ['series']});
}

export function hypervolumeInWords({anchors, reference: point, arrivals, points}) {
  const last = points.at(-1);
  const origin = point.every(value => value === 0) ? '0 % on every anchor' : anchors.map((anchor, i) => `${percent(point[i])} on ${anchor}`).join(', ');
  return `Hypervolume: the share of all accuracies on ${anchors.join(' × ')} that the front dominates, above the reference point of ${origin}.`
    + (last ? ` Now ${last.hypervolume.toFixed(4)}, by ${last.members} ${last.members === 1 ? 'layer' : 'layers'}, unchanged since arrival ${last.ordinal} of ${arrivals}.` : ' No layer has been scored yet.');
}
