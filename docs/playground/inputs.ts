/** The files of the user: each with a name and a text, typed, opened or dropped. */
import { byId, create } from './dom.ts';
import { SAMPLE } from './sample.ts';

/** A file as it is given to `harden`. */
interface Given {
  readonly path: string;
  readonly content: string;
}

/** What else of the page uses the files. */
export interface Inputs {
  /** The files in their order. @throws Error when two have one name */
  read(): Given[];
  /** Puts the cursor at a place, counted from 1, of the file with this index. */
  show(index: number, line: number, column: number): void;
}

/** The editor of one file. */
interface Editor {
  readonly element: HTMLElement;
  readonly name: HTMLInputElement;
  readonly area: HTMLTextAreaElement;
  /** The text as it was opened until it is edited: a textarea knows no carriage returns. */
  text: string;
}

/** Sets up the editors; `changed` is called after each change of a file. */
export function setUpInputs(changed: () => void): Inputs {
  const list = byId('inputs', HTMLElement);
  const editors: Editor[] = [];
  let isUntouched = true;

  const add = (name: string, text: string): Editor => {
    const editor = createEditor(name, text, {
      edited: () => {
        isUntouched = false;
        changed();
      },
      removed: () => {
        if (editors.length === 1) replaceText(editor, '');
        else {
          editors.splice(editors.indexOf(editor), 1);
          editor.element.remove();
          editors[0]?.area.focus();
        }
        isUntouched = false;
        changed();
      },
    });
    editors.push(editor);
    list.append(editor.element);
    return editor;
  };

  const addFiles = async (files: Iterable<File>): Promise<void> => {
    const opened = await Promise.all([...files].map(readFile));
    if (isUntouched && opened.some((one) => one.text !== undefined))
      for (const { element } of editors.splice(0)) element.remove();
    for (const { name, text } of opened) if (text !== undefined) add(name, text);
    isUntouched = false;
    byId('trouble', HTMLElement).textContent = opened.flatMap(({ trouble }) => trouble ?? []).join(' ');
    changed();
  };

  add(SAMPLE.name, SAMPLE.text);
  byId('add', HTMLButtonElement).addEventListener('click', () => {
    isUntouched = false;
    add(freeName(editors), '').area.focus();
    changed();
  });
  const open = byId('open', HTMLInputElement);
  open.addEventListener('change', () => void addFiles(open.files ?? []));
  takeDrops(addFiles);
  return {
    read: () => readEditors(editors),
    show: (index, line, column) => {
      const editor = editors[index];
      if (editor) select(editor, line, column);
    },
  };
}

function createEditor(path: string, text: string, on: { readonly edited: () => void; readonly removed: () => void }): Editor {
  const name = create('input', { value: path, ariaLabel: 'Name of the file', spellcheck: false });
  const area = create('textarea', { value: text, spellcheck: false, wrap: 'off', placeholder: 'Paste manifests here' });
  const remove = create('button', { type: 'button' }, 'Remove');
  const element = create('div', { className: 'input' }, create('div', { className: 'bar' }, name, remove), area);
  const editor: Editor = { element, name, area, text };
  const label = (): void => {
    area.ariaLabel = `Content of ${name.value}`;
    remove.ariaLabel = `Remove ${name.value}`;
  };
  label();
  name.addEventListener('input', () => {
    label();
    on.edited();
  });
  area.addEventListener('input', () => {
    editor.text = editor.text.includes('\r\n') ? area.value.replaceAll('\n', '\r\n') : area.value;
    on.edited();
  });
  remove.addEventListener('click', on.removed);
  return editor;
}

function replaceText(editor: Editor, text: string): void {
  editor.text = text;
  editor.area.value = text;
  editor.area.focus();
}

function readEditors(editors: readonly Editor[]): Given[] {
  const given = editors.map(({ name, text }) => ({ path: name.value.trim(), content: text }));
  if (given.some(({ path }) => path === '')) throw new Error('A file has no name: give it one.');
  const twice = given.find(({ path }, index) => given.findIndex((one) => one.path === path) < index);
  if (twice) throw new Error(`Two files have the name ${twice.path}: rename one of them.`);
  return given;
}

function freeName(editors: readonly Editor[]): string {
  const taken = new Set(editors.map(({ name }) => name.value));
  let number = editors.length + 1;
  while (taken.has(`file-${number}.yaml`)) number++;
  return `file-${number}.yaml`;
}

/** The text of a file, or what is wrong with it; a byte order mark stays. */
async function readFile(file: File): Promise<{ readonly name: string; readonly text?: string; readonly trouble?: string }> {
  const { name } = file;
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer()) };
  } catch (error) {
    const trouble = error instanceof TypeError ? 'is not UTF-8: save it as UTF-8' : 'cannot be read: choose files, not folders';
    return { name, trouble: `${name} ${trouble}.` };
  }
}

/** Takes files that are dropped anywhere on the page. */
function takeDrops(addFiles: (files: Iterable<File>) => Promise<void>): void {
  const mark = (isOver: boolean) => (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    document.body.classList.toggle('dropping', isOver);
    if (event.type === 'drop') void addFiles(event.dataTransfer.files);
  };
  document.addEventListener('dragover', mark(true));
  document.addEventListener('dragleave', mark(false));
  document.addEventListener('drop', mark(false));
}

function select({ area }: Editor, line: number, column: number): void {
  const before = area.value.split('\n').slice(0, line - 1);
  const offset = before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(offset, offset);
}
