'use strict';
// Search, the mark in the navigation, presenting, printing. Without this script all the content is there.
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  // The text of an element with numbers for its {names}.
  const filled = (node, numbers) => node.dataset.text.replace(/\{(\w+)\}/g, (_, name) => numbers[name]);
  document.documentElement.classList.add('js');

  // ---- The part of the page in view is marked in the navigation.
  const links = new Map(all('.bar nav a').map((a) => [a.getAttribute('href').slice(1), a]));
  const parts = [...links.keys()].map($);
  const spy = () => {
    const line = innerHeight * 0.3;
    const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const shown = parts.filter((part) => !part.hidden);
    const above = shown.filter((part) => part.getBoundingClientRect().top <= line);
    const current = end ? shown.at(-1) : above.at(-1);
    for (const [id, link] of links) {
      const is = current !== undefined && current.id === id;
      if (is === link.hasAttribute('aria-current')) continue;
      link.toggleAttribute('aria-current', is);
      if (!is) continue;
      link.setAttribute('aria-current', 'true');
      const row = link.closest('nav');
      if (row.scrollWidth > row.clientWidth) row.scrollLeft = link.offsetLeft - row.clientWidth / 3;
    }
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; spy(); });
  };
  addEventListener('scroll', later, { passive: true });
  addEventListener('resize', later);

  // ---- A link into something folded unfolds it.
  const unfold = () => {
    let at = location.hash.length > 1 ? $(decodeURIComponent(location.hash.slice(1))) : null;
    const target = at;
    for (; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    if (target && target.classList.contains('item')) target.scrollIntoView();
  };

  // ---- Search: every word must be there, in any order; accents and capitals do not count.
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').toLowerCase();
  const items = all('.item').map((node) => ({ node, text: plain(node.textContent + ' ' + node.dataset.over) }));
  const search = $('search');
  const find = () => {
    const words = plain(search.value).split(' ').filter(Boolean);
    let found = 0;
    for (const { node, text } of items) {
      node.hidden = !words.every((word) => text.includes(word));
      if (!node.hidden) found += 1;
    }
    const on = words.length > 0;
    for (const part of all('.quadrant, .domain, .appendix')) {
      part.hidden = on && !part.querySelector('.item:not([hidden])');
    }
    for (const none of all('.quadrant > .none, .how, #peers, #data')) none.hidden = on;
    $('swot').hidden = on && !$('swot').querySelector('.item:not([hidden])');
    for (const box of all('.appendix')) box.open = on && !box.hidden;
    $('nothing').hidden = !on || found > 0;
    $('found').textContent = on ? filled($('found'), { found, all: items.length }) : '';
    for (const [id, link] of links) link.parentElement.hidden = $(id).hidden;
    later();
  };
  search.addEventListener('input', find);

  // ---- Presenting: charts first, so that the room notices before it reads what is proposed.
  const stage = $('stage');
  const page = $('page');
  const place = document.createComment('on stage');
  let slides = [];
  let at = -1;
  let back = null;
  let wasFull = false;

  const putBack = () => {
    if (at >= 0 && place.parentNode) place.replaceWith(slides[at]);
  };
  const address = (hash) => {
    try { history.replaceState(null, '', hash || location.pathname + location.search); } catch { /* kept as it is */ }
  };
  const show = (index) => {
    putBack();
    at = Math.max(0, Math.min(index, slides.length - 1));
    const node = slides[at];
    node.replaceWith(place);
    $('slide').replaceChildren(node);
    $('slide').scrollTop = 0;
    $('over').textContent = node.dataset.over;
    $('count').textContent = filled($('count'), { slide: at + 1, all: slides.length });
    $('back').disabled = at === 0;
    $('next').disabled = at === slides.length - 1;
    address(`#present=${at + 1}`);
  };
  const present = (index) => {
    slides = [...all('.exhibit:not([hidden])'), ...all('.candidate:not([hidden])')];
    if (slides.length === 0) return;
    back = { focus: document.activeElement, y: scrollY };
    stage.hidden = false;
    page.inert = true;
    document.documentElement.classList.add('presenting');
    show(index);
    $('slide').focus();
  };
  const presenting = () => !stage.hidden;
  const leave = () => {
    if (!presenting()) return;
    const last = slides[at];
    putBack();
    at = -1;
    stage.hidden = true;
    page.inert = false;
    document.documentElement.classList.remove('presenting');
    address('');
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    for (let box = last.parentElement; box; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true;
    last.scrollIntoView({ behavior: 'instant', block: 'start' });
    if (back.focus) back.focus.focus({ preventScroll: true });
    later();
  };
  const full = () => {
    const request = document.documentElement.requestFullscreen;
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    else if (request) request.call(document.documentElement).catch(() => {});
  };
  // Begin with what is on the screen: the first chart or candidate whose top is in view.
  const start = () => {
    const list = [...all('.exhibit:not([hidden])'), ...all('.candidate:not([hidden])')];
    const seen = (node) => {
      const box = node.getBoundingClientRect();
      return box.height > 0 && box.top >= 0 && box.top < innerHeight * 0.8;
    };
    const index = scrollY < innerHeight / 2 ? 0 : list.findIndex(seen);
    present(Math.max(0, index));
    full();
  };
  document.addEventListener('fullscreenchange', () => {
    const is = document.fullscreenElement !== null;
    // The browser takes Esc to leave full screen; the presentation goes with it.
    if (wasFull && !is) leave();
    wasFull = is;
  });
  $('present').addEventListener('click', start);
  $('back').addEventListener('click', () => show(at - 1));
  $('next').addEventListener('click', () => show(at + 1));
  $('leave').addEventListener('click', leave);

  const moves = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1,
    Home: -Infinity, End: Infinity,
  };
  addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (presenting()) {
      const onButton = target.closest && target.closest('button');
      if (key === 'Escape') leave();
      else if (key.toLowerCase() === 'f') full();
      else if (key in moves && !(onButton && key === ' ')) {
        show(at + (key === ' ' && event.shiftKey ? -1 : moves[key]));
      } else return;
      event.preventDefault();
      return;
    }
    if (target === search) {
      if (key === 'Escape') { search.value = ''; find(); search.blur(); }
      return;
    }
    if (key === 'p' || key === 'P' || key === 'f' || key === 'F') start();
    else if (key === '/') search.focus();
    else return;
    event.preventDefault();
  });

  // ---- The address: #present=3 opens the third slide, any other hash its part.
  const read = () => {
    const slide = /^#present=(\d+)$/.exec(location.hash);
    if (slide && !presenting()) present(Number(slide[1]) - 1);
    else if (slide) show(Number(slide[1]) - 1);
    else unfold();
  };
  addEventListener('hashchange', read);

  // ---- On paper everything is unfolded.
  let folded = [];
  addEventListener('beforeprint', () => {
    leave();
    folded = all('details:not([open])');
    for (const box of folded) box.open = true;
  });
  addEventListener('afterprint', () => {
    for (const box of folded) box.open = false;
    folded = [];
  });

  read();
  spy();
})();
