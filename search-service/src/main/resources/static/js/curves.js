// Training losses of one layer, a line for each anchor.
import {axis, open, palette, tooltip} from './charts.js';
import {byId, el, fill} from './dom.js';
import {words} from './format.js';

const DASHES = ['solid', 'dashed', 'dotted', [10, 3, 2, 3]];

/** A rejected layer keeps the curves of the anchors that it came to. */
const curvesOf = ({detail}) => (detail?.scores ?? detail?.soFar ?? []).filter(score => score.curve?.length > 0);

export function openCurves(evaluations) {
  const trained = evaluations.filter(one => curvesOf(one).length > 0);
  if (trained.length === 0) return;
  byId('curves-panel').hidden = false;
  const select = byId('training');
  fill(select, ...trained.map((one, index) => el('option', {value: index}, `${words(one.purpose)}${one.round ? `, round ${one.round}` : ''}, seed ${one.seed}`)));
  const chart = open(byId('curves'));
  const show = () => draw(chart, trained[+select.value]);
  select.addEventListener('change', show);
  document.addEventListener('theme-changed', show);
  show();
}

function draw(chart, evaluation) {
  const paint = palette();
  const curves = curvesOf(evaluation);
  chart.setOption({
    animation: false,
    grid: {left: 52, right: 24, top: 40, bottom: 46},
    legend: {top: 0, left: 40, itemWidth: 34, textStyle: {color: paint.soft, fontSize: 12}},
    tooltip: {...tooltip(paint), trigger: 'axis', formatter: lines => [`step ${lines[0].value[0]}`, ...lines.map(line => `${line.seriesName}   ${line.value[1].toFixed(3)}`)].join('\n')},
    xAxis: axis(paint, 'step', {nameGap: 28}),
    yAxis: axis(paint, '', {scale: true}),
    series: curves.map((score, index) => ({
      type: 'line', name: score.anchor, symbol: 'none', data: score.curve.filter(point => point.loss !== null).map(point => [point.step, point.loss]),
      lineStyle: {color: paint.accent, width: 2, type: DASHES[index % DASHES.length]},
      itemStyle: {color: paint.accent},
    })),
  }, {replaceMerge: ['series']});
  const inWords = curves.map(score => [score.anchor, score.curve.filter(point => point.loss !== null)]).filter(([, points]) => points.length > 0)
    .map(([anchor, points]) => `${anchor} from ${points[0].loss.toFixed(2)} to ${points.at(-1).loss.toFixed(2)} at step ${points.at(-1).step}`);
  byId('curves').setAttribute('aria-label', `Training loss by step: ${inWords.join('; ')}`);
  byId('curves-note').textContent = `${evaluation.outcome === null ? 'Not settled yet' : words(evaluation.outcome)}${evaluation.reason ? `: ${words(evaluation.reason)}` : ''}. The dashes tell the anchors apart.`;
}
