// A login: by the token of a link, which stands in the address behind '#', or by what somebody types.
import * as api from './api.js';
import {byId} from './dom.js';

/** The page to go on to: one of ours, whatever the address says. */
function next() {
  const wanted = new URL(new URLSearchParams(location.search).get('next') ?? '/', location.origin);
  return wanted.origin === location.origin && wanted.pathname !== location.pathname ? wanted.pathname + wanted.search : '/';
}

const REFUSED = {
  issuer: 'The issuer did not log you in.',
  account: 'This account may not use this service. Its operator can add it to normforge.web.oidc.viewers or .operators.',
};

function say(text) {
  byId('refused').textContent = text;
  byId('refused').hidden = text === '';
  byId('token').setAttribute('aria-invalid', String(text !== ''));
}

async function enter(token) {
  say('');
  byId('enter').disabled = true;
  try {
    await api.logIn(token);
    location.replace(next());
  } catch (problem) {
    // Somebody who opens a link for the second time is still logged in by the first.
    const {role} = await api.session().catch(() => ({role: null}));
    if (role !== null) location.replace(next());
    else say(problem instanceof api.Problem ? problem.message : 'The service does not answer.');
  } finally {
    byId('enter').disabled = false;
  }
}

async function begin() {
  const token = location.hash.slice(1);
  // The token is used up in a moment; it need not stay in the history.
  if (token) history.replaceState(null, '', location.pathname + location.search);
  const {role, secret, oidc} = await api.session();
  if (token) {
    await enter(token);
  } else if (role !== null) {
    location.replace(next());
    return;
  }
  byId('what').textContent = secret ? 'Secret, key, or the token of a link' : 'Key, or the token of a link';
  byId('issuer').hidden = oidc === null;
  if (oidc) byId('issuer').href = oidc;
  const why = REFUSED[new URLSearchParams(location.search).get('refused')];
  if (why) say(why);
}

byId('login').addEventListener('submit', event => {
  event.preventDefault();
  const typed = byId('token').value.trim();
  // A whole link may be pasted, too.
  enter(typed.includes('#') ? typed.slice(typed.indexOf('#') + 1) : typed);
});
begin().catch(() => say('The service does not answer.')).finally(() => { byId('page').hidden = false; });
