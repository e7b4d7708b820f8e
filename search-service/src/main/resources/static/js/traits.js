// What survives: how much more frequent operations, moments and index sets are among good layers than among proposals.
import {byId, el, fill, unseen} from './dom.js';
import {count, percent} from './format.js';

const EVERY_MILLIS = 5000;
const SETS = {bwh: 'batch, space', wh: 'space', whc: 'channels, space', 'whc/g': 'group, space'};
const KINDS = {OPERATION: 'operation', MOMENT: 'moment', INDEX_SET: 'index set', AGGREGATION: 'aggregation'};
const WHO = {SURVIVED: 'layers trained to the end', BEST: 'layers of the best tenth', FRONT: 'layers on the front', PROPOSED: 'proposals', TRAINED: 'layers that began to train'};
/** Powers of two that the scale may span either way. */
const WIDEST = 4;

const factor = value => value >= 10 ? value.toFixed(0) : value.toFixed(value >= 1 ? 1 : 2);

/** Where a lift stands on a scale in powers of two, 0 to 1. What is rare has an interval that begins near zero: it ends at the edge. */
function scale(rows) {
  const ends = rows.filter(row => row.lift).flatMap(row => [row.lift.mean, row.lift.high]).filter(value => value > 0).map(value => Math.abs(Math.log2(value)));
  const reach = Math.min(WIDEST, Math.max(1, Math.ceil(Math.max(0, ...ends))));
  return {reach, place: value => value <= 0 ? 0 : Math.min(1, Math.max(0, (Math.log2(value) + reach) / (2 * reach)))};
}

const verdict = lift => lift.low > 1 ? 'more' : lift.high < 1 ? 'less' : 'open';

function drawn(lift, place) {
  const at = value => `${100 * place(value)}%`;
  const line = el('i', {left: at(lift.low)});
  line.style.right = `${100 * (1 - place(lift.high))}%`;
  return el('span', {class: 'lift', data: {verdict: verdict(lift)}, 'aria-hidden': 'true'}, el('u', {left: '50%'}), line, el('b', {left: at(lift.mean)}));
}

function row(one, place, {layers, baseLayers}) {
  const rare = one.lift === null;
  return el('tr', {},
    el('th', {scope: 'row'}, el('code', {}, one.name), el('span', {class: 'kind'}, SETS[one.name] ?? KINDS[one.kind])),
    el('td', {class: 'plot'}, rare ? null : drawn(one.lift, place)),
    el('td', {class: 'number'}, rare ? '–' : `×${factor(one.lift.mean)}`, rare ? null : unseen(`, 95 %: ${factor(one.lift.low)} to ${factor(one.lift.high)}`)),
    el('td', {class: 'number', title: `${count(one.count)} of ${count(layers)}`}, one.share ? percent(one.share.mean) : '–'),
    el('td', {class: 'number dim', title: `${count(one.baseCount)} of ${count(baseLayers)}`}, one.baseShare === null ? '–' : percent(one.baseShare)));
}

function head(reach) {
  const tick = power => el('span', {left: `${50 + 50 * power / reach}%`}, power < 0 ? `÷${2 ** -power}` : power === 0 ? 'as often' : `×${2 ** power}`);
  return el('thead', {}, el('tr', {}, el('th', {}, unseen('trait')),
    el('th', {class: 'plot', 'aria-hidden': 'true'}, el('span', {class: 'scale'}, ...[-reach, 0, reach].map(tick))),
    el('th', {class: 'number'}, 'lift'), el('th', {class: 'number'}, 'among these'), el('th', {class: 'number'}, 'in all')));
}

export class Traits {
  constructor(source) {
    this.source = source;
    this.asked = 0;
    this.seen = false;
    this.revision = null;
    this.shown = null;
    this.later = null;
    for (const id of ['traits-among', 'traits-against', 'traits-of']) byId(id).addEventListener('change', () => this.load());
    new IntersectionObserver(entries => {
      this.seen = entries.some(entry => entry.isIntersecting);
      this.update(this.revision);
    }).observe(byId('traits'));
  }

  /** Asks anew where something changed since and somebody looks, but not more often than every few seconds. */
  update(revision) {
    this.revision = revision;
    if (!this.seen || revision === null || revision === this.shown) return;
    const early = EVERY_MILLIS - (Date.now() - this.asked);
    clearTimeout(this.later);
    if (early > 0) this.later = setTimeout(() => this.update(this.revision), early);
    else this.load();
  }

  async load() {
    this.asked = Date.now();
    this.shown = this.revision;
    const answer = await this.source.traits(byId('traits-among').value, byId('traits-against').value).catch(() => null);
    if (answer && answer.among.toLowerCase() === byId('traits-among').value && answer.against.toLowerCase() === byId('traits-against').value) this.show(answer);
  }

  show(answer) {
    const nobody = answer.layers === 0;
    byId('traits-empty').hidden = !nobody;
    byId('traits-table').hidden = nobody;
    byId('traits-note').hidden = nobody;
    if (nobody) return;
    const aggregations = byId('traits-of').value === 'aggregations';
    const rows = answer.traits.filter(one => (one.kind === 'AGGREGATION') === aggregations);
    const {reach, place} = scale(rows);
    fill(byId('traits-table'), head(reach), el('tbody', {}, ...rows.map(one => row(one, place, answer))));
    byId('traits-note').textContent = `Share among ${count(answer.layers)} ${WHO[answer.among]} by share among ${count(answer.baseLayers)} ${WHO[answer.against]}; bars are 95 % intervals (Wilson). `
      + `A layer counts once, by the nodes its output depends on. ${answer.against === 'PROPOSED' ? 'Refused proposals use few of their nodes, so that most parts are more frequent in what is left. ' : ''}Relatives are counted as if they were independent, and of 20 intervals one errs by chance.`;
  }
}
