// A comparison's charts: the service's own drawings, taken in as elements, with their titles and descriptions for whoever
// does not see them. Each is fetched when it comes into view.
import {byId, el} from './dom.js';

const NEAR = '400px';

export class Charts {
  constructor(source) {
    this.source = source;
    this.figures = new Map();
    this.seen = new IntersectionObserver(entries => entries.forEach(({target, isIntersecting}) => {
      const figure = this.figures.get(target.dataset.plot);
      figure.near = isIntersecting;
      this.fetch(figure);
    }), {rootMargin: NEAR});
    byId('close').addEventListener('click', () => byId('larger').close());
    byId('zoom').addEventListener('input', () => this.zoom());
    byId('larger').addEventListener('close', () => this.smaller());
  }

  /** There may be more of them than before, and they show more. */
  async show() {
    const plots = await this.source.plots();
    byId('plots-panel').hidden = plots.length === 0;
    for (const plot of plots) if (!this.figures.has(plot.name)) this.figures.set(plot.name, this.figure(plot));
    for (const figure of this.figures.values()) figure.old = true;
    for (const figure of this.figures.values()) this.fetch(figure);
  }

  figure({name, title}) {
    const box = el('div', {class: 'drawing'});
    const larger = el('button', {type: 'button', 'aria-haspopup': 'dialog', 'aria-label': `Larger: ${title}`, onclick: () => this.enlarge(name)}, 'Larger');
    const download = el('a', {href: this.source.address(`plots/${name}.svg`), download: `${name}.svg`, 'aria-label': `SVG of ${title}`}, 'SVG');
    const element = el('figure', {class: 'plot', data: {plot: name}}, box, el('figcaption', {}, el('span', {class: 'title'}, title), el('span', {class: 'tools'}, larger, download)));
    byId('plots').append(element);
    this.seen.observe(element);
    return {name, title, box, old: true, near: false, busy: false, text: null};
  }

  async fetch(figure) {
    if (!figure.old || !figure.near || figure.busy) return;
    figure.busy = true;
    figure.old = false;
    try {
      const text = await this.source.plot(figure.name);
      if (text !== figure.text && this.open !== figure) figure.box.replaceChildren(drawing(text));
      figure.text = text;
    } catch {
      figure.old = true;
    } finally {
      figure.busy = false;
    }
  }

  /** The drawing itself moves: two of one would share their identifiers. */
  enlarge(name) {
    const figure = this.figures.get(name);
    const svg = figure.box.querySelector('svg');
    if (!svg) return;
    this.open = figure;
    figure.box.style.height = `${figure.box.clientHeight}px`;
    byId('larger-title').textContent = figure.title;
    byId('zoom').value = matchMedia('(max-width: 700px)').matches ? 200 : 100;
    byId('canvas').replaceChildren(svg);
    byId('larger').showModal();
    this.zoom();
  }

  zoom() {
    const svg = byId('canvas').querySelector('svg');
    if (svg) svg.style.width = `${byId('zoom').value}%`;
    byId('zoom').setAttribute('aria-valuetext', `${byId('zoom').value} %`);
  }

  smaller() {
    const {box, text} = this.open;
    byId('canvas').replaceChildren();
    box.replaceChildren(drawing(text));
    box.style.height = '';
    this.open = null;
  }
}

const drawing = text => document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true);
