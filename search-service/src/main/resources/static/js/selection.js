// Layers that the reader picked out, in whichever view: the same ones stand out in all others.
import {byId, el, fill} from './dom.js';
import {pageOf} from './layer-parts.js';
import {count} from './format.js';

/** More chips than this say nothing more. */
const MOST_CHIPS = 8;

export class Selection {
  /** @param changed is called after every change; @param name of a birth's layer, as far as the page knows it */
  constructor(search, changed, name) {
    this.search = search;
    this.changed = changed;
    this.name = name;
    this.births = new Set();
    byId('selection-clear').addEventListener('click', () => this.clear());
    byId('selected').addEventListener('click', event => {
      const birth = event.target.closest('button')?.dataset.birth;
      if (birth !== undefined) this.toggle(+birth);
    });
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) this.clear();
    });
  }

  has(birth) {
    return this.births.has(birth);
  }

  toggle(birth) {
    if (!this.births.delete(birth)) this.births.add(birth);
    this.tell();
  }

  /** @param more whether they come to those that are selected */
  take(births, more) {
    this.births = new Set(more ? [...this.births, ...births] : births);
    this.tell();
  }

  clear() {
    if (this.births.size === 0) return;
    const inside = byId('selection').contains(document.activeElement);
    this.births.clear();
    this.tell();
    // Whoever read there with the keyboard does not fall back to the top of the page.
    if (inside) byId('front').focus({preventScroll: true});
  }

  tell() {
    const births = [...this.births].sort((a, b) => a - b);
    const left = births.length - MOST_CHIPS;
    byId('selection').hidden = births.length === 0;
    byId('selection-count').textContent = `${count(births.length)} selected`;
    byId('said').textContent = births.length === 0 ? 'Selection cleared'
      : `${count(births.length)} ${births.length === 1 ? 'layer' : 'layers'} selected, highlighted in charts and tables`;
    fill(byId('selected'), ...births.slice(0, MOST_CHIPS).map(birth => this.chip(birth)),
      left > 0 ? el('li', {class: 'more'}, `and ${count(left)} more`) : null);
    this.changed();
  }

  chip(birth) {
    const formula = this.name(birth);
    return el('li', {}, el('a', {href: pageOf(this.search, birth), title: formula}, `birth ${birth}`), el('code', {class: 'formula'}, formula),
      el('button', {type: 'button', class: 'quiet', data: {birth}, 'aria-label': `Take birth ${birth} out of the selection`}, '×'));
  }

  /** A table's box for one layer. */
  box(birth) {
    return el('input', {type: 'checkbox', data: {pick: birth}, checked: this.has(birth), 'aria-label': `Select birth ${birth}`});
  }
}
