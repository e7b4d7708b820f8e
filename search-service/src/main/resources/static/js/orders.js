// Pause, resume and cancel, as searches and comparisons have them.
import {byId, el} from './dom.js';

const SURE_MILLIS = 4000;

/** @param then is called once an order has been given, or refused */
export function orders(search, source, then) {
  const give = intent => async event => {
    event.target.disabled = true;
    await source.order(intent).catch(() => null);
    then();
  };
  let sure = false;
  const cancel = el('button', {type: 'button', class: 'danger', onclick: event => {
    if (sure) return give('cancel')(event);
    sure = true;
    event.target.textContent = 'Really cancel?';
    setTimeout(() => { sure = false; event.target.textContent = 'Cancel'; }, SURE_MILLIS);
  }}, 'Cancel');
  // The same buttons stay, so that neither the question nor the focus is lost.
  const key = `${search.intent} ${search.ending}`;
  if (byId('orders').dataset.key === key) return;
  byId('orders').dataset.key = key;
  byId('orders').replaceChildren(...(search.ending || search.intent === 'CANCEL' ? [] : [
    search.intent === 'PAUSE' ? el('button', {type: 'button', onclick: give('resume')}, 'Resume') : el('button', {type: 'button', onclick: give('pause')}, 'Pause'),
    cancel]));
}
