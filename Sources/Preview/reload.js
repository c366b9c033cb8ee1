// Added by `ruledex serve` only: reloads the page when the site has changed, and says what is wrong in its
// files. The server delays its answer until there is news.
(() => {
  const site = Number(new URL(document.currentScript.src).search.slice(1)), store = 'ruledex-reload';
  let change = -1, asking, wake;

  // The scroll position is kept across the reload.
  try {
    const kept = JSON.parse(sessionStorage.getItem(store));
    sessionStorage.removeItem(store);
    if (kept?.path === location.pathname) scrollTo(0, kept.y);
  } catch {}

  function again() {
    try { sessionStorage.setItem(store, JSON.stringify({ path: location.pathname, y: scrollY })); } catch {}
    location.reload();
  }

  function element(name, ...content) {
    const made = document.createElement(name);
    made.append(...content);
    return made;
  }

  // A banner like the one that the server puts into pages; text is only ever text.
  function say(lead, findings = [], rest) {
    const old = document.getElementById('ruledex-fault');
    if (!lead) return old?.remove();
    const banner = element('aside', element('p', lead));
    banner.id = 'ruledex-fault';
    banner.setAttribute('role', 'alert');
    const items = findings.map(({ place, message }) => element('li', element('code', place), ' ', message));
    if (rest) items.push(element('li', rest));
    if (items.length) banner.append(element('ul', ...items));
    // What is said already isn't said again.
    if (old?.textContent === banner.textContent) return;
    old?.remove();
    document.body.append(banner);
  }

  const pause = time => new Promise(done => { setTimeout(done, time); });
  // A browser has few connections to one server; pages that aren't visible don't use any.
  const seen = () => document.hidden ? new Promise(done => { wake = done; }) : undefined;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) asking?.abort();
    else wake?.();
  });

  async function follow() {
    for (;;) {
      await seen();
      asking = new AbortController();
      try {
        const answer = await fetch(`/.ruledex/news?${change}`, { cache: 'no-store', signal: asking.signal });
        if (!answer.ok) throw new Error(answer.statusText);
        const news = await answer.json();
        if (news.site !== site) return again();
        change = news.change;
        say(news.lead, news.findings, news.rest);
      } catch {
        if (document.hidden) continue;
        change = -1;
        say('The server has stopped; this page stays as it is.');
        await pause(1000);
      }
    }
  }

  follow();
})();
