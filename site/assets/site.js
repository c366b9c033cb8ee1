// Ruledex: everything here is a convenience; every page reads and prints without it.
(() => {
  const root = document.documentElement, store = 'ruledex-theme';
  const assets = document.currentScript.src.replace(/[^/]*$/, '');
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Before the page is painted. A browser may forbid the store, for pages on disk above all.
  try {
    const kept = localStorage.getItem(store);
    if (/^(light|dark)$/.test(kept)) root.dataset.theme = kept;
  } catch {}

  function button(text, name) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = name;
    made.textContent = text;
    return made;
  }

  function theme() {
    const made = button('', 'theme'), prefersDark = matchMedia('(prefers-color-scheme: dark)');
    const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : prefersDark.matches;
    const say = () => {
      made.textContent = isDark() ? 'Light' : 'Dark';
      made.setAttribute('aria-label', `${made.textContent} theme`);
    };
    made.onclick = () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
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
        try {
          await navigator.clipboard.writeText(body.textContent);
          made.textContent = 'Copied';
        } catch {
          getSelection().selectAllChildren(body);
          made.textContent = 'Selected';
        }
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
      const now = parts.findLast(part => part.getBoundingClientRect().top < innerHeight * .3) || parts[0];
      for (const [id, a] of links) {
        if (id === now.id) a.setAttribute('aria-current', 'true');
        else a.removeAttribute('aria-current');
      }
    };
    addEventListener('scroll', mark, { passive: true });
    mark();
  }

  // A list is narrowed by words in a box and by ticked facets. A facet's id is its key and a word: `l-high`,
  // `p-windows`. A row has them in data-f, but for level and status, which are its cells' classes.
  // The address keeps what is chosen: #l-high&p-windows&q=word
  function list() {
    const box = $('#filter'), trs = $$('.rules tbody tr, .narrowed tbody tr');
    if (!box || !trs.length) return;
    const noun = box.form.dataset.of || 'rules';
    const out = $('.tools output'), all = out.textContent, ticks = $$('.facets input');
    const rows = trs.map(row => {
      const facets = new Set((row.dataset.f || '').split(' '));
      for (const { className } of row.cells) {
        if (/^(lv|st) /.test(className)) facets.add(`${className[0]}-${className.slice(3)}`);
      }
      return { row, facets, text: row.textContent.toLowerCase() };
    });
    const chosenFacets = () => ticks.filter(tick => tick.checked).map(tick => tick.id);

    // Facets of one key are alternatives; keys and words add up.
    function narrow() {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean), byKey = {};
      for (const id of chosenFacets()) (byKey[id[0]] ||= []).push(id);
      const keys = Object.values(byKey);
      let count = 0;
      for (const { row, facets, text } of rows) {
        const shown = words.every(word => text.includes(word)) && keys.every(ids => ids.some(id => facets.has(id)));
        if (row.hidden === shown) row.hidden = !shown;
        count += shown;
      }
      const isNarrowed = words.length || keys.length;
      out.textContent = isNarrowed ? `${count.toLocaleString('en')} of ${rows.length.toLocaleString('en')} ${noun}` : all;
    }

    function keep() {
      narrow();
      const parts = chosenFacets();
      if (box.value) parts.push('q=' + encodeURIComponent(box.value));
      try { history.replaceState(null, '', parts.length ? '#' + parts.join('&') : location.pathname); } catch {}
    }

    function read() {
      const parts = location.hash.slice(1).split('&');
      if (parts.some(part => /^(\w-|q=)/.test(part))) {
        for (const tick of ticks) tick.checked = parts.includes(tick.id);
        const words = parts.find(part => part.startsWith('q=')) || 'q=';
        try { box.value = decodeURIComponent(words.slice(2)); } catch { box.value = words.slice(2); }
      }
      narrow();
    }

    box.form.addEventListener('submit', event => event.preventDefault());
    box.addEventListener('input', keep);
    for (const tick of ticks) tick.addEventListener('change', keep);
    addEventListener('hashchange', read);
    if (matchMedia('(max-width: 59.99rem)').matches) $('.facets')?.removeAttribute('open');
    read();
  }

  // Data that only some readers need: a classic script, since a page on disk may fetch nothing.
  function load(file, then) {
    const script = document.createElement('script');
    script.src = assets + file;
    script.onload = then;
    document.head.append(script);
  }

  // The matrix counts again from the rules that pass the filters, and shows the techniques of a platform. What it counts with
  // comes when a filter is first used. The address keeps what is chosen: #level=high&platform=Linux
  function matrix() {
    const form = $('#matrix-filter');
    if (!form) return;
    const out = $('output', form), selects = $$('select', form), steps = [0, 2, 5, 10, 25, 75];
    const items = $$('.mx li').map(item => ({
      item, id: $(':scope > a > .id', item).textContent, number: $(':scope > .v', item),
    }));
    const chosen = () => selects.filter(select => select.value).map(select => [select.name, select.value]);

    function count() {
      const { platforms, properties, techniques, rules } = globalThis.ruledexMatrix;
      const names = Object.keys(properties), wanted = new Map(chosen());
      const choice = names.map(name => wanted.has(name) ? properties[name].indexOf(wanted.get(name)) : null);
      const platform = wanted.has('platform') ? platforms.indexOf(wanted.get('platform')) : null;
      const counts = new Map();
      let total = 0;
      for (const [options, number, numbers] of rules) {
        if (!choice.every((wish, at) => wish === null || wish === options[at])) continue;
        total += number;
        const ids = numbers.map(at => techniques[at][0]);
        for (const id of new Set(ids.flatMap(id => [id, id.split('.')[0]]))) {
          counts.set(id, (counts.get(id) || 0) + number);
        }
      }
      const on = new Map(techniques.map(([id, on]) => [id, platform === null || on.includes(platform)]));
      const covered = new Set();
      for (const { item, id, number } of items) {
        const rules = counts.get(id) || 0;
        item.hidden = !on.get(id);
        if (!item.hidden && rules) covered.add(id);
        number.textContent = rules.toLocaleString('en');
        number.className = 'v h' + (rules ? steps.findLastIndex(most => rules > most) + 1 : 0);
        item.classList.toggle('zero', !rules);
      }
      for (const part of $$('.mx > section')) {
        const shown = $$('.tq > li', part).filter(item => !item.hidden);
        part.hidden = !shown.length;
        $('h2 span', part).textContent =
          `${shown.filter(item => !item.classList.contains('zero')).length} of ${shown.length}`;
      }
      const words = (number, name) => `${number.toLocaleString('en')} ${name}${number === 1 ? '' : 's'}`;
      out.textContent = `${words(total, 'rule')}, ${words(covered.size, 'technique')}`;
    }

    const run = () => globalThis.ruledexMatrix ? count() : load('matrix.js', count);

    function read() {
      const wanted = new Map(location.hash.slice(1).split('&').map(part => part.split('=')));
      for (const select of selects) {
        let value = wanted.get(select.name) || '';
        try { value = decodeURIComponent(value); } catch {}
        if ([...select.options].some(option => option.value === value)) select.value = value;
      }
      if (chosen().length) run();
    }

    form.addEventListener('submit', event => event.preventDefault());
    for (const select of selects) {
      select.addEventListener('change', () => {
        const parts = chosen().map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
        try { history.replaceState(null, '', parts.length ? '#' + parts.join('&') : location.pathname); } catch {}
        run();
      });
    }
    read();
  }

  // A link to something that is folded unfolds it.
  function unfold() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch {}
    const target = id && document.getElementById(id), part = target && $('details', target);
    if (part && target.matches('tr')) part.open = true;
  }

  addEventListener('hashchange', unfold);
  addEventListener('DOMContentLoaded', () => { theme(); unfold(); copy(); spy(); list(); matrix(); });
  addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.('input:not([type=checkbox]), select, textarea')) return;
    const box = $('#q, .find input, #filter');
    if (!box) return;
    event.preventDefault();
    box.focus();
  });
})();
