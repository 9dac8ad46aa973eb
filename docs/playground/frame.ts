/** What of the playground stands in the page from the start, and how it looks. */

export const BODY = `<header><h1>kharden playground</h1>
<p>Manifests on one side, hardened on the other, with the reason for each change. Nothing leaves this page.</p></header>
<main id="content" tabindex="-1">
<section class="choices" aria-label="Options">
<div class="row">
<label>Profile <select id="profile"></select></label>
<label><input type="checkbox" id="safe-only"> Only safe changes</label>
<label><input type="checkbox" id="unknown-images"> Harden images that nothing is known about too</label>
<label><input type="checkbox" id="override"> Replace what is set and less safe</label>
</div>
<details><summary>Transforms <span class="quiet" id="chosen"></span></summary><div id="transforms"></div></details>
<p class="quiet">On the command line: <code id="command"></code></p>
</section>
<div class="sides">
<section class="side" aria-labelledby="inputs-title">
<div class="bar"><h2 id="inputs-title">Manifests</h2>
<button type="button" id="add">Add a file</button>
<label class="button">Open files<input type="file" id="open" multiple accept=".yaml,.yml,.json"></label></div>
<p id="trouble" role="alert"></p>
<div id="inputs"></div>
</section>
<section class="side" aria-labelledby="results-title">
<div class="bar"><h2 id="results-title">Hardened</h2>
<button type="button" id="copy-patch">Copy patch</button></div>
<p id="outcome" role="status"></p>
<p id="copied" class="quiet" role="status"></p>
<div id="results"></div>
<div id="about" hidden><h2>What the ids mean</h2><div id="glossary"></div></div>
</section>
</div>
</main>
<footer>This page is complete in itself: it loads nothing, sends nothing and keeps nothing.</footer>
`;

export const PLAYGROUND_STYLES = `
header, main, footer { max-width: 110rem; }
.row, .bar { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; }
.bar { gap: .5rem .75rem; margin: 1.25rem 0 .5rem; }
.bar h2 { margin: 0 auto 0 0; }
.choices { margin-top: 1rem; padding: .9rem 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: .5rem; }
.choices details { margin: .6rem 0; }
.choices select { background: var(--ground); }
#transforms { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: .5rem 1.5rem; margin-top: .6rem; }
#transforms label { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 .5rem; align-items: start; }
#transforms input { margin-top: .3rem; }
#transforms .quiet { display: block; font-size: .875rem; line-height: 1.4; }
.sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 2fr); gap: 1.5rem; align-items: start; }
.input { margin-bottom: 1rem; border: 1px solid var(--line); border-radius: .5rem; overflow: clip; }
.input .bar { margin: 0; padding: .4rem .5rem .4rem 1rem; background: var(--raised); border-bottom: 1px solid var(--line); }
.input input { flex: 1; margin-left: -.35rem; min-width: 8rem; padding: .15rem .35rem; border: 1px solid transparent; border-radius: .25rem; background: transparent; font-weight: 600; }
.input input:hover, .input input:focus { border-color: var(--line); background: var(--ground); }
.input textarea { display: block; width: 100%; min-height: 16rem; max-height: 80vh; field-sizing: content; padding: .6rem 1rem; border: 0; background: var(--ground); font-size: .8125rem; line-height: 1.55; resize: vertical; tab-size: 4; }
.input :focus-visible { outline-offset: -3px; }
.button { padding: .3rem .75rem; background: var(--raised); border: 1px solid var(--line); border-radius: .375rem; cursor: pointer; position: relative; }
.button:hover { border-color: var(--quiet); }
.button:focus-within { outline: 3px solid var(--link); outline-offset: 2px; }
.button input { position: absolute; inset: 0; width: 100%; opacity: 0; cursor: pointer; }
#results .at { display: none; }
.place { padding: 0 .35rem; }
.tools { padding: .4rem 1rem; border-bottom: 1px solid var(--line); }
#trouble { color: var(--red); }
#trouble:empty, #copied:empty, #outcome:empty { display: none; }
.dropping main { outline: 3px dashed var(--link); outline-offset: .5rem; }
#glossary details { padding: .35rem 0; border-bottom: 1px solid var(--line); }
#glossary p { margin-left: 1.1rem; font-size: .9375rem; }
@media (max-width: 60rem) { .sides { grid-template-columns: minmax(0, 1fr); } }
`;
