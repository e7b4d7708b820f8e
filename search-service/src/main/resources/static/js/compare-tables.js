// What is said about searches beside each other, in words and tables.
import {at, look, meanAt, written, X_NAMES, Y_NAMES, baseline} from './compare-chart.js';
import {byId, el, fill, unseen} from './dom.js';
import {pageOf} from './layer-parts.js';
import {limits} from './new-plan.js';
import {count, interval, percent, points, title} from './format.js';

const ROWS = 10;

const searchPage = name => `/search.html?name=${encodeURIComponent(name)}`;

/** A piece of a group's line. */
export function line(group) {
  const piece = el('span', {class: 'line', 'aria-hidden': 'true'});
  const {colour, style} = look(group);
  piece.style.borderTopStyle = style;
  piece.style.borderTopColor = colour;
  return piece;
}

const searchesOf = number => `${number} ${number === 1 ? 'search' : 'searches'}`;

export function head(view) {
  byId('title').textContent = Y_NAMES[view.y];
  fill(byId('keys'), ...view.groups.filter(group => group.searches > 0).map(group => el('li', {}, line(view.groups.indexOf(group)),
    `${group.name}: ${searchesOf(group.searches)}${group.mean === null ? '' : ', mean and band'}`)));
  const bands = view.groups.some(group => group.mean !== null);
  const meaning = view.spread === 'interval' ? 'the 95 % interval of that mean (Student’s t)' : 'from the least to the greatest of them';
  byId('explained').textContent = [
    bands ? `Thick lines: mean of a group’s searches, from where all have scored to where the first of them ends. Bands: ${meaning}. Thin lines: its searches.` : 'A group of three searches or more has a mean and a band; these are single searches.',
    view.y === 'hypervolume' ? 'Hypervolume: share of the unit cube of accuracies that the front dominates, reference point 0 on every anchor.' : null,
    baseline(view) === null ? null : `bn-relu: ${percent(baseline(view))}, its mean accuracy in the calibrations of these searches.`].filter(Boolean).join(' ');
  fill(byId('notes'), ...view.notes.map(note => el('p', {class: 'banner'}, note)));
  contrast(view);
}

/** What two groups come to, where the shorter one ends. */
function contrast(view) {
  const text = byId('contrast');
  text.hidden = view.contrast === null;
  if (view.contrast === null) return;
  const [one, other] = view.groups.filter(group => group.searches > 0);
  const {x, difference} = view.contrast;
  const accuracy = view.y === 'accuracy';
  const size = value => accuracy ? (100 * Math.abs(value)).toFixed(1) : Math.abs(value).toFixed(4);
  const signed = value => (value < 0 ? '−' : '+') + size(value);
  const sure = difference.low > 0 || difference.high < 0;
  text.textContent = `After ${count(x)} ${X_NAMES[view.x]} the mean of ${other.name} is ${Number(size(difference.mean)) === 0 ? 'equal to' : `${size(difference.mean)}${accuracy ? ' points' : ''} ${difference.mean < 0 ? 'below' : 'above'}`} that of ${one.name} (95 %: ${signed(difference.low)} to ${signed(difference.high)})${sure ? '' : ', within noise'}.`;
}

export function inWords(view) {
  const parts = view.groups.map(group => {
    const last = group.mean?.points.at(-1);
    if (last) return `${group.name}, ${searchesOf(group.searches)}: mean ${written(last.mean, view.y)}, band ${written(last.low, view.y)} to ${written(last.high, view.y)} at ${count(last.x)}`;
    const values = view.searches.filter(search => view.groups[search.group] === group && search.curve.points.length > 0)
      .map(search => `${search.search.name} ${written(search.curve.points.at(-1).value, view.y)} at ${count(search.curve.end)}`);
    return `${group.name}: ${values.join(', ') || 'nothing yet'}`;
  });
  return `${Y_NAMES[view.y]} against ${X_NAMES[view.x]}. ${parts.join('; ')}. “The curves as a table” has more of their points.`;
}

/** Ten places of the longest curve. */
export function values(view) {
  const shown = view.searches.filter(search => search.comparable);
  const end = Math.max(...shown.map(search => search.curve.end), 1);
  const places = [...new Set(Array.from({length: ROWS}, (_, i) => Math.max(1, Math.round(end * (i + 1) / ROWS))))];
  const groups = view.groups.filter(group => group.mean !== null);
  fill(byId('values'), el('thead', {}, el('tr', {}, el('th', {class: 'number', scope: 'col'}, X_NAMES[view.x]),
    ...groups.map(group => el('th', {class: 'number', scope: 'col'}, `${group.name}, mean [band]`)), ...shown.map(search => el('th', {class: 'number', scope: 'col'}, search.search.name)))),
  el('tbody', {}, ...places.map(x => el('tr', {}, el('td', {class: 'number dim'}, count(x)),
    ...groups.map(group => { const point = meanAt(group, x); return el('td', {class: 'number'}, point ? `${written(point.mean, view.y)} [${written(point.low, view.y)}, ${written(point.high, view.y)}]` : '–'); }),
    ...shown.map(search => { const value = at(search.curve, x); return el('td', {class: 'number'}, value === null ? '–' : written(value, view.y)); })))));
}

export function state(search) {
  if (search.ending) return title(search.ending);
  return `${title(search.phase)}${search.intent === 'PAUSE' ? ', paused' : search.intent === 'CANCEL' ? ', being cancelled' : ''}`;
}

/** Those of a group beside each other. */
const byGroup = view => [...view.searches].sort((a, b) => a.group - b.group);

export function found(view) {
  const number = (...parts) => el('td', {class: 'number'}, ...parts);
  fill(byId('found'), el('thead', {}, el('tr', {}, el('th', {}, 'search'), el('th', {}, 'group'), el('th', {}, 'state'), el('th', {}, 'budget'),
    ...['trained', 'best, % [95 %]', 'best − bn-relu', 'hypervolume', 'confirmed, % [95 %]', 'confirmed − bn-relu'].map(name => el('th', {class: 'number'}, name)), el('th', {}, 'best layer'))),
  el('tbody', {}, ...byGroup(view).map(row => {
    const {search, confirmed} = row;
    const layer = confirmed ?? search.best;
    return el('tr', {class: row.comparable ? null : 'apart'},
      el('td', {}, el('a', {href: searchPage(search.name)}, search.name), row.comparable ? null : el('small', {}, 'not comparable'), search.data === 'synthetic' ? el('small', {}, 'synthetic images') : null),
      el('td', {}, el('span', {class: 'key-line'}, row.comparable ? line(row.group) : null, view.groups[row.group].name)),
      el('td', {}, state(search)), el('td', {}, limits(row.budget).join(' or ')),
      number(count(search.trained), el('small', {}, `${count(search.stepsSpent)} steps`)),
      number(search.best ? interval(search.best.accuracy) : '–'),
      number(row.beyondBnRelu === null ? '–' : `${points(row.beyondBnRelu)} points`),
      number(row.hypervolume === null ? '–' : row.hypervolume.toFixed(4), row.members === null ? null : el('small', {}, `${count(row.members)} on the front`)),
      number(confirmed?.confirm ? interval(confirmed.confirm) : '–', confirmed?.test ? el('small', {}, `test ${percent(confirmed.test.mean)}`) : null),
      number(gap(confirmed?.beyondBnRelu)),
      el('td', {class: 'formula'}, layer ? el('a', {href: layer.birth === null ? searchPage(search.name) : pageOf(search.name, layer.birth)}, layer.formula) : ''));
  })));
}

const gap = beyond => beyond ? `${points(beyond.mean)} [${points(beyond.low)}, ${points(beyond.high)}]` : '–';

export function differences(view) {
  byId('same').hidden = view.differences.length > 0;
  const order = byGroup(view).map(row => view.searches.indexOf(row));
  fill(byId('differences'), ...(view.differences.length === 0 ? [] : [
    el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'field', unseen(' of the specification')), ...order.map(i => el('th', {scope: 'col'}, view.searches[i].search.name)))),
    el('tbody', {}, ...view.differences.map(row => el('tr', {}, el('th', {scope: 'row'}, row.field), ...order.map(i => el('td', {}, row.values[i])))))]));
}
