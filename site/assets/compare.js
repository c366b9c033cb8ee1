// Compares groups, campaigns and software on attack/compare.html. Its data, assets/threats.js, is described in
// Sources/Site/Builders/Threat/ThreatData.swift; `ruledex gaps --compare` gives the same table.
(() => {
  const { $, button, counted, element, numbers, texts, things, root } = globalThis.ruledex;
  const form = $('#compare'), box = $('#compare-name'), out = $('output', form), place = $('#compared');
  const { tactics, words, techniques: packed, threats: others } = globalThis.ruledexThreats;
  const [ids, names] = [texts(packed.ids), texts(packed.names)];
  const [tacticOf, stateOf, rulesOf, hasPage] = ['tactics', 'states', 'rules', 'pages'].map(name => numbers(packed[name]));
  const uses = things(others.uses), threatNames = texts(others.names);
  const threats = texts(others.ids).map((id, at) => ({
    id, name: threatNames[at], label: `${threatNames[at]} (${id})`, aliases: others.aliases[at], uses: new Set(uses[at]),
  }));
  const folders = { G: 'groups', C: 'campaigns', S: 'software' }, page = ({ id }) => `${root}attack/${folders[id[0]]}/${id}/index.html`;
  let chosen = [];

  function find(text) {
    const sought = text.trim().toLowerCase();
    const all = [({ id }) => [id], ({ label }) => [label], ({ name }) => [name], ({ aliases }) => aliases];
    for (const words of all) {
      const found = threats.find(threat => words(threat).some(word => word.toLowerCase() === sought));
      if (found) return found;
    }
    return null;
  }

  const found = at => words[stateOf[at]][2] === 1;

  function mark(at) {
    const [name, word] = words[stateOf[at]];
    return element('span', word, { class: `state ${name}` });
  }

  // How many of its techniques rules detect, and how many have no rule.
  function summary(all) {
    const none = all.filter(at => !rulesOf[at]).length;
    return `${all.filter(found).length} of ${counted(all.length, 'technique')} found, ${none} without a rule`;
  }

  function head(threat) {
    const made = element('th', '', { scope: 'col' }), drop = button('Remove', 'drop');
    drop.setAttribute('aria-label', `Remove ${threat.name}`);
    drop.onclick = () => {
      chosen = chosen.filter(other => other !== threat);
      show();
      keep();
      box.focus();
    };
    made.append(element('a', threat.name, { href: page(threat) }), ' ', element('span', threat.id, { class: 'id' }),
      element('i', summary([...threat.uses])), drop);
    return made;
  }

  // A technique of several tactics is listed under the first.
  function show() {
    if (!chosen.length) {
      place.replaceChildren();
      out.textContent = threats.length ? 'Choose two or more.' : 'Nothing can be compared here.';
      return;
    }
    const all = ids.map((_, at) => at).filter(at => chosen.some(({ uses }) => uses.has(at)));
    const shared = all.filter(at => chosen.every(({ uses }) => uses.has(at)));
    const table = element('table', '', { class: 'techniques uses compared' }), top = element('tr');
    const caption = chosen.length < 2 ? summary(all)
      : `${summary(all)}. In common: ${counted(shared.length, 'technique')}${shared.length ? `, ${shared.filter(found).length} found` : ''}`;
    top.append(element('th', 'Technique', { scope: 'col' }), element('th', 'Rules', { scope: 'col', class: 'num' }), ...chosen.map(head));
    const heads = element('thead', top);
    table.append(element('caption', caption + '.'), heads);
    tactics.forEach((tactic, number) => {
      const own = all.filter(at => tacticOf[at] === number);
      if (!own.length) return;
      const body = element('tbody'), row = element('tr', '', { class: 'tactic' });
      row.append(element('th', tactic, { scope: 'rowgroup', colspan: chosen.length + 2 }));
      body.append(row);
      for (const at of own) {
        const row = element('tr'), name = element('th', element('span', ids[at], { class: 'id' }), { scope: 'row' });
        name.append(' ', hasPage[at] ? element('a', names[at], { href: `${root}attack/${ids[at]}/index.html` }) : names[at]);
        row.append(name, element('td', rulesOf[at].toLocaleString('en'), { class: 'num' }), ...chosen.map(({ uses }) => {
          const cell = element('td');
          cell.append(uses.has(at) ? mark(at) : element('span', 'not used', { class: 'faint' }));
          return cell;
        }));
        body.append(row);
      }
      table.append(body);
    });
    const room = element('div', table, { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'The comparison' });
    place.replaceChildren(room);
    out.textContent = chosen.length < 2 ? 'Choose another to compare it with.' : counted(all.length, 'technique');
  }

  function keep() {
    const hash = chosen.map(({ id }) => id).join(',');
    try { history.replaceState(null, '', hash ? `#${hash}` : location.pathname); } catch {}
  }

  function add() {
    const threat = find(box.value);
    if (!threat) return false;
    if (!chosen.includes(threat)) chosen = [...chosen, threat];
    box.value = '';
    show();
    keep();
    return true;
  }

  function read() {
    // A link from a page asks for one; the reader's choice is kept as #G0016,G0032.
    const wanted = (location.hash.slice(1) || new URLSearchParams(location.search).get('with') || '').split(',').filter(Boolean).map(find).filter(Boolean);
    chosen = [...new Set(wanted)];
    show();
  }

  $('#compare-names').append(...threats.map(({ label, aliases }) => element('option', aliases.join(', '), { value: label })));
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (!add() && box.value) out.textContent = `Nothing here is called ‘${box.value.trim()}’.`;
  });
  // A name that was picked from the list.
  box.addEventListener('input', event => {
    if (event.inputType === 'insertReplacementText' || !event.inputType) add();
  });
  // The link that skips the head of a page chooses nothing.
  addEventListener('hashchange', () => { if (location.hash !== '#main') read(); });
  read();
})();
