// Added by `ruledex serve` only: reloads the page when the site has changed, and says if the site shown isn't the
// newest one. The server delays its answer until there is news.
(() => {
  const site = Number(new URL(document.currentScript.src).search.slice(1)), store = 'ruledex-reload';
  let change = -1, banner, asking, wake;

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

  function say(lead, text) {
    banner?.remove();
    banner = undefined;
    if (!lead) return;
    banner = document.createElement('aside');
    banner.id = 'ruledex-fault';
    banner.setAttribute('role', 'status');
    const head = document.createElement('p');
    head.textContent = lead;
    banner.append(head);
    if (text) {
      const body = document.createElement('pre');
      body.textContent = text;
      banner.append(body);
    }
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
        say(news.fault && 'The latest changes can’t be shown; this is the site before them.', news.fault);
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
