// Other births that are the same layer: by what they compute, by what they do at initialisation, and in other searches.
import {byId, el, fill, unseen} from './dom.js';
import {count, dataLabel, percent} from './format.js';
import {ending, pageOf} from './layer-parts.js';

const head = (...names) => el('thead', {}, el('tr', {}, ...names.map(name => el('th', {class: name === 'mean' || name === 'births' ? 'number' : null}, name))));

const births = search => ({
  head: head('birth', 'layer', 'what became of it', 'mean'),
  row: one => el('tr', {}, el('td', {}, el('a', {href: pageOf(search, one.birth)}, one.birth)), el('td', {class: 'formula'}, one.formula ?? ''),
    el('td', {class: 'dim'}, ending(one)), el('td', {class: 'number'}, one.scores ? percent(one.scores.mean) : unseen('no score'))),
});

const searches = {
  head: head('search', 'images', 'births', 'mean'),
  row: one => el('tr', {}, el('td', {}, el('a', {href: pageOf(one.search, one.firstBirth)}, one.search)), el('td', {class: 'dim'}, dataLabel(one.data)),
    el('td', {class: 'number'}, count(one.births)), el('td', {class: 'number'}, one.scores ? percent(one.scores.mean) : unseen('no score'))),
};

export function equivalents(source, birth, search, kin) {
  byId('equals-panel').hidden = false;
  const many = kin.sameBehaviour >= 10000 ? '10,000 or more' : count(kin.sameBehaviour);
  const groups = [
    [kin.samePhenotype, `${count(kin.samePhenotype)} other birth${kin.samePhenotype === 1 ? ' computes' : 's compute'} the same`, 'Same phenotype', births(search), next => source.equivalents(birth, 'PHENOTYPE', next)],
    [kin.sameBehaviour, `${many} with another formula do${kin.sameBehaviour === 1 ? 'es' : ''} the same at initialisation`, 'Same at initialisation', births(search), next => source.equivalents(birth, 'BEHAVIOUR', next)],
    [kin.searchesWithPhenotype, `Proposed in ${count(kin.searchesWithPhenotype)} other search${kin.searchesWithPhenotype === 1 ? '' : 'es'}`, 'Other searches', searches, next => source.elsewhere(birth, 'PHENOTYPE', next)],
  ].filter(([number]) => number > 0);
  byId('equals-none').hidden = groups.length > 0;
  fill(byId('equals'), ...groups.map(([, title, label, shape, read]) => group(title, label, shape, read)));
}

function group(title, label, {head: names, row}, read) {
  const body = el('tbody');
  const said = el('p', {class: 'note', role: 'status'});
  let next = null;
  let begun = false;
  const load = async () => {
    begun = true;
    try {
      const page = await read(next);
      const first = body.children.length;
      body.append(...page.items.map(row));
      next = page.next;
      const focused = document.activeElement === more;
      more.hidden = next === null;
      if (focused) body.children[first]?.querySelector('a').focus();
      fill(said);
    } catch (error) {
      begun = false;
      fill(said, error.message);
    }
  };
  const more = el('button', {type: 'button', hidden: true, onclick: load}, 'More');
  return el('details', {class: 'equal', ontoggle: event => { if (event.target.open && !begun) load(); }}, el('summary', {}, title),
    el('div', {class: 'scroll', role: 'group', 'aria-label': label}, el('table', {'aria-label': label}, names, body)), more, said);
}
