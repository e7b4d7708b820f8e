// Ordering a comparison. The service says what is wrong; it stands at its field.
import {byId, el, fill} from './dom.js';
import {count, dataLabel} from './format.js';
import * as source from './comparison-source.js';

const FIELDS = ['comparison', 'name', 'data', 'seeds', 'firstSeed', 'minutes'];
const NUMBERS = ['seeds', 'firstSeed', 'minutes'];

/** What is no number goes as it was written: the service says what it expected. */
const numeric = text => text.trim() !== '' && Number.isFinite(+text) && Number.isSafeInteger(Math.round(+text)) ? +text : text;

export class OrderForm {
  async show() {
    this.known = await source.named();
    fill(byId('comparison'), ...this.known.map(one => el('option', {value: one.name}, one.name)));
    byId('comparison').value = this.known[0].name;
    byId('comparison').addEventListener('change', () => this.chosen());
    byId('order').addEventListener('submit', event => {
      event.preventDefault();
      this.send();
    });
    for (const field of FIELDS) byId(field).addEventListener('input', () => this.tell(field, ''));
    this.chosen();
  }

  /** What its specification says stands where nothing is entered. */
  chosen() {
    const {name, published, spec} = this.known.find(one => one.name === byId('comparison').value);
    const anchors = spec.proxy.anchors.map(anchor => anchor.name);
    fill(byId('about'), el('p', {}, `${count(spec.layers.length)} layers on ${anchors.join(', ')}; ${dataLabel(spec.proxy.data.name)}.`),
      published.length === 0 ? null : el('p', {}, 'It measures what was published:'),
      published.length === 0 ? null : el('ul', {}, ...published.map(finding => el('li', {}, finding))));
    byId('seeds').placeholder = spec.seeds;
    byId('firstSeed').placeholder = spec.firstSeed;
    byId('minutes').placeholder = spec.minutes ?? 'no limit';
    if (!byId('name').value || byId('name').dataset.proposed === byId('name').value) {
      byId('name').value = byId('name').dataset.proposed = `${name}-${new Date().toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}`;
    }
  }

  body() {
    const body = {};
    for (const field of FIELDS) {
      const value = byId(field).value;
      if (value !== '') body[field] = NUMBERS.includes(field) ? numeric(value) : value;
    }
    return body;
  }

  tell(field, text) {
    byId(field).setAttribute('aria-invalid', String(text !== ''));
    byId(`${field}-refused`).textContent = text;
  }

  async send() {
    for (const field of FIELDS) this.tell(field, '');
    byId('refused').textContent = '';
    const button = byId('order').querySelector('[type="submit"]');
    button.disabled = true;
    try {
      location.assign(source.pageOf((await source.order(this.body())).name));
    } catch (error) {
      button.disabled = false;
      if (FIELDS.includes(error.field)) {
        this.tell(error.field, error.message);
        byId(error.field).focus();
      } else {
        byId('refused').textContent = error.message;
      }
    }
  }
}
