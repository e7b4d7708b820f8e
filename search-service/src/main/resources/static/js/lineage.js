// Where a layer comes from and what came of it: its line of ancestors with the mutation on every edge, and the branches
// beside it, read when somebody opens them.
import {byId, el, fill} from './dom.js';
import {count, percent} from './format.js';
import {ending, pageOf} from './layer-parts.js';

/** Of a longer line only its beginning and its end are shown at first. */
const WHOLE = 14;
const FIRST = 3;
const LAST = 8;

const change = list => list.length === 0 ? 'a mutation that changed nothing' : el('span', {}, ...list.map(one => el('code', {}, one)));
const score = accuracy => el('span', {class: 'dim'}, accuracy === undefined || accuracy === null ? 'no score' : percent(accuracy));

export class Lineage {
  constructor(source, found, kin) {
    this.source = source;
    this.search = found.search;
    this.birth = found.birth;
    this.line = found.lineage;
    this.kin = kin;
  }

  show() {
    byId('lineage-panel').hidden = false;
    byId('lineage-note').textContent = this.line.length === 1 ? 'A random graph: it has no parent.'
      : `${count(this.line.length - 1)} mutation${this.line.length === 2 ? '' : 's'} since the random graph that birth ${this.line[0].birth} was.`;
    this.draw(this.line.length <= WHOLE);
  }

  draw(whole) {
    const steps = this.line.map((_, index) => this.step(index));
    const hidden = this.line.length - FIRST - LAST;
    byId('lineage').replaceChildren(...whole ? steps
      : [...steps.slice(0, FIRST), el('li', {class: 'folded'}, el('button', {type: 'button', onclick: () => this.unfold()}, `${count(hidden)} more ancestors`)), ...steps.slice(-LAST)]);
  }

  unfold() {
    this.draw(true);
    byId('lineage').children[FIRST].querySelector('a').focus();
  }

  step(index) {
    const one = this.line[index];
    const here = index === this.line.length - 1;
    return el('li', {class: here ? 'here' : null},
      el('p', {class: 'mutation'}, index === 0 ? 'a random graph' : change(one.change)),
      el('p', {class: 'member'}, here ? el('b', {}, `birth ${one.birth}`) : el('a', {href: pageOf(this.search, one.birth)}, `birth ${one.birth}`),
        el('code', {class: 'formula'}, one.formula), score(one.accuracy)),
      this.branch(index, here));
  }

  /** The other mutants of an ancestor, or all of this layer's. */
  branch(index, here) {
    const {birth} = this.line[index];
    const known = here ? this.kin.children : index === this.line.length - 2 ? this.kin.siblings : null;
    if (known === 0) return here ? el('p', {class: 'note branch'}, 'Nobody was mutated from it.') : null;
    const name = here ? `${count(known)} mutant${known === 1 ? '' : 's'} of it`
      : known === null ? 'Its other mutants' : `${count(known)} sibling${known === 1 ? '' : 's'}`;
    return new Branch(name, after => this.source.children(birth, after), child => this.child(child), here ? null : this.line[index + 1].birth).element;
  }

  child({candidate, change: changed}) {
    return el('li', {}, el('p', {class: 'mutation'}, change(changed)),
      el('p', {class: 'member'}, el('a', {href: pageOf(this.search, candidate.birth)}, `birth ${candidate.birth}`),
        el('code', {class: 'formula'}, candidate.formula ?? 'not simplified'),
        el('span', {class: 'dim'}, candidate.scores ? percent(candidate.scores.mean) : ending(candidate))));
  }
}

/** A list that is read in stretches, the first one when it is opened. */
class Branch {
  constructor(name, read, row, skipped) {
    this.read = read;
    this.row = row;
    this.skipped = skipped;
    this.next = null;
    this.list = el('ul', {class: 'branch'});
    this.more = el('button', {type: 'button', hidden: true, onclick: () => this.load()}, 'More');
    this.said = el('p', {class: 'note', role: 'status'});
    this.element = el('details', {class: 'branch', ontoggle: event => { if (event.target.open && !this.begun) this.load(); }}, el('summary', {}, name), this.list, this.more, this.said);
  }

  async load() {
    this.begun = true;
    try {
      const page = await this.read(this.next);
      const shown = page.items.filter(({candidate}) => candidate.birth !== this.skipped);
      const first = this.list.children.length;
      this.list.append(...shown.map(this.row));
      this.next = page.next;
      const focused = document.activeElement === this.more;
      this.more.hidden = page.next === null;
      if (focused) this.list.children[first]?.querySelector('a').focus();
      fill(this.said, this.list.children.length === 0 ? 'None.' : null);
    } catch (error) {
      this.begun = false;
      fill(this.said, error.message);
    }
  }
}
