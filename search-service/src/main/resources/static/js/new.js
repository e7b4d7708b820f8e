// The page on which a search is ordered. The service says what is wrong and what would be trained; the page only asks.
import * as api from './api.js';
import {byId, el} from './dom.js';
import * as fields from './new-fields.js';
import * as plan from './new-plan.js';

const PATIENCE_MILLIS = 300;
let presets = [];
let spec = null;
/** Whether the name is a person's own; else the service's proposal stands there. */
let named = false;
/** What the text of the specification lacks to be JSON; null where nothing. */
let malformed = null;
let timer = null;
let asked = 0;
let sent = {body: null, key: null};
let busy = false;

function order(name) {
  const apart = path => fields.input(path).value.trim();
  return JSON.stringify({name, study: apart('study') || undefined, arm: apart('arm') || undefined, spec});
}

const controls = () => [...document.querySelectorAll('[data-path]')].filter(control => !fields.APART.includes(control.dataset.path));

function showFields() {
  for (const control of controls()) {
    const value = fields.at(spec, control.dataset.path);
    fields.show(control, control.dataset.path === 'strategy.freshProbability' ? (value === 1 ? 'random' : 'evolve') : value);
  }
}

const showText = () => { byId('spec').value = JSON.stringify(spec, null, 2); };

function choose(name) {
  const preset = structuredClone(presets.find(one => one.name === name).spec);
  // Who turns to another preset means the same seed, images and kind of search.
  if (spec) {
    for (const path of ['seed', 'proxy.data.name']) fields.put(preset, path, fields.at(spec, path));
    if (fields.at(spec, 'strategy.freshProbability') === 1) preset.strategy.freshProbability = 1;
  }
  spec = preset;
  malformed = null;
  showFields();
  showText();
  soon(0);
}

function changed(control) {
  const {path} = control.dataset;
  if (path === 'name') named = control.value !== '';
  else if (path === 'strategy.freshProbability') fields.put(spec, path, control.value === 'random' ? 1 : freshOf(spec.preset));
  else if (!fields.APART.includes(path)) fields.put(spec, path, fields.valueOf(control));
  if (!fields.APART.includes(path)) showText();
  soon(PATIENCE_MILLIS);
}

const freshOf = name => (presets.find(one => one.name === name) ?? presets[0]).spec.strategy.freshProbability;

function rewritten() {
  try {
    const written = fields.parse(byId('spec').value);
    if (written === null || typeof written !== 'object' || Array.isArray(written)) throw new SyntaxError('it is no JSON object');
    spec = written;
    malformed = null;
    showFields();
  } catch (error) {
    malformed = {field: null, detail: `This is no JSON: ${error.message}`};
  }
  soon(PATIENCE_MILLIS);
}

function soon(millis) {
  clearTimeout(timer);
  timer = setTimeout(check, millis);
}

async function check() {
  const turn = ++asked;
  if (malformed) {
    plan.problems([malformed]);
    return done();
  }
  try {
    const name = fields.input('name').value.trim();
    const answer = await api.validateSearch(order(named ? name : undefined));
    if (turn !== asked) return;
    reachable(null);
    if (!named) fields.input('name').value = answer.freeName;
    plan.problems(answer.problems);
    if (answer.problems.length === 0) plan.forecast(answer);
    done();
  } catch (error) {
    if (turn === asked) failed(error);
  }
}

/** For tests and the curious: the fields show what the service says about what stands in them. */
const done = () => { document.body.dataset.checked = asked; };

const reachable = text => { byId('unreachable').hidden = text === null; byId('unreachable').textContent = text ?? ''; };

/** A refusal belongs to its field; anything else is said on top. */
function failed(error) {
  if (error instanceof api.Problem && error.status < 500 && error.body?.expected) {
    reachable(null);
    plan.problems([error.body]);
  } else {
    reachable(error instanceof api.Problem ? error.message : 'The service does not answer. Nothing is lost: try again.');
  }
  done();
}

/** The same order is sent under the same key, so that a second click or another try creates nothing new. */
function keyOf(body) {
  if (sent.body !== body) {
    sent = {body, key: [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')};
  }
  return sent.key;
}

async function create(event) {
  event.preventDefault();
  if (busy) return;
  if (malformed) return plan.reveal(byId('spec'));
  busy = true;
  byId('create').setAttribute('aria-disabled', 'true');
  clearTimeout(timer);
  asked++;
  try {
    const body = order(fields.input('name').value.trim());
    const search = await api.createSearch(body, keyOf(body));
    location.assign(`/search.html?name=${encodeURIComponent(search.name)}`);
  } catch (error) {
    failed(error);
    const first = document.querySelector('[aria-invalid="true"]');
    if (first) plan.reveal(first);
    busy = false;
    byId('create').removeAttribute('aria-disabled');
  }
}

function drawPresets() {
  byId('presets').replaceChildren(...presets.map((preset, index) => el('label', {class: 'preset'},
    el('input', {type: 'radio', name: 'preset', value: preset.name, checked: index === 0, onchange: () => choose(preset.name)}),
    el('b', {}, preset.name), el('span', {}, preset.purpose), el('span', {class: 'facts'}, plan.facts(preset.spec)))));
}

/** With the default preset, or with all that another search was ordered with. */
async function begin(from) {
  if (!from) return choose(presets[0].name);
  const other = await api.search(from).detail();
  spec = other.spec;
  for (const radio of document.querySelectorAll('#presets input')) radio.checked = false;
  for (const path of ['study', 'arm']) fields.show(fields.input(path), other.search[path]);
  showFields();
  showText();
  soon(0);
}

async function start() {
  fields.draw();
  presets = await api.presets();
  drawPresets();
  await begin(new URLSearchParams(location.search).get('from'));
  for (const control of document.querySelectorAll('[data-path]')) control.addEventListener(control.tagName === 'SELECT' || control.type === 'checkbox' ? 'change' : 'input', () => changed(control));
  byId('spec').addEventListener('input', rewritten);
  byId('order').addEventListener('submit', create);
}

start().catch(failed);
