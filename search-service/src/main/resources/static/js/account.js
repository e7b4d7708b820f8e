// Who looks at the page, in its header. Orders are shown to operators alone: see css/parts.css.
import * as api from './api.js';
import {el} from './dom.js';

async function leave() {
  await api.logOut().catch(() => null);
  location.assign('/login.html');
}

async function show() {
  const {name, role} = await api.session();
  if (role === null) {
    location.replace(`/login.html?next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  document.documentElement.dataset.role = role;
  const said = role === 'OPERATOR' ? 'operator' : 'viewer';
  document.querySelector('[data-theme-switch]').before(
    el('span', {class: 'quiet account', title: `Logged in by ${name}`}, said),
    el('button', {type: 'button', class: 'quiet leave', id: 'log-out', onclick: leave}, 'Log out'));
}

show().catch(() => { /* The page itself says that the service does not answer. */ });
