// The fields of a search's order: where each stands in the specification, and its place on the page.
import {byId, el} from './dom.js';

const WHOLE = /^-?\d+$/;
const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What a person most often changes. */
export const BASIC = [
  {path: 'name', label: 'Name', hint: 'Letters, digits, dots, underscores and dashes.'},
  {path: 'seed', label: 'Seed', hint: 'Of every random draw. The same search with other seeds tells luck from merit.'},
  {path: 'proxy.data.name', label: 'Images', choices: [['cifar10', 'CIFAR-10'], ['synthetic', 'Synthetic, for trying out']]},
  {path: 'strategy.freshProbability', label: 'Kind of search', choices: [['evolve', 'Evolution'], ['random', 'Random search (the control)']], kind: 'strategy',
    hint: 'Random search proposes fresh random graphs only: what evolution has to beat.'},
  {path: 'budget.minutes', label: 'Minutes', optional: true, hint: 'For all phases together. Empty: no limit.'},
  {path: 'budget.candidates', label: 'Trained candidates', optional: true, hint: 'Evolution ends when so many have been trained. Empty: no limit.'},
  {path: 'space.batchIndependent', label: 'Batch-independent layers only', kind: 'flag', hint: 'No statistic over the batch: works with any batch size.'},
];

/** The most useful others, under headings. */
export const FURTHER = [
  ['To compare it later', [
    {path: 'study', label: 'Study', optional: true, hint: 'Searches of one experiment share it.'},
    {path: 'arm', label: 'Arm', optional: true, hint: 'Of the study, such as “evolution” or “random”.'},
  ]],
  ['Which layers may be proposed', [
    {path: 'space.operations', label: 'Nodes of a graph'},
    {path: 'space.maxOperations', label: 'Most operations', optional: true, hint: 'Of the simplified layer. Empty: no limit.'},
    {path: 'space.maxTensorPasses', label: 'Most tensor passes', optional: true, hint: 'Full-size reads and writes: what bandwidth pays. Empty: no limit.'},
  ]],
  ['Evolution', [
    {path: 'strategy.window', label: 'Window', hint: 'The youngest scored layers, of which tournaments are drawn.'},
    {path: 'strategy.tournamentShare', label: 'Tournament share', hint: 'Of the window, at least two layers.'},
    {path: 'strategy.criterion', label: 'A tournament is won by', choices: [['PARETO', 'the Pareto front'], ['MEAN', 'the highest mean']]},
    {path: 'strategy.initialRandom', label: 'Random layers first', hint: 'Scored before mutation begins.'},
    {path: 'budget.steps', label: 'Training steps', optional: true, hint: 'Evolution ends when so many are spent. Empty: no limit.'},
    {path: 'auditShare', label: 'Audit share', hint: 'Of refused layers, trained all the same to measure false rejections.'},
  ]],
  ['Training of each candidate', [
    {path: 'proxy.training.steps', label: 'Steps on each anchor'},
    {path: 'proxy.training.batch', label: 'Batch size'},
    {path: 'proxy.training.learningRate', label: 'Learning rate'},
    {path: 'proxy.data.search', label: 'Images that score it'},
  ]],
  ['Calibration and confirmation', [
    {path: 'calibration.seeds', label: 'Seeds of each reference layer'},
    {path: 'confirmation.field', label: 'Layers of the first round'},
    {path: 'confirmation.finalists', label: 'Layers of the second round'},
    {path: 'confirmation.seeds', label: 'Seeds of each finalist'},
    {path: 'confirmation.steps', label: 'Steps of a confirming training'},
  ]],
];

/** Beside the specification, not in it. */
export const APART = ['name', 'study', 'arm'];

const all = () => [...BASIC, ...FURTHER.flatMap(([, fields]) => fields)];
export const input = path => byId(`field-${path}`);
export const labelOf = path => all().find(field => field.path === path)?.label ?? path;

export function draw() {
  byId('basic').replaceChildren(...BASIC.map(row));
  byId('further').replaceChildren(...FURTHER.flatMap(([heading, fields]) => [el('h3', {}, heading), el('div', {class: 'inputs'}, ...fields.map(row))]));
}

function row(field) {
  const id = `field-${field.path}`;
  const described = {'aria-describedby': field.hint ? `${id}-hint ${id}-problem` : `${id}-problem`};
  const flag = field.kind === 'flag';
  const control = field.choices ? el('select', {id, data: {path: field.path}, ...described}, ...field.choices.map(([value, text]) => el('option', {value}, text)))
    : el('input', {id, type: flag ? 'checkbox' : 'text', data: {path: field.path}, autocomplete: 'off', spellcheck: 'false', ...described});
  return el('div', {class: flag ? 'input flag' : 'input'},
    flag ? el('label', {}, control, field.label) : el('label', {for: id}, field.label), flag ? null : control,
    field.hint ? el('p', {class: 'hint', id: `${id}-hint`}, field.hint) : null,
    el('p', {class: 'problem', id: `${id}-problem`, hidden: true}));
}

export const at = (object, path) => path.split('.').reduce((inside, name) => inside?.[name], object);

export function put(object, path, value) {
  const names = path.split('.');
  const last = names.pop();
  const parent = names.reduce((inside, name) => inside?.[name], object);
  if (parent !== null && typeof parent === 'object') parent[last] = value;
}

/** What an input says. What is no number goes to the service as it is, which says what it expected. */
export function valueOf(control) {
  const field = all().find(one => one.path === control.dataset.path);
  if (field.kind === 'flag') return control.checked;
  if (field.choices || APART.includes(field.path)) return control.value;
  const text = control.value.trim();
  if (text === '') return null;
  return WHOLE.test(text) || NUMBER.test(text) ? parse(text.replace(/^(-?)0+(?=\d)/, '$1').replace(/^(-?)\./, '$10.').replace(/\.(?=e|$)/i, '').replace(/e\+/i, 'e')) : text;
}

export function show(control, value) {
  if (control.type === 'checkbox') control.checked = value === true;
  else control.value = value === null || value === undefined ? '' : value.rawJSON ?? (typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** JSON whose whole numbers keep all their digits, where the browser can do that: seeds have up to nineteen. */
export const parse = text => JSON.parse(text, (_, value, context) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && WHOLE.test(context?.source ?? '') && JSON.rawJSON ? JSON.rawJSON(context.source) : value);
