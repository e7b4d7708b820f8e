// One layer in a dialog, at a glance; its page has the rest.
import {byId, el} from './dom.js';
import {percent, plural, title, words} from './format.js';
import {pageOf, termRows} from './layer-parts.js';

/** A node a line, as layers are written by hand. */
function layerFile({nodes, ...head}) {
  const fields = Object.entries(head).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`).join(', ');
  return `{${fields},\n "nodes": [\n${nodes.map(node => `  {${Object.entries(node).map(([name, value]) => `"${name}": ${JSON.stringify(value).replaceAll(',', ', ')}`).join(', ')}}`).join(',\n')}\n]}\n`;
}

export async function openLayer(source, birth, anchors) {
  const {candidate, graph, phenotype, children} = await source.candidate(birth);
  const dialog = byId('layer');
  const close = () => dialog.close();
  const file = layerFile(graph);
  const copy = el('button', {type: 'button', onclick: () => navigator.clipboard.writeText(file).then(() => { copy.textContent = 'Copied'; })}, 'Copy layer file');
  const origin = candidate.parent === null ? 'a fresh random graph' : `a mutation of birth ${candidate.parent}`;
  const cost = candidate.tensorPasses === null ? '' : ` ${plural(candidate.operations, 'operation')}, ${candidate.tensorPasses} tensor passes${candidate.batchStatistics ? ', batch statistics' : ', no batch statistics'}.`;
  const fate = [candidate.stage, candidate.reason].filter(Boolean).map(words).join(', ');
  dialog.replaceChildren(
    el('header', {}, el('h2', {id: 'layer-title'}, `Birth ${candidate.birth}`), el('a', {class: 'all', href: pageOf(source.name, candidate.birth)}, 'Graph, lineage, evidence, code'), el('button', {type: 'button', onclick: close}, 'Close')),
    el('code', {class: 'formula'}, candidate.formula ?? 'not simplified'),
    el('p', {}, `${title(candidate.state)}${fate ? `: ${fate}` : ''}; ${origin}; mutated into ${children.length} others.${cost}`),
    candidate.scores ? el('table', {'aria-label': 'Accuracy'}, el('thead', {}, el('tr', {}, ...anchors.map(anchor => el('th', {}, anchor)), el('th', {}, 'mean'))),
      el('tbody', {}, el('tr', {}, ...candidate.scores.accuracies.map(one => el('td', {}, percent(one))), el('td', {}, percent(candidate.scores.mean))))) : '',
    el('h3', {}, 'What it computes'),
    el('div', {class: 'scroll'}, el('table', {'aria-label': 'Terms'}, ...termRows(phenotype))),
    el('h3', {}, 'Layer file'), el('pre', {tabindex: 0, role: 'group', 'aria-label': 'Layer file'}, file), copy);
  // The row that the dialog was opened from may have been drawn anew meanwhile.
  const opener = document.activeElement;
  const table = opener.closest('table');
  dialog.onclose = () => { if (!opener.isConnected) table?.querySelector(`tr[data-birth="${birth}"] button`)?.focus(); };
  dialog.showModal();
}

document.addEventListener('click', event => {
  const dialog = byId('layer');
  if (event.target === dialog) dialog.close();
});
