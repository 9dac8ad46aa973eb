/** How pages look, light and dark: the frame, findings, and diffs with their reasons. */

/** Colours by name; text on its ground has a contrast of at least 4.5 in both. */
const COLOURS = `
:root {
  --ground: #fff; --raised: #f6f7f9; --line: #d5d9e0; --text: #1c2026; --quiet: #59616e; --link: #0b57b0;
  --red: #a8201a; --red-ground: #fdeceb; --amber: #7a4b00; --amber-ground: #fdf2dc; --green: #1a6633; --green-ground: #e7f5eb;
  --blue: #28527a; --blue-ground: #e8f0f8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --raised: #1c2027; --line: #363c47; --text: #e3e6eb; --quiet: #a0a8b5; --link: #83b8ff;
    --red: #ff9c94; --red-ground: #3d1b1a; --amber: #f0bf6a; --amber-ground: #37290f; --green: #8fd6a3; --green-ground: #15301f;
    --blue: #a5c8ec; --blue-ground: #1b2c3e;
  }
}`;

const FRAME = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main, footer, nav { max-width: 84rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 1.75rem; }
footer { padding-top: 1.5rem; padding-bottom: 2rem; color: var(--quiet); font-size: .875rem; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.2rem; line-height: 1.3; }
h3 { margin: 0 0 .5rem; font-size: 1rem; line-height: 1.4; }
p { margin: .25rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
code { unicode-bidi: isolate; }
pre code { font-size: 1em; }
.quiet, caption { color: var(--quiet); font-weight: normal; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--ground); z-index: 2; }
.skip:focus { left: .5rem; top: .5rem; }
button, select, input, textarea { font: inherit; color: inherit; accent-color: var(--link); }
code, pre, textarea { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .875em; }
button, select { max-width: 100%; padding: .3rem .75rem; background: var(--raised); border: 1px solid var(--line); border-radius: .375rem; }
button { cursor: pointer; }
button:hover { border-color: var(--quiet); }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; }
details > summary { cursor: pointer; }
@media (max-width: 40rem) { header, main, footer, nav { padding-left: 1rem; padding-right: 1rem; } }`;

/** Items are blocks: of items of lists Chromium counts all numbers again for each one that is hidden, 8 s for 2,000. */
const ITEMS = `
.badge { display: inline-block; padding: 0 .5rem; border-radius: 1rem; font-size: .75rem; line-height: 1.5; font-weight: 600; white-space: nowrap; }
.badge.error { background: var(--red-ground); color: var(--red); }
.badge.warning, .badge.may-break { background: var(--amber-ground); color: var(--amber); }
.badge.info { background: var(--blue-ground); color: var(--blue); }
.id { font-weight: 600; text-decoration: none; color: inherit; }
.id:hover { text-decoration: underline; }
.place { font-size: .875rem; color: var(--quiet); }
.file { margin: 1rem 0; border: 1px solid var(--line); border-radius: .5rem; overflow: clip; container-type: inline-size; content-visibility: auto; contain-intrinsic-size: auto 30rem; }
.file h3 { margin: 0; padding: .6rem 1rem; background: var(--raised); border-bottom: 1px solid var(--line); }
.file h3 .quiet { font-size: .875rem; margin-left: .5rem; }
.findings { margin: 0; padding: 0; list-style: none; }
.findings li { display: block; content-visibility: auto; contain-intrinsic-size: auto 5rem; padding: .6rem 1rem; border-bottom: 1px solid var(--line); }
.findings:last-child li:last-child { border-bottom: 0; }
.findings p { font-size: .9375rem; }
.reasons { font-size: .875rem; }`;

const DIFF = `
.hunk { content-visibility: auto; contain-intrinsic-size: auto 20rem; display: grid; grid-template-columns: minmax(0, 1fr) minmax(15rem, 34%); }
.hunk pre { margin: 0; font-size: .8125rem; line-height: 1.55; tab-size: 4; white-space: pre-wrap; }
.hunk pre code > * { display: block; position: relative; padding: 0 .5rem 0 3.5rem; text-decoration: none; }
.hunk pre code > [data-line]::before { content: attr(data-line); position: absolute; left: 0; width: 2.9rem; text-align: right; color: var(--quiet); }
.hunk ins { background: var(--green-ground); }
.hunk del { background: var(--red-ground); }
.hunk pre code > .at { padding-top: .35rem; padding-bottom: .35rem; background: var(--raised); color: var(--quiet); }
.number { display: inline-block; min-width: 1.4rem; padding: 0 .3rem; border-radius: .7rem; background: var(--blue-ground); color: var(--blue); font: 600 .75rem/1.4rem system-ui, sans-serif; text-align: center; text-decoration: none; user-select: none; }
pre .number { margin: -.05rem 0 -.05rem .5rem; }
.reasons { margin: 0; padding: .5rem 0; list-style: none; border-left: 1px solid var(--line); }
.reasons li { display: block; padding: .4rem 1rem; }
.reasons li:target { background: var(--blue-ground); }
.reasons li:target .number { background: var(--ground); }
@container (max-width: 44rem) {
  .hunk { grid-template-columns: minmax(0, 1fr); }
  .reasons { border-left: 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
  .hunk:last-child .reasons { border-bottom: 0; }
  .hunk pre { font-size: .75rem; word-break: break-all; }
  .hunk pre code > * { padding-left: 2.75rem; }
  .hunk pre code > [data-line]::before { width: 2.25rem; }
}`;

export const STYLES = [COLOURS, FRAME, ITEMS, DIFF].join('\n');
