// What an order will do, in words; and what is wrong with it, beside the fields.
import {byId, el, fill} from './dom.js';
import {input, labelOf} from './new-fields.js';
import {count, dataLabel, duration} from './format.js';

const many = (number, one, several = `${one}s`) => `${count(number)} ${number === 1 ? one : several}`;
const about = millis => millis === null || millis === undefined ? null : `about ${duration(millis)}`;

/** A preset's size in a line. */
export function facts(spec) {
  const {anchors, training, data} = spec.proxy;
  return [limits(spec.budget).join(' or '), anchors.map(anchor => anchor.name).join(', '),
    `${count(training.steps)} steps, batch ${count(training.batch)}`, `${dataLabel(data.name)}, ${data.side}×${data.side}`].join(' · ');
}

/** When evolution ends, in words. */
export const limits = ({minutes, candidates, steps, audits}) => [
  minutes ? many(minutes, 'minute') : null, candidates ? many(candidates, 'candidate') : null,
  steps ? `${count(steps)} steps` : null, audits ? many(audits, 'audit') : null].filter(Boolean);

const ends = ({minutes, candidates, steps, audits}) => [
  minutes ? `${many(minutes, 'minute')} are over, confirmation included` : null, candidates ? `${many(candidates, 'candidate')} ${candidates === 1 ? 'is' : 'are'} trained` : null,
  steps ? `${count(steps)} steps are spent` : null, audits ? `${many(audits, 'refused layer')} ${audits === 1 ? 'is' : 'are'} audited` : null].filter(Boolean);

export function forecast({forecast: will, spec, existing}) {
  const {timing} = will;
  const line = (term, ...said) => [el('dt', {}, term), el('dd', {}, ...said)];
  const small = (...parts) => { const said = parts.filter(Boolean); return said.length ? el('small', {}, said.join(' · ')) : null; };
  const confirming = will.firstRound + will.secondRound;
  const total = timing && timing.evolutionMillis !== null ? timing.calibrationMillis + timing.evolutionMillis + timing.confirmationMillis : null;
  const random = spec.strategy.freshProbability === 1;
  fill(byId('plan'), el('div', {}, ...line('Takes', el('b', {}, about(total) ?? (spec.budget.minutes ? `${many(spec.budget.minutes, 'minute')} at most` : 'not known yet')),
    small(timing ? `as fast as ${timing.measuredIn}, with ${many(Math.max(1, will.workers), 'worker')}` : 'no search has measured these networks yet'))),
  will.workers ? null : el('div', {}, ...line('Workers', 'None is connected: the search waits until one is.')),
  el('div', {}, ...line('Calibration', many(will.calibration, 'training'), small(`${spec.calibration.references.length} reference layers × ${many(spec.calibration.seeds, 'seed')}, ${count(will.calibrationSteps)} steps`, about(timing?.calibrationMillis)))),
  el('div', {}, ...line(random ? 'Random search' : 'Evolution', `until ${ends(spec.budget).join(' or ')}`,
    small(will.evolutionSteps === null ? null : `at most ${count(will.evolutionSteps)} steps`, about(timing?.evolutionMillis)))),
  el('div', {}, ...line('Confirmation', many(confirming, 'training'), small(`${will.firstRound ? `${will.firstRound} in the first round, ` : ''}${will.secondRound} in the ${will.firstRound ? 'second' : 'only one'}, ${count(will.confirmationSteps)} steps`, about(timing?.confirmationMillis),
    spec.budget.minutes ? 'less where time is short' : null))));
  const short = spec.budget.minutes && timing?.evolutionMillis === 0;
  fill(byId('summary'), existing ? el('p', {}, 'This very search exists: ', el('a', {href: `/search.html?name=${encodeURIComponent(existing)}`}, existing))
    : short ? el('p', {class: 'short'}, 'Calibration and confirmation alone take all of these minutes: confirmation will be cut short, and evolution too.') : null);
}

/** Where a problem is shown: its own field, or the text of the whole specification. */
function place(field) {
  const own = field === 'budget' ? input('budget.minutes') : field && input(field);
  return own ?? byId('spec');
}

/** @param list of problems: each beside its field, and all of them beside the button */
export function problems(list) {
  const shown = Map.groupBy(list, problem => place(problem.field));
  for (const control of document.querySelectorAll('[data-path], #spec')) {
    const mine = shown.get(control) ?? [];
    const text = byId(`${control.id}-problem`);
    text.hidden = mine.length === 0;
    text.textContent = mine.map(problem => said(problem, control.id === 'spec')).join('; ');
    if (mine.length) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
  }
  if (list.length === 0) return;
  fill(byId('plan'));
  fill(byId('summary'), el('p', {}, list.length === 1 ? 'One thing is not right yet:' : `${list.length} things are not right yet:`),
    el('ul', {}, ...list.map(problem => el('li', {}, el('button', {type: 'button', data: {file: problem.field ?? ''}, onclick: () => reveal(place(problem.field))}, labelOf(problem.field ?? 'specification'))))));
}

function said({field, value, expected, detail}, whole) {
  if (!expected) return detail;
  // Of a taken name the line says what is different about the search that has it.
  return field === 'name' && !detail.startsWith('name is') ? detail : `${whole ? `${field} ` : ''}is ${value}, expected ${expected}`;
}

export function reveal(control) {
  control.closest('details')?.setAttribute('open', '');
  control.focus();
  control.scrollIntoView({block: 'center'});
}
