/** The filters of a report: a form, and the script that hides what is left out. */
import { escaped } from './escape.ts';
import { KINDS, type ItemKind } from './items.ts';

/** What can be chosen. */
export interface Choices {
  /** How many items there are of each kind. */
  readonly kinds: Readonly<Record<ItemKind, number>>;
  /** The ids of transforms and findings, with the number of items of each. */
  readonly ids: ReadonlyMap<string, number>;
  /** The files by the id of their section. */
  readonly files: readonly { readonly section: string; readonly path: string }[];
}

/** The form; hidden until the script runs, because it does nothing without it. */
export function filterForm({ kinds, ids, files }: Choices): string {
  const boxes = (Object.keys(KINDS) as ItemKind[]).map(
    (kind) =>
      `<label><input type="checkbox" name="kind" value="${kind}" checked> ${KINDS[kind].label} <span class="quiet">${kinds[kind]}</span></label>`,
  );
  const fileOptions = files.map(({ section, path }) => `<option value="${section}">${escaped(path)}</option>`);
  const idOptions = [...ids].sort().map(([id, count]) => `<option value="${escaped(id)}">${escaped(id)} (${count})</option>`);
  return `<form id="filters" aria-label="Filters" hidden>
<fieldset><legend>Show</legend>${boxes.join('\n')}</fieldset>
<label for="filter-file">File</label>
<select id="filter-file" name="file"><option value="">All files</option>${fileOptions.join('')}</select>
<label for="filter-id">Transform or finding</label>
<select id="filter-id" name="id"><option value="">All</option>${idOptions.join('')}</select>
<button type="reset">Show all</button>
</form>
<p id="shown" role="status"></p>
`;
}

/**
 * Runs in the page. It hides items by their kind, their id and their file, then hunks and files without any item left, and opens
 * the explanation that a link leads to. It is a text because it is no part of this program.
 */
export const FILTER_SCRIPT = `(() => {
  const form = document.getElementById('filters');
  if (!form) return;
  const shown = document.getElementById('shown');
  const files = [...document.querySelectorAll('[data-file]')].map((section) => ({
    section,
    hunks: [...section.querySelectorAll('.hunk')].map((hunk) => ({ hunk, items: [...hunk.querySelectorAll('[data-kind]')] })),
    items: [...section.querySelectorAll('[data-kind]')],
  }));
  const total = files.reduce((sum, { items }) => sum + items.length, 0);
  const apply = () => {
    const chosen = new FormData(form);
    const kinds = new Set(chosen.getAll('kind'));
    const file = chosen.get('file');
    const id = chosen.get('id');
    let count = 0;
    for (const { section, hunks, items } of files) {
      const left = items.filter((item) => {
        const isShown = (!file || section.id === file) && kinds.has(item.dataset.kind) && (!id || item.dataset.id === id);
        item.hidden = !isShown;
        return isShown;
      });
      for (const { hunk, items: own } of hunks) hunk.hidden = own.length > 0 ? own.every((item) => item.hidden) : id !== '';
      section.hidden = left.length === 0;
      count += left.length;
    }
    shown.textContent = count === total ? 'All ' + total + ' changes and findings are shown.'
      : count === 0 ? 'No change or finding fits these filters.'
      : count + ' of ' + total + ' changes and findings are shown.';
  };
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply));
  addEventListener('hashchange', open);
  apply();
  open();
})();`;
