// Runs before the first paint: the reader's own choice, else the system's.
'use strict';
(() => {
  const root = document.documentElement;
  const stored = () => { try { return localStorage.getItem('theme'); } catch { return null; } };
  const choice = stored();
  if (choice === 'light' || choice === 'dark') root.dataset.theme = choice;
  const dark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const changed = () => document.dispatchEvent(new CustomEvent('theme-changed'));
  document.addEventListener('click', event => {
    if (!event.target.closest('[data-theme-switch]')) return;
    root.dataset.theme = dark() ? 'light' : 'dark';
    try { localStorage.setItem('theme', root.dataset.theme); } catch { /* private window: this page only */ }
    changed();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
})();
