// What a layer can be taken home as: preview and download of every file, under a name of the reader's choice.
import {byId, el, fill} from './dom.js';

const BINARY = 'application/octet-stream';

export class Exports {
  constructor(files) {
    this.files = files;
    this.list = [];
    this.open = null;
  }

  async show() {
    this.list = await this.files.list();
    this.rows();
    for (const id of ['class', 'channels']) byId(id).addEventListener('change', () => this.named());
    byId('naming').addEventListener('submit', event => event.preventDefault());
  }

  /** As a query; what the reader left empty follows from the layer. */
  query() {
    const query = new URLSearchParams();
    if (byId('class').value.trim()) query.set('name', byId('class').value.trim());
    if (byId('channels').value) query.set('channels', byId('channels').value);
    return query.size ? `?${query}` : '';
  }

  rows() {
    byId('zip').href = this.files.zip(this.query());
    fill(byId('exports'), el('thead', {class: 'unseen'}, el('tr', {}, ...['file', 'content', 'preview'].map(name => el('th', {}, name)))), el('tbody', {}, ...this.list.map(one => el('tr', {},
      el('td', {}, el('a', {href: this.files.address(one.file, this.query()), download: one.file}, one.file)),
      el('td', {class: 'dim'}, one.description),
      el('td', {class: 'number'}, one.mediaType === BINARY ? ''
        : el('button', {type: 'button', 'aria-expanded': String(this.open === one.file), 'aria-controls': 'preview', 'aria-label': `Preview ${one.file}`, data: {file: one.file}}, 'Preview'))))));
    for (const button of byId('exports').querySelectorAll('button')) button.onclick = () => this.preview(button.dataset.file);
  }

  async named() {
    this.rows();
    if (this.open) await this.preview(this.open, true);
    else await this.refused(this.files.text('layer.json', this.query()));
  }

  /** Shows why the service refuses a name. */
  async refused(answer) {
    try {
      const text = await answer;
      byId('refused').hidden = true;
      return text;
    } catch (error) {
      byId('refused').hidden = false;
      byId('refused').textContent = error.message;
      return null;
    }
  }

  async preview(file, again = false) {
    const closing = this.open === file && !again;
    this.open = closing ? null : file;
    const text = closing ? null : await this.refused(this.files.text(file, this.query()));
    byId('preview').hidden = text === null;
    if (text !== null) {
      byId('preview').replaceChildren(el('h3', {}, file), el('pre', {tabindex: 0, role: 'group', 'aria-label': file}, text),
        el('button', {type: 'button', onclick: event => navigator.clipboard.writeText(text).then(() => { event.target.textContent = 'Copied'; })}, 'Copy'));
    }
    this.rows();
  }
}
