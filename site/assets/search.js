// Ruledex's search page. What a query means is described in Sources/Search/SearchQuery.swift, and `ruledex search` answers the same; tests
// keep the two in step. The index comes in scripts, since a page on disk can't fetch anything: assets/rules.js, search-index.js, and
// then the values, file by file.
(() => {
  const { $, button, counted, element, load, numbers, texts, things, root } = globalThis.ruledex;
  const box = $('#q'), out = $('#found'), hits = $('#hits'), completions = $('#completions');
  const filters = ['title', 'id', 'technique', 'tactic', 'group', 'campaign', 'software', 'event', 'provider', 'field', 'value', 'excludes', 'author', 'level', 'status',
    'state', 'product', 'category', 'service', 'dialect'];
  const namesOfWords = ['technique', 'group', 'campaign', 'software', 'event', 'provider', 'field', 'product', 'category', 'service', 'author'];
  const levels = ['informational', 'low', 'medium', 'high', 'critical'];

  // As Sources/Search/FoldedText.swift: a letter at a time, so that its neighbours don't matter.
  function fold(text) {
    const plain = text.replace(/[\0-\x1f]/g, ' ');
    return /^[\0-\x7f]*$/.test(plain) ? plain.toLowerCase() : [...plain].map(letter => letter.toLowerCase()).join('');
  }

  function parse(query) {
    const terms = [], space = '[\\0-\\x20\\xa0]', word = '[^\\0-\\x20\\xa0]';
    const term = new RegExp(`${space}*(-?)(?:(${filters.join('|')}):)?(?:"([^"]*)(?:"|$)|(${word}*))`, 'iy');
    while (term.lastIndex < query.length) {
      const [, hyphen, filter, quoted, bare] = term.exec(query), text = fold(quoted ?? bare);
      if (text) terms.push({ filter: filter?.toLowerCase(), text, isNegated: Boolean(hyphen) });
    }
    return terms;
  }

  // 1. The index ------------------------------------------------------------

  // Named things: what each is called, which rules have it, and where its page is.
  function table(names, ofRule, pages = []) {
    const rules = names.map(() => []);
    ofRule.forEach((own, rule) => { for (const at of own) rules[at].push(rule); });
    return { names, folded: names.map(all => all.map(fold)), ofRule, rules, counts: rules.map(all => all.length), pages };
  }

  const plainTable = ({ names, ofRule, pages }) => table(names, things(ofRule), pages && texts(pages));

  // A sub-technique has the names of its technique as well, and a technique's rules are its own and those of its sub-techniques.
  function techniqueTable(packed, own, pages) {
    const ids = packed.names.map(names => names[0]), numberOf = new Map(ids.map((id, at) => [id, at]));
    const parents = ids.map(id => id.includes('.') ? numberOf.get(id.split('.')[0]) : undefined);
    const made = table(ids.map((id, at) => {
      const parent = parents[at];
      return parent === undefined ? [id, own[at]] : [id, `${own[parent]}: ${own[at]}`, own[at], ids[parent], own[parent]];
    }), things(packed.ofRule), pages);
    made.counts.fill(0);
    for (const own of made.ofRule) {
      for (const at of new Set(own.flatMap(at => [at, parents[at] ?? at]))) made.counts[at]++;
    }
    return made;
  }

  function eventTables({ providers, events }) {
    const [names, titles, ofEvent] = [texts(events.names), texts(events.titles), numbers(events.providers)];
    const ofRule = things(events.ofRule);
    const event = table(names.map((name, at) => [
      `${providers[ofEvent[at]][0]} ${name}`, name, ...titles[at] ? [titles[at]] : [],
    ]), ofRule, texts(events.pages));
    const provider = table(providers, ofRule.map(own => [...new Set(own.map(at => ofEvent[at]))].sort((a, b) => a - b)));
    return { event: { ...event, providers: ofEvent }, provider };
  }

  function unpackRules() {
    const { ruledexRules: rules, ruledexIndex: index } = globalThis;
    const [titles, slugs, packedIDs] = [rules.titles, rules.slugs, index.ids].map(texts);
    const ids = packedIDs.map(id => id.startsWith('=') ? id.slice(1) : id.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'));
    const tables = {
      technique: techniqueTable(rules.techniques, texts(index.techniqueNames), texts(index.techniquePages)),
      ...eventTables(index),
      tactic: plainTable(rules.tactics), group: plainTable(index.groups), campaign: plainTable(index.campaigns),
      software: plainTable(index.software), field: plainTable(index.fields), author: plainTable(index.authors),
      level: plainTable(rules.levels), status: plainTable(rules.statuses), state: plainTable(rules.states), product: plainTable(rules.products),
      category: plainTable(index.categories), service: plainTable(index.services), dialect: plainTable(rules.dialects),
    };
    const first = (name, at) => tables[name].names[tables[name].ofRule[at][0]]?.[0];
    const sources = numbers(rules.sourceOfRule).map(at => rules.sources[at]);
    const all = titles.map((title, at) => ({
      title, folded: fold(title), key: `${first('dialect', at)}/${slugs[at]}`, id: ids[at], source: sources[at],
      level: first('level', at), rank: levels.indexOf(first('level', at)) + 1
        + (/^(deprecated|unsupported)$/.test(first('status', at)) ? 0 : 10),
    }));
    for (const rule of all) rule.ids = [fold(rule.key), fold(rule.id)];
    return { rules: all, tables, shards: index.shards, values: [] };
  }

  // See Sources/Site/Builders/Search/SearchData.swift.
  function unpackValues({ isExcluded, ways, groups, texts: packed, pages: packedPages }) {
    const all = texts(packed), pages = texts(packedPages), counts = numbers(groups), starts = new Int32Array(all.length + 1);
    const folded = all.map(fold), fields = new Int32Array(all.length), how = new Int32Array(all.length);
    const rules = [], pageOf = new Map();
    let nextPage = 0, start = 0;
    folded.forEach((text, at) => { starts[at] = start; start += text.length + 1; });
    starts[all.length] = start;
    for (let at = 0, rule = 0, value = 0; at < counts.length;) {
      rule += counts[at++];
      const field = counts[at++], way = counts[at++];
      for (let left = counts[at++]; left; left--, value++) {
        const own = [rule];
        for (let others = counts[at++], last = rule; others; others--) own.push(last += counts[at++]);
        if (own.length > 1) pageOf.set(value, pages[nextPage++]);
        fields[value] = field;
        how[value] = way;
        rules.push(own);
      }
    }
    return { isExcluded: Boolean(isExcluded), ways, texts: all, hay: folded.join('\n'), starts, fields, how, rules, pageOf };
  }

  let data = null;

  function read(then) {
    const loadValues = number => {
      if (number > data.shards) {
        // A browser optimizes code once it has run: better now than after the first key.
        setTimeout(() => { for (const text of 'eai') for (const { find } of kinds) find([{ text }]); });
        return;
      }
      load(`search-values-${number}.js`, () => {
        data.values.push(unpackValues(globalThis[`ruledexValues${number}`]));
        delete globalThis[`ruledexValues${number}`];
        then();
        loadValues(number + 1);
      });
    };
    load('rules.js', () => load('search-index.js', () => {
      data = unpackRules();
      then();
      loadValues(1);
    }));
  }

  // 2. Searching ------------------------------------------------------------

  // Calls back with each value that has the text in it.
  function eachValue(text, isExcluded, found) {
    for (const shard of data.values) {
      if (shard.isExcluded !== isExcluded) continue;
      const { hay, starts } = shard;
      for (let at = hay.indexOf(text), value = 0; at >= 0; at = hay.indexOf(text, starts[value + 1])) {
        let end = starts.length - 1;
        while (value + 1 < end) {
          const middle = (value + end) >> 1;
          if (starts[middle] <= at) value = middle; else end = middle;
        }
        found(shard, value);
      }
    }
  }

  // Which things a text means: the one with exactly this name, or else all with the text in a name.
  function meant({ folded }, text, exactFirst) {
    const exact = exactFirst ? folded.map(names => names.includes(text)) : [];
    return exact.includes(true) ? exact : folded.map(names => names.some(name => name.includes(text)));
  }

  // For each rule, why a term matches: 0 if it doesn't, or else a number among the reasons, from 1.
  function reasons({ filter, text }) {
    const { rules, tables } = data, why = new Uint32Array(rules.length), made = [];
    function give(all, reason) {
      let number = 0;
      for (let next = 0; next < all.length; next++) {
        if (why[all[next]]) continue;
        number ||= made.push(reason());
        why[all[next]] = number;
      }
    }
    const values = isExcluded => eachValue(text, isExcluded, (shard, value) =>
      give(shard.rules[value], () => ({ filter: isExcluded ? 'excludes' : 'value', shard, value })));
    function names(name, exactFirst) {
      const is = meant(tables[name], text, exactFirst);
      for (let thing = 0; thing < is.length; thing++) {
        if (is[thing]) give(tables[name].rules[thing], () => ({ filter: name, thing }));
      }
    }
    const inTexts = {
      title: () => rules.forEach((rule, at) => { if (rule.folded.includes(text)) give([at], () => ({ filter: 'title' })); }),
      id: () => rules.forEach((rule, at) => {
        const place = rule.ids.findIndex(id => id.includes(text));
        if (place >= 0) give([at], () => ({ filter: 'id', shown: place ? rule.id : rule.key }));
      }),
      value: () => values(false),
      excludes: () => values(true),
    };
    if (filter) {
      if (inTexts[filter]) inTexts[filter](); else names(filter, true);
    } else {
      inTexts.title();
      inTexts.id();
      for (const name of namesOfWords) names(name, false);
      inTexts.value();
    }
    return { why, made };
  }

  // Those with the most words in the title first, then those that aren't retired, then the more severe, then by key.
  function findRules(terms) {
    const { rules } = data;
    const all = terms.map(term => ({ term, ...reasons(term) }));
    const inTitle = terms.filter(({ filter, isNegated }) => !isNegated && (!filter || filter === 'title'));
    const scored = [];
    rules.forEach((rule, at) => {
      if (!all.every(({ term, why }) => Boolean(why[at]) !== term.isNegated)) return;
      const title = inTitle.reduce((sum, { text }) => sum + rule.folded.includes(text), 0);
      scored.push((title * 100 + rule.rank) * -1e7 + at);
    });
    const order = Float64Array.from(scored).sort();
    return [...order].map(score => {
      const at = score + Math.ceil(-score / 1e7) * 1e7;
      return { at, why: all.filter(({ term }) => !term.isNegated).map(({ term, why, made }) => ({ term, ...made[why[at] - 1] })) };
    });
  }

  // Things that are named by all terms; none if a term asks for something else.
  function findThings(terms, name, own = {}) {
    const all = data.tables[name];
    if (!terms.some(term => !term.isNegated)) return [];
    if (!terms.every(({ filter }) => !filter || filter === name || own[filter])) return [];
    const tests = terms.map(({ filter, text, isNegated }) => {
      const is = filter && filter !== name ? own[filter](text) : meant(all, text, filter === name);
      return at => is[at] !== isNegated;
    });
    const isExact = at => all.folded[at].slice(0, 2).some(folded => terms.some(({ text }) => text === folded));
    return all.names.map((_, at) => at).filter(at => (all.counts[at] || all.pages[at]) && tests.every(test => test(at)))
      .map(at => ({ at, isExact: isExact(at), count: name === 'technique' ? 0 : all.counts[at] }))
      .sort((left, right) => right.isExact - left.isExact || right.count - left.count || left.at - right.at).map(({ at }) => at);
  }

  function findEvents(terms) {
    const provider = text => {
      const is = meant(data.tables.provider, text, true);
      return data.tables.event.providers.map(at => is[at]);
    };
    return findThings(terms, 'event', { provider });
  }

  // Values that rules share, most shared first.
  function findValues(terms) {
    const positive = terms.find(({ filter, isNegated }) => !isNegated && (!filter || filter === 'value'));
    if (!positive || !terms.every(({ filter }) => !filter || filter === 'value' || filter === 'field')) return [];
    const fields = new Map(terms.filter(({ filter }) => filter === 'field')
      .map(term => [term, meant(data.tables.field, term.text, true)]));
    const found = [];
    eachValue(positive.text, false, (shard, value) => {
      if (shard.rules[value].length < 2) return;
      const text = shard.hay.slice(shard.starts[value], shard.starts[value + 1] - 1);
      const holds = term => fields.has(term) ? fields.get(term)[shard.fields[value]] : text.includes(term.text);
      if (terms.every(term => holds(term) !== term.isNegated)) found.push({ shard, value });
    });
    return found.sort((left, right) => right.shard.rules[right.value].length - left.shard.rules[left.value].length);
  }

  // 3. Showing --------------------------------------------------------------

  // A text with the search terms marked.
  function marked(text, terms) {
    const folded = fold(text), term = terms.find(({ text }) => folded.includes(text));
    if (!term || folded.length !== text.length) return [text];
    const at = folded.indexOf(term.text), end = at + term.text.length;
    return [text.slice(0, at), element('mark', text.slice(at, end)), text.slice(end)];
  }

  // The part of a long value around the search term.
  function excerpt(text, term) {
    const at = fold(text).indexOf(term?.text ?? ''), start = text.length > 120 && at > 60 ? at - 40 : 0;
    return (start ? '…' : '') + text.slice(start, start + 120) + (start + 120 < text.length ? '…' : '');
  }

  function code(text, terms) {
    // Spaces at an end, or several in a row, would be overlooked.
    const made = element('code', '', /^ |  | $/.test(text) ? { class: 'ws' } : {});
    made.append(...marked(excerpt(text, terms[0]), terms));
    return made;
  }

  const isThreat = name => /^(group|campaign|software)$/.test(name);
  const dash = name => name ? ` – ${name}` : '';

  function thingWords(name, at) {
    const names = data.tables[name].names[at];
    return isThreat(name) ? `${names[1]} ${names[0]}` : name === 'technique' ? `${names[0]} ${names[1]}` : name === 'event' ? names[0] + dash(names[2]) : names[0];
  }

  // Why a rule was found, if neither its title nor the query itself shows it.
  function reasonLine({ term, filter, shown, thing, shard, value }) {
    if (filter === 'title' || thing !== undefined && term.filter && data.tables[filter].folded[thing][0] === term.text) return null;
    const line = element('p', '', { class: 'why' });
    if (shard) {
      const field = data.tables.field.names[shard.fields[value]][0];
      line.append(filter === 'excludes' ? 'excludes ' : '', element('span', field, { class: 'f' }),
        ` ${shard.ways[shard.how[value]]} `, code(shard.texts[value], [term]));
    } else {
      line.append(`${filter}: `, ...marked(shown ?? thingWords(filter, thing), [term]));
    }
    return line;
  }

  function item(href, label, side, ...below) {
    const link = element('a', '', { href }), made = element('li', link);
    link.append(...label);
    made.append(...side ? [side] : [], ...below.filter(Boolean));
    return made;
  }

  const query = words => `${location.pathname}?q=${encodeURIComponent(words)}`;
  const quoted = (name, text) => query(`${name}:${/[\s"]/.test(text) ? `"${text}"` : text}`);
  const plain = text => element('p', text);
  const ruleCount = number => element('span', counted(number, 'rule'), { class: 'n' });

  const kinds = [
    {
      name: 'Rules', most: 12, find: findRules,
      show({ at, why }, terms) {
        const rule = data.rules[at], words = terms.filter(({ filter }) => !filter || filter === 'title');
        const level = element('span', rule.level || 'no level', rule.level ? { class: `lv ${rule.level}` } : {});
        return item(`${root}rules/${rule.key}/index.html`, marked(rule.title, words), level,
          plain(`${rule.key.split('/')[0]} · ${rule.source}`), ...why.map(reasonLine));
      },
    },
    {
      name: 'Techniques', most: 6, find: terms => findThings(terms, 'technique'),
      show(at, terms) {
        const { names, pages, counts } = data.tables.technique, [id, name] = names[at];
        return item(pages[at] ? root + pages[at] : quoted('technique', id), [...marked(name, terms)], ruleCount(counts[at]),
          element('p', element('span', id, { class: 'id' })));
      },
    },
    ...[['Groups', 'group'], ['Campaigns', 'campaign'], ['Software', 'software']].map(([title, kind]) => ({
      name: title, most: 4, find: terms => findThings(terms, kind),
      show(at, terms) {
        const { names, pages, counts } = data.tables[kind], [id, name, ...others] = names[at];
        const below = element('p', element('span', id, { class: 'id' }));
        if (others.length) below.append(' also ', ...marked(others.join(', '), terms));
        return item(pages[at] ? root + pages[at] : quoted(kind, id), [...marked(name, terms)], ruleCount(counts[at]), below);
      },
    })),
    {
      name: 'Values', most: 8, find: findValues,
      show({ shard, value }, terms) {
        const field = shard.fields[value], { names, pages } = data.tables.field, text = shard.texts[value], at = shard.pageOf.get(value);
        const [file, anchor] = (at || '').split('#'), page = file ? pages[field].replace(/[^/]*$/, file) : pages[field];
        const below = element('p', element('span', names[field][0], { class: 'f' }));
        below.append(` ${shard.ways[shard.how[value]]}`);
        return item(page ? root + page + (anchor ? `#${anchor}` : '') : quoted('value', text), [code(text, terms)],
          ruleCount(shard.rules[value].length), below);
      },
    },
    {
      name: 'Events', most: 6, find: findEvents,
      show(at, terms) {
        const { names, pages, counts } = data.tables.event, [whole, name, title] = names[at];
        return item(pages[at] ? root + pages[at] : quoted('event', whole), marked(title || whole, terms), ruleCount(counts[at]),
          plain(whole.slice(0, -name.length - 1) + (name === '*' ? '' : ` ${name}`)));
      },
    },
    {
      name: 'Fields', most: 6, find: terms => findThings(terms, 'field'),
      show(at, terms) {
        const { names, pages, counts } = data.tables.field, [name, ...others] = names[at], label = element('span', '', { class: 'f' });
        label.append(...marked(name, terms));
        return item(pages[at] ? root + pages[at] : quoted('field', name), [label], ruleCount(counts[at]),
          others.length ? plain(`also ${others.join(', ')}`) : null);
      },
    },
  ];

  function section({ name, most, show }, found, terms) {
    const list = element('ul'), made = element('section', element('h2', `${name} `));
    const of = element('span', '', { class: 'of' }), more = button('', 'more');
    const words = terms.filter(term => !term.isNegated);
    function add(number) {
      const start = list.children.length;
      list.append(...found.slice(start, start + number).map(one => show(one, words)));
      const shown = list.children.length;
      of.textContent = shown < found.length ? `${shown} of ${found.length.toLocaleString('en')}` : found.length.toLocaleString('en');
      more.hidden = shown === found.length;
      more.textContent = `${Math.min(50, found.length - shown)} more`;
      return list.children[start];
    }
    more.onclick = () => $('a', add(50))?.focus();
    $('h2', made).append(of);
    add(most);
    made.append(list, more);
    return made;
  }

  // 4. Typing ---------------------------------------------------------------

  const links = () => [...hits.querySelectorAll('li > a')];

  // Enter opens the first result while the reader types.
  function point() {
    const first = links()[0];
    hits.querySelector('.at')?.classList.remove('at');
    if (first && document.activeElement === box) first.parentNode.classList.add('at');
  }

  function run() {
    const terms = parse(box.value);
    if (!data) {
      out.textContent = 'Reading the index …';
      return;
    }
    const found = terms.length ? kinds.map(kind => ({ kind, all: kind.find(terms) })).filter(({ all }) => all.length) : [];
    hits.replaceChildren(...found.map(({ kind, all }) => section(kind, all, terms)));
    const isReading = data.values.length < data.shards, total = found.reduce((sum, { all }) => sum + all.length, 0);
    const odd = terms.map(({ filter, text }) => filter ? null : text.match(/^[a-z]+(?=:.)/)?.[0]).find(Boolean);
    out.textContent = !terms.length ? 'Type a word: a title, a technique, an event, a field, a value.'
      : isReading ? `${counted(total, 'result')}, reading the values …`
      : !total && odd ? `No results; there is no filter ‘${odd}’.`
      : total ? counted(total, 'result') + '.' : 'No results.';
    suggest();
    point();
  }

  // Not with each key: browsers forbid changing the address too often.
  let waiting = 0;
  function keep() {
    clearTimeout(waiting);
    waiting = setTimeout(keepNow, 150);
  }

  function keepNow() {
    const search = box.value ? `?q=${encodeURIComponent(box.value)}` : '';
    try { history.replaceState(null, '', location.pathname + search); } catch {
      // Some browsers let a page on disk change only this.
      try { history.replaceState(null, '', box.value ? `#q=${encodeURIComponent(box.value)}` : '#'); } catch {}
    }
  }

  // Filters, and names under a filter, that complete the last word.
  function suggest() {
    const [, before, hyphen, name, text] = box.value.match(/^(.*?)(-?)(?:([a-z]+):)?("?[^\s"]*)$/is) || [];
    const filter = name?.toLowerCase(), sought = fold((text || '').replace('"', '')), table = data.tables[filter];
    let all = [];
    if (table) {
      const ranked = table.names.map((names, at) => ({ names, at })).filter(({ names }) => fold(names[0]) !== sought)
        .map(({ names, at }) => ({ names, at, place: table.folded[at][0].indexOf(sought) })).filter(({ place }) => place >= 0)
        .sort((left, right) => (left.place > 0) - (right.place > 0) || table.counts[right.at] - table.counts[left.at] || left.at - right.at);
      all = ranked.slice(0, 8).map(({ names: [first] }) => `${filter}:${/\s/.test(first) ? `"${first}"` : first} `);
    } else if (name === undefined && !/"/.test(text || '')) {
      all = filters.filter(filter => filter.startsWith(sought) && filter !== sought).map(filter => `${filter}:`);
    }
    completions.replaceChildren(...(box.value && !sought && !filter ? [] : all).map(completion => {
      const made = button(completion.trim(), 'completion');
      made.onclick = () => {
        box.value = before + hyphen + completion;
        box.focus();
        run();
        keep();
      };
      return made;
    }));
  }

  // From the box to the results and back; links keep their own keys.
  function walk(event) {
    const { key, target } = event, all = links(), at = all.indexOf(document.activeElement);
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target !== box && at < 0) return;
    if (key === 'ArrowDown' && all.length) all[Math.min(target === box ? 0 : at + 1, all.length - 1)].focus();
    else if (key === 'ArrowUp' && at >= 0) (at ? all[at - 1] : box).focus();
    else if (key === 'Escape' && at >= 0) box.focus();
    else if (key === 'Escape' && box.value) {
      box.value = '';
      run();
      keep();
    } else if (key === 'Escape') box.blur();
    else return;
    event.preventDefault();
    point();
  }

  function readAddress() {
    const asked = new URLSearchParams(location.search).get('q') ?? new URLSearchParams(location.hash.slice(1)).get('q');
    if (asked !== null) box.value = asked;
  }

  readAddress();
  box.addEventListener('input', () => { run(); keep(); });
  box.addEventListener('focus', point);
  box.addEventListener('blur', point);
  box.form.addEventListener('submit', event => {
    event.preventDefault();
    links()[0]?.click();
  });
  addEventListener('keydown', walk);
  addEventListener('hashchange', () => { readAddress(); run(); });
  if (!matchMedia('(pointer: coarse)').matches || !box.value) box.focus();
  run();
  read(run);
})();
