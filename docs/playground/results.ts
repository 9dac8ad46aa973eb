/** The hardened files with the reasons beside them, and what can be copied of them. */
import { byId, create } from './dom.ts';
import type { Outcome } from './work.ts';

/** Called with the index of a file and a place in it, counted from 1. */
type Show = (index: number, line: number, column: number) => void;

/** The side of the results. */
export interface Results {
  /** Shows the outcome of a run, or in place of it what is wrong. */
  show(outcome: Outcome | Error): void;
  /** Says that a run goes on, when it takes a while. */
  wait(): void;
}

const NOTHING: Outcome = { headline: '', files: [], patch: '', glossaryHtml: '' };

/** After how many milliseconds it is said that a run goes on. */
const LONG = 500;

/** Sets up the side of the results. */
export function setUpResults(showPlace: Show): Results {
  let patch = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (words: string): void => void (byId('outcome', HTMLElement).textContent = words);
  byId('copy-patch', HTMLButtonElement).addEventListener('click', () => copy('the patch', patch));
  return {
    wait() {
      clearTimeout(timer);
      timer = setTimeout(() => say('Hardening …'), LONG);
    },
    show(outcome) {
      clearTimeout(timer);
      const { headline, files, patch: ofAll, glossaryHtml } = outcome instanceof Error ? NOTHING : outcome;
      patch = ofAll;
      byId('copy-patch', HTMLButtonElement).disabled = patch === '';
      byId('copied', HTMLElement).textContent = '';
      say(outcome instanceof Error ? outcome.message : headline);
      byId('results', HTMLElement).replaceChildren(...files.map((file, index) => section(file, index, showPlace)));
      byId('about', HTMLElement).hidden = glossaryHtml === '';
      byId('glossary', HTMLElement).innerHTML = glossaryHtml;
    },
  };
}

function section({ path, output, html }: Outcome['files'][number], index: number, show: Show): Element {
  const holder = create('div');
  holder.innerHTML = html;
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
  const button = create('button', { type: 'button', ariaLabel: `Copy result: ${path}` }, 'Copy result');
  button.addEventListener('click', () => copy(path, output));
  holder.querySelector('h3')?.after(create('div', { className: 'tools' }, button));
  return holder;
}

/** Copies a text, and says whether that was allowed. */
function copy(what: string, text: string): void {
  const say = (words: string): void => void (byId('copied', HTMLElement).textContent = words);
  navigator.clipboard.writeText(text).then(
    () => say(`Copied ${what}.`),
    () => say('The browser does not let this page copy: select the text and copy it yourself.'),
  );
}
