// The tournament that a layer's parent won: the window that the proposal could see, who was drawn, and why one of them won.
import {axis, open, palette, tooltip} from './charts.js';
import {byId, el, fill, unseen} from './dom.js';
import {count, percent, wrapped} from './format.js';
import {pageOf} from './layer-parts.js';

const plural = (number, word) => `${count(number)} ${word}${number === 1 ? '' : 's'}`;

export async function tournament(source, birth, search, anchors) {
  const held = await source.tournament(birth);
  byId('tournament-panel').hidden = false;
  byId('tournament-note').textContent = sentence(held);
  if (held.kind !== 'TOURNAMENT') return;
  table(held, search, anchors);
  for (const id of ['window', 'window-key']) byId(id).hidden = false;
  const chart = open(byId('window'));
  const show = () => draw(chart, held);
  document.addEventListener('theme-changed', show);
  chart.on('click', ({data}) => { location.href = pageOf(search, data.one.birth); });
  byId('window').setAttribute('aria-label', `Mean accuracy of the ${plural(held.window.length, 'layer')} in the window by arrival; the table below lists the drawn.`);
  show();
}

function sentence({kind, seen, rules, window, drawn, note}) {
  if (kind === 'UNKNOWN') return note;
  const saw = `Its proposal could see ${plural(seen, 'arrival')}`;
  if (kind === 'FOUNDING') return `${saw}, ${count(window.length)} of them scored. Until ${count(rules.initialRandom)} layers are scored every proposal is a fresh random graph, as this one.`;
  if (kind === 'CHANCE') return `${saw}. Whatever was seen, ${percent(rules.freshProbability)} of all proposals are fresh random graphs; this is one. There was no tournament.`;
  const best = drawn.filter(one => one.best);
  const winner = drawn.find(one => one.winner);
  const held = `${saw}. Of the ${plural(window.length, 'youngest scored one')}, ${count(drawn.length)} were drawn`;
  if (rules.criterion === 'MEAN') return `${held}, and birth ${winner.birth} has the highest mean accuracy of these${best.length === 1 ? '' : ', with another, and was drawn first'}.`;
  const beats = 'as good on every anchor and better on one';
  if (best.length === 1) return `${held}. Birth ${winner.birth} became the parent: it alone is beaten by none (no other is ${beats}).`;
  const scores = new Set(best.map(one => one.accuracies.join())).size;
  const lot = scores === best.length ? 'By lot' : `By lot, first between ${plural(scores, 'score')} and then among those that have it,`;
  return `${held}. ${count(best.length)} of these are beaten by none (no other is ${beats}). ${lot} birth ${winner.birth} became the parent.`;
}

function table({drawn, rules}, search, anchors) {
  const part = one => one.winner ? 'parent' : one.best ? rules.criterion === 'MEAN' ? 'as good' : 'not beaten' : '';
  fill(byId('drawn'), el('thead', {}, el('tr', {}, el('th', {}, 'birth'), el('th', {}, 'layer'), ...[...anchors, 'mean'].map(name => el('th', {class: 'number'}, name)), el('th', {}, unseen('part in the tournament')))),
    el('tbody', {}, ...drawn.map(one => el('tr', {class: one.winner ? 'won' : null},
      el('td', {}, el('a', {href: pageOf(search, one.birth)}, one.birth)), el('td', {class: 'formula'}, one.formula ?? ''),
      ...[...one.accuracies, one.mean].map(share => el('td', {class: 'number'}, (100 * share).toFixed(1))),
      el('td', {class: 'part'}, one.winner ? el('b', {}, part(one)) : part(one))))));
}

function draw(chart, {window, drawn}) {
  const paint = palette();
  const taken = new Set(drawn.map(one => one.birth));
  const at = one => ({value: [one.ordinal, one.mean], one});
  const dot = (one, more) => ({...at(one), itemStyle: {color: one.best ? paint.accent : paint.panel, borderColor: paint.accent, borderWidth: 2}, ...more});
  chart.setOption({
    animation: false,
    grid: {left: 54, right: 28, top: 26, bottom: 46},
    tooltip: {...tooltip(paint), trigger: 'item', formatter: ({data}) => [data.one.formula ? wrapped(data.one.formula, 56) : null, `birth ${data.one.birth}, arrival ${data.one.ordinal}`, `mean ${percent(data.one.mean)}`].filter(Boolean).join('\n')},
    xAxis: axis(paint, 'arrival, oldest of the window first', {nameGap: 28, scale: true, minInterval: 1}),
    yAxis: {...axis(paint, '', {scale: true}), axisLabel: {color: paint.soft, fontSize: 12, formatter: value => `${+(100 * value).toFixed(1)} %`}},
    series: [
      {type: 'scatter', name: 'window', data: window.filter(one => !taken.has(one.birth)).map(at), symbolSize: 6, z: 2, itemStyle: {color: paint.faint}},
      {type: 'scatter', name: 'drawn', data: drawn.filter(one => !one.winner).map(one => dot(one)), symbolSize: 11, z: 3},
      {type: 'scatter', name: 'winner', data: drawn.filter(one => one.winner).map(one => dot(one)), symbol: 'diamond', symbolSize: 16, z: 4,
        label: {show: true, position: 'top', formatter: ({data}) => `birth ${data.one.birth}`, color: paint.ink, fontSize: 12, fontWeight: 600, textBorderColor: paint.panel, textBorderWidth: 3}},
    ],
  }, {replaceMerge: ['series']});
}
