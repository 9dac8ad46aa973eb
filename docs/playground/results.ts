/** The hardened files with the reasons beside them, and what can be copied of them. */
import type { FileResult } from '../../src/index.ts';
import { fileDiff } from '../../src/report/diff.ts';
import { fileView } from '../../src/report/html/file-view.ts';
import { glossaryView } from '../../src/report/html/glossary-view.ts';
import { headline } from '../../src/report/html/numbers-view.ts';
import { numbersOf } from '../../src/report/numbers.ts';
import { byId, create } from './dom.ts';

/** Called with the index of a file and a place in it, counted from 1. */
type Show = (index: number, line: number, column: number) => void;

/** Sets up the side of the results. Returns what shows those of a run, or in place of them what is wrong. */
export function setUpResults(show: Show): (run: readonly FileResult[] | Error) => void {
  let files: readonly FileResult[] = [];
  byId('copy-patch', HTMLButtonElement).addEventListener('click', () => copy('the patch', files.map(fileDiff).join('')));
  return (run) => {
    files = run instanceof Error ? [] : run;
    byId('copy-patch', HTMLButtonElement).disabled = files.every(({ edits }) => edits.length === 0);
    byId('copied', HTMLElement).textContent = '';
    byId('outcome', HTMLElement).textContent =
      run instanceof Error ? run.message : `${headline(numbersOf({ problems: [], files }))}.`;
    byId('results', HTMLElement).replaceChildren(...files.map((file, index) => section(file, index, show)));
    showGlossary(files);
  };
}

function section(file: FileResult, index: number, show: Show): Element {
  const report = { path: file.path, file, problems: file.findings };
  const holder = create('div');
  holder.innerHTML = [...fileView(report, { key: `file-${index}`, context: Number.POSITIVE_INFINITY })].join('');
  for (const place of holder.querySelectorAll<HTMLElement>('.place')) {
    const { line, column } = place.dataset;
    const button = create('button', {
      type: 'button',
      className: 'place',
      ariaLabel: `${place.textContent}: go to this line and column`,
    });
    button.textContent = place.textContent;
    button.addEventListener('click', () => show(index, Number(line), Number(column)));
    place.replaceWith(button);
  }
  const button = create('button', { type: 'button', ariaLabel: `Copy result: ${file.path}` }, 'Copy result');
  button.addEventListener('click', () => copy(file.path, file.output));
  holder.querySelector('h3')?.after(create('div', { className: 'tools' }, button));
  return holder;
}

function showGlossary(files: readonly FileResult[]): void {
  const ids = files.flatMap(({ changes, findings }) => [
    ...changes.map(({ transform }) => transform),
    ...findings.map(({ id }) => id),
  ]);
  byId('about', HTMLElement).hidden = ids.length === 0;
  byId('glossary', HTMLElement).innerHTML = glossaryView([...new Set(ids)]);
}

/** Copies a text, and says whether that was allowed. */
function copy(what: string, text: string): void {
  const say = (words: string): void => void (byId('copied', HTMLElement).textContent = words);
  navigator.clipboard.writeText(text).then(
    () => say(`Copied ${what}.`),
    () => say('The browser does not let this page copy: select the text and copy it yourself.'),
  );
}
