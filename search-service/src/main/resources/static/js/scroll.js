// What scrolls sideways can be reached with the keyboard, but is no stop on the way where everything fits.
const fits = box => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight;

function look(box) {
  if (fits(box)) box.removeAttribute('tabindex');
  else box.tabIndex = 0;
}

const sizes = new ResizeObserver(changes => changes.map(({target}) => target.closest('.scroll')).filter(Boolean).forEach(look));

for (const box of document.querySelectorAll('.scroll')) {
  sizes.observe(box);
  // Its content, whatever comes to stand in it later.
  for (const child of box.children) sizes.observe(child);
  new MutationObserver(() => { for (const child of box.children) sizes.observe(child); }).observe(box, {childList: true});
}
