/* global window, document, history, setTimeout, fetch, scrollTo, addEventListener, DOMException */
// What both look-alike sites share: building nodes, in-page navigation, drawing in steps as a single-page app does.
'use strict';

window.site = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const known = new Map();
  if (data.profile) known.set(data.profile.handle.toLowerCase(), data.profile);
  let drawing = 0;
  let draw = async () => {};

  /** A node: `tag`, attributes (`onclick` is a listener), children as nodes or text. */
  function h(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false) node.setAttribute(name, value === true ? '' : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return node;
  }

  /** An icon of 24 × 24 drawn with `path`. */
  function icon(path, label) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('class', 'icon');
    if (label) {
      svg.setAttribute('role', 'img');
      svg.setAttribute('aria-label', label);
    } else svg.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', path);
    svg.append(line);
    return svg;
  }

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** 84210 → 84.2K, as the platforms write counts. */
  function short(count) {
    if (count < 10_000) return count.toLocaleString('en-US');
    const [value, unit] = count < 1_000_000 ? [count / 1000, 'K'] : [count / 1_000_000, 'M'];
    return `${value >= 100 ? Math.round(value) : Math.round(value * 10) / 10}${unit}`;
  }

  async function profile(handle) {
    const name = handle.toLowerCase();
    if (!known.has(name)) {
      const answer = await fetch(`/api/profile?handle=${encodeURIComponent(handle)}`);
      known.set(name, await answer.json());
    }
    return known.get(name);
  }

  /** Draws the current address. A drawing that a newer one has overtaken stops at its next step. */
  function redraw() {
    drawing += 1;
    const mine = drawing;
    document.documentElement.dataset.drawing = 'true';
    const step = async (ms) => {
      await pause(ms);
      if (mine !== drawing) throw new DOMException('a newer drawing has begun', 'AbortError');
    };
    return draw(step).then(
      () => {
        if (mine === drawing) delete document.documentElement.dataset.drawing;
      },
      (error) => {
        if (error.name !== 'AbortError') throw error;
      },
    );
  }

  function go(path) {
    history.pushState({}, '', path);
    scrollTo(0, 0);
    return redraw();
  }

  /** A link that navigates in the page. */
  function link(path, attributes, ...children) {
    const onclick = (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      go(path);
    };
    return h('a', { href: path, ...attributes, onclick }, ...children);
  }

  function start(how) {
    draw = how;
    addEventListener('popstate', redraw);
    // For tests: draw everything anew, or go elsewhere without loading a page.
    window.__rerender = redraw;
    window.__go = go;
    redraw();
  }

  return { data, h, icon, short, profile, link, start };
})();
