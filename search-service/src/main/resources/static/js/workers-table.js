// The tables of the page of workers.
import {byId, el, fill} from './dom.js';
import {compact, count, duration, words} from './format.js';
import {namedPage, pageOf} from './layer-parts.js';

export const pageOfSearch = ({searchName, comparison}) => `/${comparison ? 'comparison' : 'search'}.html?name=${encodeURIComponent(searchName)}`;

/** The layer's own page, where it has one: {searchName, comparison, birth, reference}. */
export function layerLink(one, graphs, text) {
  const shown = text ?? (one.birth === null ? one.reference : `birth ${one.birth}`);
  if (one.birth !== null) return el('a', {href: pageOf(one.searchName, one.birth)}, shown);
  return graphs.has(one.reference) ? el('a', {href: namedPage(one.reference)}, shown) : el('span', {}, shown);
}

const searchLink = one => el('a', {href: pageOfSearch(one)}, one.searchName);

/** In words: what came of an evaluation. */
export const result = done => [words(done.kind), [done.stage, done.reason].filter(Boolean).map(words).join(', ')].filter(Boolean).join(': ');

export const since = (instant, now) => {
  const passed = now - (typeof instant === 'number' ? instant : Date.parse(instant));
  return passed < 2000 ? 'now' : `${duration(passed)} ago`;
};

/** How long an evaluation took: some take less than a second. */
export const took = millis => millis < 9950 ? `${(Math.max(0, millis) / 1000).toFixed(1)} s` : duration(millis);

const head = (...names) => el('thead', {}, el('tr', {}, ...names.map(name => name.startsWith('#') ? el('th', {class: 'number'}, name.slice(1)) : el('th', {}, name))));

export function figures(queue) {
  const figure = (name, value, unit) => el('div', {}, el('dt', {}, name), el('dd', {}, value, unit ? el('small', {}, ` ${unit}`) : null));
  fill(byId('figures'),
    figure('Live', count(queue.live), queue.silent ? `${count(queue.silent)} silent` : null),
    figure('In training', count(queue.training)),
    figure('Waiting', count(queue.waiting), queue.oldestMillis === null ? null : `the oldest for ${duration(queue.oldestMillis)}`),
    figure('Evaluations a minute', perMinute(queue.evaluationsPerMinute), 'over 5 minutes'),
    figure('Steps a second', compact(Math.round(queue.stepsPerSecond)), 'over 5 minutes'));
}

const perMinute = rate => rate < 10 ? rate.toFixed(1) : compact(Math.round(rate));

function training(worker, graphs) {
  if (worker.evaluation === null) return '';
  const step = worker.step === null ? null : el('span', {class: 'sub progress'},
    el('span', {class: 'bar'}, el('i', {width: `${Math.min(100, 100 * worker.step / worker.steps)}%`})),
    el('span', {}, `${worker.anchorName ?? `anchor ${worker.anchor + 1}`}, step ${count(worker.step)} of ${count(worker.steps)}`));
  return el('div', {}, el('span', {class: 'formula'}, layerLink(worker, graphs, worker.formula ?? worker.reference)), step,
    el('span', {class: 'sub'}, searchLink(worker), worker.birth === null ? '' : `, birth ${worker.birth}`));
}

function refusal(done, graphs, now) {
  if (!done) return el('span', {class: 'dim'}, 'none');
  return el('div', {}, result(done), el('span', {class: 'sub'}, layerLink(done, graphs), ' of ', searchLink(done), `, ${since(done.settled, now)}`));
}

export function live(workers, timelines, graphs) {
  byId('nobody').hidden = workers.length > 0;
  fill(byId('live'), workers.length === 0 ? null : head('worker', 'state', 'trains', '#a minute', '#steps/s', 'last refusal', 'device', '#started'),
    el('tbody', {}, ...workers.map(worker => {
      const lately = timelines.of(worker.id);
      return el('tr', {data: {worker: worker.id}},
        el('td', {class: 'name'}, worker.name, el('span', {class: 'sub'}, `${worker.host}, process ${worker.pid}, ${worker.version}`)),
        el('td', {}, el('span', {class: 'state', data: {state: worker.state}}, words(worker.state)),
          worker.state === 'SILENT' ? el('span', {class: 'sub'}, `seen ${since(worker.seenAt, timelines.now)}`) : null),
        el('td', {class: 'trains'}, training(worker, graphs)),
        el('td', {class: 'number'}, lately ? perMinute(lately.evaluationsPerMinute) : ''),
        el('td', {class: 'number'}, lately ? compact(Math.round(lately.stepsPerSecond)) : ''),
        el('td', {class: 'refusal'}, lately ? refusal(lately.refusal, graphs, timelines.now) : ''),
        el('td', {class: 'dim device'}, worker.device),
        el('td', {class: 'number dim'}, since(worker.startedAt, timelines.now)));
    })));
}

export function stopped(workers, more, graphs, now) {
  byId('none-stopped').hidden = workers.length > 0;
  byId('older').hidden = !more;
  fill(byId('stopped'), workers.length === 0 ? null : head('worker', 'why', '#lived', '#stopped'),
    el('tbody', {}, ...workers.map(worker => el('tr', {},
      el('td', {class: 'name'}, worker.name, el('span', {class: 'sub'}, `${worker.host}, process ${worker.pid}, ${worker.device}`)),
      el('td', {}, el('span', {class: worker.reason === 'finished' ? 'why' : 'why badly'}, worker.reason),
        worker.evaluation === null ? null : el('span', {class: 'sub'}, 'at ', layerLink(worker, graphs), ' of ', searchLink(worker))),
      el('td', {class: 'number dim'}, duration(Date.parse(worker.stoppedAt) - Date.parse(worker.startedAt))),
      el('td', {class: 'number dim'}, since(worker.stoppedAt, now))))));
}

export function queue({searches}) {
  byId('no-queue').hidden = searches.length > 0;
  fill(byId('queue'), searches.length === 0 ? null : head('search', '#waiting', '#oldest', '#in training'),
    el('tbody', {}, ...searches.map(one => el('tr', {},
      el('td', {}, searchLink({searchName: one.name, comparison: one.comparison}), one.comparison ? ' (comparison)' : ''),
      el('td', {class: 'number'}, count(one.waiting)),
      el('td', {class: 'number dim'}, one.oldestMillis === null ? '' : duration(one.oldestMillis)),
      el('td', {class: 'number'}, count(one.training))))));
}
