/** Runs inside the pages under test, before they load: what a person would see there, as plain data. */
const probe = {
  /** The violations of the Content Security Policy so far. */
  violations: [],

  /** What is cut off, leads out of the window or lies on something else; the whole page is laid out for it. */
  layoutProblems() {
    for (const file of document.querySelectorAll('.file, .hunk, .findings li')) file.style.contentVisibility = 'visible';
    return [...tooWide(), ...clipped(), ...overlapping()];
  },

  /** What has the focus, and whether one can see that. */
  focused() {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: 'body', isVisible: true };
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const outlined = [element, element.closest('.button')].some(
      (one) => one && Number.parseFloat(getComputedStyle(one).outlineWidth) >= 2,
    );
    const isInWindow = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    return { name: nameOf(element), isVisible: outlined && isInWindow };
  },

  /** The text of the hardened file at an index, from the lines that are shown. */
  shownOutput(index) {
    const file = document.querySelectorAll('.file')[index];
    const lines = [...(file?.querySelectorAll('pre code > [data-line]:not(del)') ?? [])];
    return lines.map((line) => `${line.firstChild.textContent.slice(1)}\n`).join('');
  },

  /** Puts a text in the place of what stands in an editor, as pasting does. */
  setText(text, index = 0) {
    const area = document.querySelectorAll('textarea')[index];
    area.value = text;
    area.dispatchEvent(new Event('input'));
  },

  /** The longest time within so many milliseconds in which the page does nothing else. */
  async longestPause(milliseconds) {
    const started = performance.now();
    let last = started;
    let longest = 0;
    while (last - started < milliseconds) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
    return longest;
  },

  /** How many milliseconds it takes to hide all safe changes and findings and to lay the page out again. */
  filterTime() {
    const box = document.querySelector('#filters [value=warning]');
    const started = performance.now();
    box.click();
    document.body.getBoundingClientRect();
    return performance.now() - started;
  },
};

addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  probe.violations.push(`${violatedDirective} ${blockedURI}`),
);

function nameOf(element) {
  const text = element.ariaLabel || (element.labels?.[0] ?? element).textContent.trim().slice(0, 40);
  return `${element.localName}${element.id && `#${element.id}`}${element.name ? `[${element.name}]` : ''} ${text}`.trim();
}

/** True for what a person cannot see: hidden, transparent, or parked to the left of the window until it has the focus. */
function isUnseen(element) {
  return (
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ||
    element.closest('.skip, .workloads thead') !== null
  );
}

function tooWide() {
  const root = document.documentElement;
  const outer =
    root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`] : [];
  const wide = [...document.body.querySelectorAll('*')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && !isUnseen(element) && (left < -1 || right > root.clientWidth + 1);
  });
  return [...outer, ...wide.map((element) => `${nameOf(element)} leads out of the window`)];
}

/** Elements that hide a part of their content; fields scroll. */
function clipped() {
  const cut = [...document.body.querySelectorAll('*')].filter((element) => {
    if (element.matches('textarea, select, input') || isUnseen(element)) return false;
    const hides = getComputedStyle(element).overflowX !== 'visible';
    return hides && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
  });
  return cut.map((element) => `${nameOf(element)} is cut off`);
}

/** The places of texts and controls. */
function places() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === '' || element.matches('script, option, textarea') || isUnseen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rectangle of range.getClientRects()) found.push({ element, rectangle });
  }
  for (const element of document.body.querySelectorAll('button, input, select, textarea')) {
    if (!isUnseen(element)) found.push({ element, rectangle: element.getBoundingClientRect() });
  }
  return found.sort((left, right) => left.rectangle.top - right.rectangle.top);
}

/** How many pixels two places may share: letters reach a little out of their lines. */
const SHARED = 3;

function overlapping() {
  const all = places();
  return all.flatMap(({ element, rectangle }, index) => {
    const problems = [];
    for (let next = index + 1; next < all.length && all[next].rectangle.top < rectangle.bottom - SHARED; next++) {
      const { element: other, rectangle: place } = all[next];
      const shared = Math.min(rectangle.right, place.right) - Math.max(rectangle.left, place.left);
      const isInside = element.contains(other) || other.contains(element);
      if (shared > SHARED && Math.min(rectangle.bottom, place.bottom) - place.top > SHARED && !isInside) {
        problems.push(`${nameOf(element)} lies on ${nameOf(other)}`);
      }
    }
    return problems;
  });
}

globalThis.probe = probe;
