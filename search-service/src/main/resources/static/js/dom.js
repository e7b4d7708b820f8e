// Building elements from values, never from strings of HTML: what a layer or a search is called cannot become markup.

/** el('td', {class: 'number', data: {birth: 3}}, 'text', child) */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'data') Object.assign(element.dataset, value);
    else if (name === 'width') element.style.width = value;
    else if (name === 'left') element.style.left = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

export const byId = id => document.getElementById(id);

/** Replaces the children of an element, but only where something changed: a selection, a hover and the focus survive. */
export function fill(element, ...children) {
  const next = document.createElement(element.tagName);
  next.append(...children.filter(child => child !== null && child !== undefined));
  if (next.innerHTML === element.innerHTML) return;
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  element.replaceChildren(...next.childNodes);
  // Whoever reads with the keyboard is not sent back to the top because a number has changed.
  if (focused) [...element.querySelectorAll(focused.localName)].find(one => sense(one) === sense(focused))?.focus({preventScroll: true});
}

/** What a link, a button or a box is for, whatever else its text says. */
const sense = element => element.getAttribute('href') ?? element.dataset.file ?? element.dataset.pick ?? element.dataset.birth ?? (element.value || element.textContent);

/** For screen readers only. */
export const unseen = text => el('span', {class: 'unseen'}, text);

/** The value of a colour token in the present theme. */
export function colour(token) {
  const probe = el('span', {hidden: true});
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}
