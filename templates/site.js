// Ruledex: everything here is a convenience; every page can be read and printed without it.
(() => {
  const root = document.documentElement, store = 'ruledex-theme';
  const assets = document.currentScript.src.replace(/[^/]*$/, ''), site = new URL('..', assets).href;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  // `2,345 rules`.
  const counted = (number, name) => `${number.toLocaleString('en')} ${name}${number === 1 ? '' : 's'}`;

  // Before the page is painted. A browser may deny storage, above all for pages on disk.
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

  // The table of contents shows where the reader is.
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

  // Data that only some readers need: a classic script, since a page on disk can't fetch anything.
  function load(file, then) {
    const script = document.createElement('script');
    script.src = assets + file;
    script.onload = then;
    document.head.append(script);
  }

  // Numbers, five bits per character, lowest first; see Sources/Site/Builders/Search/PackedNumbers.swift.
  const digits = new Map([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((c, at) => [c.charCodeAt(0), at]));
  function numbers(text) {
    const all = [];
    for (let at = 0, number = 0, shift = 0; at < text.length; at++) {
      const digit = digits.get(text.charCodeAt(at));
      number += (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        all.push(number);
        number = shift = 0;
      }
    }
    return all;
  }

  // Texts that share a prefix with the one before, and hashes in base 64; see Sources/Site/Builders/Search/PackedTexts.swift.
  function texts({ sizes, text }) {
    const counts = numbers(sizes), all = [];
    const hex = base64 => [...atob(base64)].map(c => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
    for (let next = 0, at = 0, last = ''; next < counts.length; next += 2, all.push(last)) {
      const kind = counts[next] % 3, left = counts[next + 1];
      const rest = text.slice(at, at += kind ? Math.ceil(left * 2 / 3) : left), digits = kind ? hex(rest) : rest;
      last = last.slice(0, (counts[next] - kind) / 3) + (kind === 2 ? digits.toUpperCase() : digits);
    }
    return all;
  }

  // For each rule, the numbers of the things that it has.
  function things(packed) {
    const counts = numbers(packed), all = [];
    for (let at = 0; at < counts.length;) {
      let number = 0;
      const own = [];
      for (let left = counts[at++]; left; left--) own.push(number += counts[at++]);
      all.push(own);
    }
    return all;
  }

  function element(name, content = '', attributes = {}) {
    const made = document.createElement(name);
    made.append(content);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // Lists are filtered by words in a box and by ticked facets, and sorted by their column headers. A facet's id is its key and a word:
  // `l-high`, `p-windows`. A row has them in data-f, except level and status, which are its cells' classes. The address keeps the
  // choice: #l-high&p-windows&sort=-level&q=word
  const ranks = {
    level: ['informational', 'low', 'medium', 'high', 'critical'],
    status: ['unsupported', 'deprecated', 'experimental', 'test', 'stable'],
  };
  const startsDown = kind => kind !== 'text';
  const rowsAtOnce = 500;

  // What a cell is sorted by; empty cells come last.
  function sortKey(kind, text) {
    if (kind === 'number') return Number(text.replace(/\D/g, ''));
    if (kind === 'date') return /^\d/.test(text) ? text : null;
    if (ranks[kind]) return ranks[kind].includes(text) ? ranks[kind].indexOf(text) : null;
    return text.toLowerCase();
  }

  // A row of the page as an item of a list.
  function rowItem(row, kinds) {
    const facets = new Set((row.dataset.f || '').split(' '));
    for (const { className } of row.cells) {
      if (/^(lv|st) /.test(className)) facets.add(`${className[0]}-${className.slice(3)}`);
    }
    const shown = cell => (cell.querySelector('a, code') || cell).textContent.trim();
    return {
      facets, text: row.textContent.toLowerCase(), row: () => row,
      key: at => sortKey(kinds[at], shown(row.cells[at])),
    };
  }

  // All rules as items, from assets/rules.js: what the rows of templates/rules.html show.
  function ruleItems(dialect) {
    const { ruledexRules: data } = globalThis;
    const [titles, slugs] = [texts(data.titles), texts(data.slugs)];
    const [dates, sources] = [numbers(data.dates), numbers(data.sourceOfRule)];
    const [dialects, levels, statuses, states, products, tactics, techniques] =
      ['dialects', 'levels', 'statuses', 'states', 'products', 'tactics', 'techniques'].map(name => {
        const names = data[name].names.map(names => names[0]);
        return things(data[name].ofRule).map(own => own.map(at => names[at]));
      });
    const withdrawn = new Set(data.withdrawn.map(at => data.techniques.names[at][0]));
    const two = number => String(number).padStart(2, '0');
    const word = text => [...new TextEncoder().encode(text)].map(byte => {
      const c = String.fromCharCode(byte);
      return /[\w.-]/.test(c) ? c : '~' + two(byte.toString(16).toUpperCase());
    }).join('');
    return titles.map((title, at) => {
      const [level] = levels[at], [status] = statuses[at], [state] = states[at], source = data.sources[sources[at]];
      const seen = state === 'partly' ? 'partly blind' : state;
      const months = Math.floor(dates[at] / 31), own = techniques[at].filter(id => !withdrawn.has(id));
      const date = months ? `${Math.floor(months / 12)}-${two(months % 12 + 1)}-${two(dates[at] % 31 + 1)}` : 'no date';
      const cells = [title, level || 'no level', status || 'no status', '', date];
      const kinds = ['text', 'level', 'status', '', 'date'];
      return {
        dialect: dialects[at][0], date, title: title.toLowerCase(), text: [title, source, seen, ...cells.slice(1), ...own].join(' ').toLowerCase(),
        facets: new Set([
          `d-${dialects[at][0]}`, `p-${word(products[at][0] || 'none')}`, ...tactics[at].map(id => `t-${id}`),
          ...level ? [`l-${level}`] : [], ...status ? [`s-${status}`] : [], ...state ? [`w-${state}`] : [],
        ]),
        key: column => sortKey(kinds[column], cells[column]),
        row() {
          const head = element('th', '', { scope: 'row' }), row = element('tr', head), ids = element('td');
          const about = element('i', source);
          if (state) about.append(' ', element('span', seen, { class: `state ${state}` }));
          head.append(element('a', title, { href: `${site}rules/${dialects[at][0]}/${slugs[at]}/index.html` }), about);
          for (const id of own) ids.append(element('a', id, { href: `${site}attack/${id}/index.html` }), ' ');
          row.append(element('td', cells[1], level ? { class: `lv ${level}` } : {}),
            element('td', cells[2], status ? { class: `st ${status}` } : {}), ids, element('td', date));
          return row;
        },
      };
    }).filter(item => !dialect || item.dialect === dialect)
      // Newest first, as on the pages.
      .sort((left, right) => left.date !== right.date
        ? (left.date === 'no date') - (right.date === 'no date') || (left.date < right.date ? 1 : -1)
        : left.title < right.title ? -1 : Number(left.title > right.title));
  }

  // A table whose rows can be filtered and sorted. One that continues on other pages then takes all of its rows from the data.
  function list(table, said) {
    const heads = $$('th[data-sort]', table), body = table.tBodies[0], isPart = 'total' in table.dataset;
    const columns = $$('thead th', table), kinds = columns.map(head => head.dataset.sort);
    const asWritten = heads.map(head => head.getAttribute('aria-sort')), parts = $('nav.parts', table.parentNode);
    const rows = [...body.rows], own = rows.map(row => rowItem(row, kinds));
    let items = own, passes = null, order = null, shown = rowsAtOnce;
    const more = button('', 'more');
    more.onclick = () => { shown += rowsAtOnce; draw(); };

    function draw() {
      let all = passes ? items.filter(passes) : items;
      if (order) {
        const way = order.isDown ? -1 : 1, keys = new Map(all.map(item => [item, item.key(order.column)]));
        all = [...all].sort((left, right) => {
          const [one, other] = [keys.get(left), keys.get(right)];
          if (one === other) return 0;
          if (one === null || other === null) return one === null ? 1 : -1;
          return one < other ? -way : way;
        });
      }
      const isWhole = isPart && !passes && !order;
      const made = (isWhole ? own : all).slice(0, isPart ? shown : all.length).map(item => item.row());
      body.replaceChildren(...made);
      if (parts) parts.hidden = !isWhole;
      const left = isWhole ? 0 : all.length - made.length;
      more.hidden = !left;
      more.textContent = `${Math.min(left, rowsAtOnce)} more of ${all.length.toLocaleString('en')}`;
      if (isPart) table.after(more);
      said(all.length, items.length, Boolean(passes));
    }

    function update() {
      if (!isPart || items !== own || !(passes || order)) return draw();
      const take = () => { items = ruleItems(table.dataset.dialect); draw(); };
      if (globalThis.ruledexRules) take(); else load('rules.js', take);
    }

    // What else is sorted with it: rows of a table that is folded below it.
    function takeRest() {
      const rest = table.nextElementSibling;
      if (!rest?.matches('details.rest')) return;
      own.push(...$$('tbody tr', rest).map(row => rowItem(row, kinds)));
      rest.remove();
    }

    function sort(next) {
      if (next) takeRest();
      order = next;
      heads.forEach((head, at) => {
        const column = columns.indexOf(head);
        const now = !order ? asWritten[at] : order.column === column ? order.isDown ? 'descending' : 'ascending' : null;
        if (now) head.setAttribute('aria-sort', now); else head.removeAttribute('aria-sort');
      });
      shown = rowsAtOnce;
    }

    for (const head of heads) {
      const made = button(head.textContent, 'sort');
      made.onclick = () => {
        const column = columns.indexOf(head), down = startsDown(head.dataset.sort);
        const isOwn = order?.column === column;
        sort(!isOwn ? { column, isDown: down } : order.isDown === down ? { column, isDown: !down } : null);
        update();
        table.dispatchEvent(new Event('sorted'));
      };
      head.replaceChildren(made);
    }
    return {
      table, update,
      narrow(test) { passes = test; shown = rowsAtOnce; update(); },
      get sorting() { return order ? (order.isDown ? '-' : '') + columns[order.column].textContent.toLowerCase() : ''; },
      set sorting(words) {
        const column = columns.findIndex(head => head.dataset.sort && head.textContent.toLowerCase() === words.replace(/^-/, ''));
        sort(column < 0 ? null : { column, isDown: words.startsWith('-') });
      },
    };
  }

  function lists() {
    const box = $('#filter'), out = $('.tools output'), before = out?.textContent;
    const noun = box?.form.dataset.of || 'rules', query = box?.form.dataset.query, ticks = $$('.facets input');
    const counts = new Map();
    const all = $$('table.list:has(th[data-sort])').map(table => list(table, (...numbers) => {
      if (!box) return;
      counts.set(table, numbers);
      const [shown, total] = [0, 1].map(at => [...counts.values()].reduce((sum, numbers) => sum + numbers[at], 0));
      out.textContent = [...counts.values()].some(numbers => numbers[2])
        ? `${shown.toLocaleString('en')} of ${total.toLocaleString('en')} ${noun}` : before;
      // What isn't here may be on a page that the list doesn't reach.
      if (query && box.value.trim() && !shown) {
        out.append('; ', element('a', 'search all pages', {
          href: `${site}search.html?q=${encodeURIComponent(`${query} ${box.value}`)}`,
        }));
      }
    }));
    if (!box || !all.length) return;
    const chosen = () => ticks.filter(tick => tick.checked).map(tick => tick.id);

    // Facets of one key are alternatives; different keys and words must all match.
    function narrow() {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean), byKey = {};
      for (const id of chosen()) (byKey[id[0]] ||= []).push(id);
      const keys = Object.values(byKey);
      const passes = ({ text, facets }) =>
        words.every(word => text.includes(word)) && keys.every(ids => ids.some(id => facets.has(id)));
      for (const list of all) list.narrow(words.length || keys.length ? passes : null);
    }

    function keep() {
      const parts = chosen();
      if (all[0].sorting) parts.push('sort=' + all[0].sorting);
      if (box.value) parts.push('q=' + encodeURIComponent(box.value));
      try { history.replaceState(null, '', parts.length ? '#' + parts.join('&') : location.pathname); } catch {}
    }

    function read() {
      const parts = location.hash.slice(1).split('&');
      const after = name => parts.find(part => part.startsWith(name))?.slice(name.length) || '';
      if (!parts.some(part => /^(\w-|q=|sort=)/.test(part))) return;
      for (const tick of ticks) tick.checked = parts.includes(tick.id);
      try { box.value = decodeURIComponent(after('q=')); } catch { box.value = after('q='); }
      all[0].sorting = after('sort=');
      narrow();
    }

    const change = () => { narrow(); keep(); };
    box.form.addEventListener('submit', event => event.preventDefault());
    box.addEventListener('input', change);
    for (const tick of ticks) tick.addEventListener('change', change);
    all[0].table.addEventListener('sorted', keep);
    addEventListener('hashchange', read);
    if (matchMedia('(max-width: 59.99rem)').matches) $('.facets')?.removeAttribute('open');
    // A browser that goes back restores what was typed and ticked.
    if (box.value || chosen().length) narrow();
    read();
  }

  // The matrix counts again from the rules that pass the filters, and shows the techniques of a platform. The data
  // is loaded when a filter is first used. The address keeps the choice: #level=high&platform=Linux
  function matrix() {
    const form = $('#matrix-filter');
    if (!form) return;
    const out = $('output', form), selects = $$('select', form), steps = [0, 2, 5, 10, 25, 75];
    const intro = $('#matrix-counts'), scope = $('#matrix-scope');
    const items = $$('.mx li').map(item => ({
      item, id: $(':scope > a > .id', item).textContent, number: $(':scope > .v', item), mark: $(':scope > a > .state', item),
    }));
    const chosen = () => selects.filter(select => select.value).map(select => [select.name, select.value]);

    function count() {
      const { platforms, properties, states, techniques, rules } = globalThis.ruledexMatrix;
      const names = Object.keys(properties), wanted = new Map(chosen());
      const choice = names.map(name => wanted.has(name) ? properties[name].indexOf(wanted.get(name)) : null);
      const platform = wanted.has('platform') ? platforms.indexOf(wanted.get('platform')) : null;
      // By technique: how many rules, how many of them aren't blind, and the best of their states, which are sorted best first.
      const counts = new Map();
      let total = 0;
      for (const [options, number, numbers, state] of rules) {
        if (!choice.every((wish, at) => wish === null || [options[at]].flat().includes(wish))) continue;
        total += number;
        const ids = numbers.map(at => techniques[at][0]);
        for (const id of new Set(ids.flatMap(id => [id, id.split('.')[0]]))) {
          const now = counts.get(id) || { rules: 0, awake: 0, state };
          now.rules += number;
          if (state !== states.length - 1) now.awake += number;
          now.state = Math.min(now.state, state);
          counts.set(id, now);
        }
      }
      // With telemetry, techniques that run, even if partly blind: the first two states.
      const finds = item => {
        const found = counts.get($(':scope > a > .id', item).textContent);
        return found && (!states.length || found.state < 2);
      };
      const on = new Map(techniques.map(([id, on]) => [id, platform === null || on.includes(platform)]));
      const shown = new Set(), covered = new Set();
      for (const { item, id, number, mark } of items) {
        const { rules, awake, state } = counts.get(id) || { rules: 0, awake: 0 };
        item.hidden = !on.get(id);
        if (!item.hidden) shown.add(id);
        if (!item.hidden && rules) covered.add(id);
        number.textContent = rules.toLocaleString('en');
        number.className = 'v h' + (awake ? steps.findLastIndex(most => awake > most) + 1 : 0);
        item.classList.toggle('zero', !rules);
        if (!mark) continue;
        mark.hidden = !rules;
        if (!rules) continue;
        mark.className = `state ${states[state][0]}`;
        mark.firstElementChild.textContent = states[state][1];
      }
      for (const part of $$('.mx > section')) {
        const all = $$('.tq > li', part).filter(item => !item.hidden);
        part.hidden = !all.length;
        const left = all.filter(item => !item.classList.contains('out'));
        $('h2 span', part).textContent = left.length || !all.length
          ? `${left.filter(item => finds(item)).length} of ${left.length}${states.length ? ' run' : ''}` : 'out of scope';
      }
      // What holds a technique up, and the share in scope, are shown only for all rules.
      const filtered = chosen().length > 0;
      $('.mx').classList.toggle('filtered', filtered);
      if (scope) scope.hidden = filtered;
      out.textContent = `${counted(total, 'rule')}, ${counted(covered.size, 'technique')}`;
      // The sentence as Sources/Site/Builders/Matrix/MatrixPageBuilder.swift writes it.
      const parts = states.map(([, , one, many], at) => {
        const number = [...covered].filter(id => counts.get(id).state === at).length;
        return number ? `${number.toLocaleString('en')} ${number === 1 ? one : many}` : '';
      }).filter(Boolean);
      const last = parts.pop(), rest = parts.length ? `${parts.join(', ')} and ` : '';
      intro.textContent = `${covered.size.toLocaleString('en')} of ${counted(shown.size, 'technique')} and sub-techniques have a rule` +
        (last ? `: ${rest}${last}.` : '.');
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

  // The comparison of groups and its data are loaded when it is first used.
  function compare() {
    const box = $('#compare-name');
    if (!box) return;
    let isAsked = false;
    const start = () => {
      if (isAsked) return;
      isAsked = true;
      load('threats.js', () => load('compare.js'));
    };
    box.form.addEventListener('submit', event => event.preventDefault());
    box.addEventListener('focus', start);
    addEventListener('hashchange', start);
    if (location.search || location.hash.length > 1 && location.hash !== '#main') start();
  }

  // A link to something folded unfolds it.
  function unfold() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch {}
    const target = id && document.getElementById(id), part = target && $('details', target);
    if (part && target.matches('tr')) part.open = true;
  }

  addEventListener('hashchange', unfold);
  // The search has its own script.
  globalThis.ruledex = { $, button, counted, element, load, numbers, texts, things, root: site };

  addEventListener('DOMContentLoaded', () => {
    theme();
    unfold();
    copy();
    spy();
    lists();
    matrix();
    compare();
    if ($('#q')) load('search.js');
  });
  addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.('input:not([type=checkbox]), select, textarea')) return;
    const box = $('#q, .find input, #filter');
    if (!box) return;
    event.preventDefault();
    box.focus();
  });
})();
