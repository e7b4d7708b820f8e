// What the charts show, in words and as a table: for whoever cannot see a canvas or point at it.
import {byId, el, fill, unseen} from './dom.js';
import {count, percent} from './format.js';
import {rowButton} from './parts.js';

/** More rows say nothing more; the CSV file has them all. */
const MOST_ROWS = 200;

export function frontInWords(anchors, x, y, arrivals, front) {
  const scored = arrivals.filter(one => one.scores && one.ordinal <= front.ordinal).length;
  return `Accuracy of ${count(scored)} scored layers on ${anchors[x]} and ${anchors[y]} after arrival ${count(front.ordinal)}. `
    + `${count(front.members.length)} on the front: the table “On the front” lists them, “The points as a table” the others.`;
}

export function parallelInWords(anchors, arrivals, front) {
  const scored = arrivals.filter(one => one.scores && one.ordinal <= front.ordinal).length;
  return `Accuracy of ${count(scored)} scored layers on ${anchors.join(', ')}, a line each, after arrival ${count(front.ordinal)}. `
    + `${count(front.members.length)} on the front: the table “On the front” lists them, “The points as a table” the others.`;
}

export const plural = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;

export function historyInWords(arrivals, calibration) {
  const best = arrivals.reduce((top, one) => one.scores && (top === null || one.scores.mean > top.scores.mean) ? one : top, null);
  const bn = calibration?.references.find(one => one.layer === 'bn-relu');
  const said = best === null ? 'no score yet' : `${percent(best.scores.mean)} by birth ${best.birth}, arrival ${count(best.ordinal)} of ${count(arrivals.at(-1).ordinal)}`;
  return `Best mean accuracy so far: ${said}${bn ? `; bn-relu reaches ${percent(bn.accuracy.mean)} under the same training` : ''}.`;
}

export function table(arrivals, anchors, selection) {
  const scored = arrivals.filter(one => one.scores).sort((a, b) => b.scores.mean - a.scores.mean || a.ordinal - b.ordinal);
  const left = scored.length - MOST_ROWS;
  fill(byId('scored'),
    el('thead', {}, el('tr', {}, el('th', {}, unseen('selected')), el('th', {class: 'number'}, 'arrival'), el('th', {}, 'layer'), ...[...anchors, 'mean'].map(name => el('th', {class: 'number'}, name)))),
    el('tbody', {}, ...scored.slice(0, MOST_ROWS).map(one => el('tr', {data: {birth: one.birth}, class: selection.has(one.birth) ? 'is-selected' : null},
      el('td', {}, selection.box(one.birth)), el('td', {class: 'number dim'}, count(one.ordinal)), el('td', {class: 'formula'}, rowButton(one.formula ?? `birth ${one.birth}`)),
      ...[...one.scores.accuracies, one.scores.mean].map(share => el('td', {class: 'number'}, (100 * share).toFixed(1))))),
    left > 0 ? el('tr', {}, el('td', {class: 'dim', colspan: anchors.length + 4}, `and ${count(left)} that scored less`)) : null));
}
