// Ruledex: everything here is a convenience; every page reads and prints without it.
(() => {
  const root = document.documentElement, store = 'ruledex-theme';
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Before the page is painted. A browser may forbid the store, for pages on disk above all.
  try { const kept = localStorage.getItem(store); if (/^(light|dark)$/.test(kept)) root.dataset.theme = kept; } catch {}

  function button(text, name) {
    const made = document.createElement('button');
    made.type = 'button'; made.className = name; made.textContent = text;
    return made;
  }

  function theme() {
    const made = button('', 'theme');
    const dark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
    const say = () => { made.textContent = dark() ? 'Light' : 'Dark'; made.setAttribute('aria-label', `${made.textContent} theme`); };
    made.onclick = () => {
      root.dataset.theme = dark() ? 'light' : 'dark';
      try { localStorage.setItem(store, root.dataset.theme); } catch {}
      say();
    };
    say();
    $('.top')?.append(made);
  }

  function copy() {
    for (const part of $$('.code')) {
      const body = $('pre', part), made = button('Copy', 'copy');
      made.setAttribute('aria-live', 'polite');
      made.onclick = async () => {
        try { await navigator.clipboard.writeText(body.textContent); made.textContent = 'Copied'; }
        catch { getSelection().selectAllChildren(body); made.textContent = 'Selected'; }
        setTimeout(() => { made.textContent = 'Copy'; }, 1500);
      };
      part.prepend(made);
    }
  }

  // The contents show where the reader is.
  function spy() {
    const links = new Map($$('.toc a').map(a => [a.hash.slice(1), a]));
    const parts = [...links.keys()].map(id => document.getElementById(id)).filter(Boolean);
    if (!parts.length) return;
    const mark = () => {
      const now = parts.filter(part => part.getBoundingClientRect().top < innerHeight * .3).pop() || parts[0];
      for (const [id, a] of links) id === now.id ? a.setAttribute('aria-current', 'true') : a.removeAttribute('aria-current');
    };
    addEventListener('scroll', mark, { passive: true });
    mark();
  }

  // A list is narrowed by words in a box and by ticked facets. A facet's id is its key and a word: `l-high`, `p-windows`. A row carries
  // them in data-f, but for level and status, which are its cells' classes. The address keeps what is chosen: #l-high&p-windows&q=word
  function list() {
    const box = $('#filter'), table = $('.rules');
    if (!box || !table) return;
    const out = $('.tools output'), all = out.textContent, ticks = $$('.facets input');
    const rows = $$('tbody tr', table).map(row => {
      const words = new Set((row.dataset.f || '').split(' '));
      for (const cell of row.cells) if (/^(lv|st) /.test(cell.className)) words.add(cell.className[0] + '-' + cell.className.slice(3));
      return { row, words, text: row.textContent.toLowerCase() };
    });
    const run = () => {
      const terms = box.value.toLowerCase().split(/\s+/).filter(Boolean), groups = new Map();
      for (const tick of ticks) if (tick.checked) groups.set(tick.id[0], [...groups.get(tick.id[0]) || [], tick.id]);
      let count = 0;
      for (const { row, words, text } of rows) {
        const shown = terms.every(term => text.includes(term)) && [...groups.values()].every(ids => ids.some(id => words.has(id)));
        if (row.hidden === shown) row.hidden = !shown;
        count += shown;
      }
      const chosen = [...groups.values()].flat().map(encodeURIComponent);
      if (box.value) chosen.push('q=' + encodeURIComponent(box.value));
      out.textContent = chosen.length ? `${count.toLocaleString('en')} of ${rows.length.toLocaleString('en')} rules` : all;
      return chosen.join('&');
    };
    const keep = () => { const chosen = run(); try { history.replaceState(null, '', chosen ? '#' + chosen : location.pathname); } catch {} };
    const read = () => {
      const chosen = location.hash.slice(1).split('&').map(part => { try { return decodeURIComponent(part); } catch { return part; } });
      if (chosen.some(part => /^(\w-|q=)/.test(part))) {
        for (const tick of ticks) tick.checked = chosen.includes(tick.id);
        box.value = chosen.find(part => part.startsWith('q='))?.slice(2) || '';
      }
      run();
    };
    box.form.addEventListener('submit', event => event.preventDefault());
    box.addEventListener('input', keep);
    for (const tick of ticks) tick.addEventListener('change', keep);
    addEventListener('hashchange', read);
    if (matchMedia('(max-width: 59.99rem)').matches) $('.facets').open = false;
    read();
  }

  addEventListener('DOMContentLoaded', () => { theme(); copy(); spy(); list(); });
  addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input:not([type=checkbox]), select, textarea')) return;
    const box = $('#q, .find input, #filter');
    if (box) { event.preventDefault(); box.focus(); }
  });
})();
