'use strict';
// Search, the mark in the navigation, presenting, printing, keys. All of the content is there without this script.
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

  // ---- A link to something that is folded unfolds it.
  const unfold = () => {
    let at = location.hash.length > 1 ? $(decodeURIComponent(location.hash.slice(1))) : null;
    const target = at;
    for (; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    if (target && target.classList.contains('item')) target.scrollIntoView();
  };

  // ---- Search: every word must be there, in any order; accents and capitals are ignored.
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').toLowerCase();
  const wordsOf = (text) => new Set(text.split(/[^\p{L}\p{N}]+/u));
  const items = all('.item').map((node) => {
    const text = plain([node.textContent, node.dataset.over, node.dataset.search].join(' '));
    return { node, text, words: wordsOf(text) };
  });
  // A short word must match a whole word: "AP" is not in "map".
  const has = ({ text, words }, word) => (word.length <= 3 ? words.has(word) : text.includes(word));
  const search = $('search');
  const find = () => {
    const words = plain(search.value).split(' ').filter(Boolean);
    let found = 0;
    for (const item of items) {
      const { node } = item;
      node.hidden = !words.every((word) => has(item, word));
      if (!node.hidden) found += 1;
    }
    const on = words.length > 0;
    for (const part of all('.quadrant, .domain, .appendix')) {
      part.hidden = on && !part.querySelector('.item:not([hidden])');
    }
    for (const none of all('.quadrant > .none, #overview, #peers, #data')) none.hidden = on;
    $('swot').hidden = on && !$('swot').querySelector('.item:not([hidden])');
    for (const box of all('.appendix, .proposals')) box.open = on && !box.hidden;
    $('nothing').hidden = !on || found > 0;
    $('found').textContent = on ? filled($('found'), { found, all: items.length }) : '';
    for (const [id, link] of links) {
      link.parentElement.hidden = $(id).hidden;
      const count = link.querySelector('.n');
      if (count) count.textContent = on ? all('.item:not([hidden])', $(id)).length : count.dataset.all;
    }
    later();
  };
  search.addEventListener('input', find);

  // ---- Presenting: the charts of the day, without what they say until somebody asks for it.
  const stage = $('stage');
  const page = $('page');
  const place = document.createComment('on stage');
  const hasCore = all('.exhibit.core').length > 0;
  const deckOf = () => all(hasCore ? '.exhibit.core:not([hidden])' : '.exhibit:not([hidden])');
  let slides = [];
  let at = -1;
  let back = null;
  let wasFull = false;
  let typed = '';
  let notes = null;
  let revealed = false;

  const putBack = () => {
    if (at >= 0 && place.parentNode) place.replaceWith(slides[at]);
  };
  const address = (hash) => {
    try { history.replaceState(null, '', hash || location.pathname + location.search); } catch { /* kept as it is */ }
  };
  const reveal = (is) => {
    revealed = is;
    stage.classList.toggle('revealed', is);
    $('reveal').setAttribute('aria-pressed', String(is));
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
    const topic = node.querySelector('h3');
    $('now').textContent = topic ? topic.textContent : '';
    reveal(false);
    const numbers = node.querySelector('.numbers');
    if (numbers && innerWidth < 600) numbers.open = true;
    $('back').disabled = at === 0;
    $('next').disabled = at === slides.length - 1;
    address(`#present=${at + 1}`);
    writeNotes();
  };
  const present = (index) => {
    slides = deckOf();
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
    stopTimer();
    showGrid(false);
    $('black').hidden = true;
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
  // Begin with what is on the screen: the first chart whose top is in view.
  const start = () => {
    const list = deckOf();
    const seen = (node) => {
      const box = node.getBoundingClientRect();
      return box.height > 0 && box.top >= 0 && box.top < innerHeight * 0.8;
    };
    const index = scrollY < innerHeight / 2 ? 0 : list.findIndex(seen);
    present(Math.max(0, index));
    full();
  };

  // ---- All charts at a glance, a black screen, the timer, the notes.
  const showGrid = (is) => {
    const grid = $('grid');
    grid.hidden = !is;
    if (!is) return;
    grid.replaceChildren(...slides.map((node, index) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = node.querySelector('.topic').textContent.trim();
      button.addEventListener('click', () => { showGrid(false); show(index); $('slide').focus(); });
      item.append(button);
      return item;
    }));
    grid.children[Math.max(0, at)].firstChild.focus();
  };
  let ticking = 0;
  const stopTimer = () => {
    clearInterval(ticking);
    ticking = 0;
    $('timer').hidden = true;
  };
  const toggleTimer = () => {
    if (ticking) { stopTimer(); return; }
    const end = Date.now() + Number($('notes-words').dataset.minutes) * 60000;
    const tick = () => {
      const left = Math.max(0, Math.round((end - Date.now()) / 1000));
      $('timer').textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
      $('timer').classList.toggle('over-time', left === 0);
    };
    $('timer').hidden = false;
    ticking = setInterval(tick, 500);
    tick();
  };
  const textOf = (node, selector) => all(selector, node).map((part) => part.textContent.trim()).filter(Boolean);
  const writeNotes = () => {
    if (!notes || notes.closed || at < 0) return;
    const words = $('notes-words').dataset;
    const node = slides[at];
    const after = slides[at + 1];
    const lines = [
      ['h1', textOf(node, '.topic')], ['p', textOf(node, '.finding')], ['p', textOf(node, '.discuss p')],
      ['p', textOf(node, '.about p')], ['p', textOf(node, '.source')],
      ['p', after ? [`${words.next} ${textOf(after, '.topic')[0]}`] : []],
    ];
    const { document: paper } = notes;
    paper.title = words.title;
    paper.documentElement.lang = 'en';
    paper.body.style.cssText = 'font: 1.25rem/1.5 sans-serif; margin: 2rem; max-width: 40rem';
    paper.body.replaceChildren(...lines.flatMap(([tag, texts]) => texts.map((text) => {
      const line = paper.createElement(tag);
      line.textContent = text;
      return line;
    })));
  };
  const openNotes = () => {
    notes = window.open('', 'notes', 'width=620,height=720');
    writeNotes();
  };
  $('reveal').addEventListener('click', () => reveal(!revealed));
  $('grid-open').addEventListener('click', () => showGrid($('grid').hidden));
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
    const letters = $('shortcuts').checked ? key.toLowerCase() : '';
    if (presenting()) {
      // The numbers are opened with the keys of a button, and scrolled with the arrows.
      const onButton = target.closest && target.closest('button, summary');
      const onTable = target.closest && target.closest('.scroll');
      const number = typed;
      typed = /^\d$/.test(key) ? typed + key : '';
      if (key === 'Escape' && !$('black').hidden) $('black').hidden = true;
      else if (key === 'Escape' && !$('grid').hidden) showGrid(false);
      else if (key === 'Escape') leave();
      else if (key === 'Enter' && number) show(Number(number) - 1);
      else if (/^\d$/.test(key)) { /* until Enter */ }
      else if (letters === 'f') full();
      else if (letters === 'h') reveal(!revealed);
      else if (letters === 'b') $('black').hidden = !$('black').hidden;
      else if (letters === 'g') showGrid($('grid').hidden);
      else if (letters === 't') toggleTimer();
      else if (letters === 'n') openNotes();
      else if (key in moves && $('grid').hidden && !(onButton && key === ' ') && !(onTable && key.startsWith('Arrow'))) {
        show(at + (key === ' ' && event.shiftKey ? -1 : moves[key]));
      } else return;
      event.preventDefault();
      return;
    }
    if (target === search) {
      if (key === 'Escape') { search.value = ''; find(); search.blur(); }
      return;
    }
    if (letters === 'p' || letters === 'f') start();
    else if (letters === '/') search.focus();
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

  // ---- The keys can be switched off, for people who speak to their computer; the choice is remembered where that is allowed.
  const remembered = (value) => {
    try {
      if (value !== undefined) localStorage.setItem('retreat-keys', value);
      return localStorage.getItem('retreat-keys');
    } catch { return null; }
  };
  $('shortcuts').checked = remembered() !== 'off';
  $('shortcuts').addEventListener('change', () => remembered($('shortcuts').checked ? 'on' : 'off'));

  // ---- Printing: this chart, this part, the charts of the day, or everything.
  const nearest = (selector) => all(selector).filter((node) => node.getBoundingClientRect().top <= innerHeight * 0.5).at(-1) || all(selector)[0];
  for (const button of all('[data-print]')) {
    button.addEventListener('click', () => {
      const what = button.dataset.print;
      const chosen = what === 'exhibit' ? nearest('.exhibit:not([hidden])') : nearest('.domain:not([hidden])');
      $('print').open = false;
      document.documentElement.dataset.print = what;
      if (chosen) chosen.classList.add('to-print');
      const part = chosen && chosen.closest('.part');
      if (part) part.classList.add('to-print-part');
      print();
      for (const node of all('.to-print, .to-print-part')) node.classList.remove('to-print', 'to-print-part');
      delete document.documentElement.dataset.print;
    });
  }

  // ---- On paper everything is unfolded, except what the program proposes if only charts are printed.
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
