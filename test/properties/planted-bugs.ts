/** Bugs to plant in the program: each is built into a copy of it, and the property that it breaks must find it. */
import { build, type Plugin } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { accepted, explained, restricted } from './invariants.ts';
import { kept } from './kept-decisions.ts';
import type { Manifest } from './manifests.ts';
import { SEED, tryProperty, type Property } from './property.ts';
import { spliced } from './splicer.ts';
import type { Subject } from './subject.ts';

export interface PlantedBug {
  readonly name: string;
  readonly file: string;
  /** Must stand once in the file: a bug whose place is gone is an error, so that the list stays true. */
  readonly from: string;
  readonly to: string;
  /** The property must find it within so many generated cases. */
  readonly cases: number;
  /** By default that of the splicer. */
  readonly breaks?: Property<Manifest>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

export const BUGS: readonly PlantedBug[] = [
  {
    name: 'offsets that count a character outside of the BMP once',
    file: 'src/yaml/source/text-editor.ts',
    from: 'this.#edits.push({ start: offset, end: offset, text });',
    to: 'const at = [...this.text.slice(0, offset)].length; this.#edits.push({ start: at, end: at, text });',
    cases: 1000,
  },
  {
    name: 'one \\r that is missing',
    file: 'src/yaml/source/text-editor.ts',
    from: 'lines.map((line) => (isAfterLastLine ? lineBreak + line : line + lineBreak)).join',
    to: "lines.map((line, index) => (isAfterLastLine ? lineBreak + line : line + (index === lines.length - 1 ? '\\n' : lineBreak))).join",
    cases: 1000,
  },
  {
    name: 'a comment that is dropped behind a value that is filled',
    file: 'src/yaml/write/entry-value.ts',
    from: "editor.replace(colonEnd, end, '');",
    to: "editor.replace(colonEnd, editor.text.indexOf('\\n', end), '');",
    cases: 1000,
  },
  {
    name: 'a blank line that is lost behind a block scalar that keeps it',
    file: 'src/yaml/read/tree/tokens.ts',
    from: "if (header?.source.includes('+')) return end;",
    to: "if (header?.source.includes('+')) return end - 1;",
    cases: 4000,
  },
  {
    name: 'the end of a block scalar without the characters that only look like space',
    file: 'src/yaml/source/lines.ts',
    from: "' \\t\\r\\n'.includes(text[end - 1] as string)",
    to: '/\\s/.test(text[end - 1] as string)',
    cases: 4000,
  },
  {
    name: 'new lines at the end of a file that run into its last line',
    file: 'src/yaml/source/text-editor.ts',
    from: "const isAfterLastLine = offset === this.text.length && offset > 0 && this.text[offset - 1] !== '\\n';",
    to: 'const isAfterLastLine = false;',
    cases: 1000,
  },
  {
    name: 'a comma too many behind a trailing comma',
    file: 'src/yaml/write/flow-collection.ts',
    from: "editor.insert(end, (hasTrailingComma ? '' : comma) + space",
    to: 'editor.insert(end, comma + space',
    cases: 1000,
  },
  {
    name: 'an anchor changed although its alias must stay',
    file: 'src/yaml/write/alias-edits.ts',
    from: 'return deepEqual(wanted, this.#valueAfterEdit(node)) ?',
    to: 'return edit === undefined || deepEqual(wanted, this.#valueAfterEdit(node)) ?',
    cases: 1000,
  },
  {
    name: 'a merged value that comes to light when its override goes',
    file: 'src/yaml/write/alias-edits.ts',
    from: '.some((key) => !Object.hasOwn(target, key))',
    to: '.some((key) => !written.has(key) && !Object.hasOwn(target, key))',
    cases: 20_000,
  },
  {
    name: 'a text that is written without quotes and reads as a boolean',
    file: 'src/yaml/write/print/scalar.ts',
    from: ' || SPECIAL.test(value)',
    to: '',
    cases: 1000,
  },
  {
    name: 'allowPrivilegeEscalation: false beside privileged: true, which the API server refuses',
    file: 'transforms/no-privilege-escalation.ts',
    from: 'if (privileged) return yield',
    to: 'if (privileged && container.name === "") return yield',
    cases: 300,
    breaks: accepted,
  },
  {
    name: 'a pod without a seccomp profile',
    file: 'src/transform/profile-field.ts',
    from: 'if (!ofPod || !isOpen(ofPod)) return;',
    to: 'if (!ofPod || !isOpen(ofPod) || pod.containers.length === 1) return;',
    cases: 300,
    breaks: restricted,
  },
  {
    name: 'a namespace of the node without a word',
    file: 'src/observations/pod.ts',
    from: 'seen.push(observation(id, message,',
    to: "if (id !== 'host-namespace') seen.push(observation(id, message,",
    cases: 1000,
    breaks: kept,
  },
  {
    name: 'a finding that names a control which the pod meets',
    file: 'src/engine/plan.ts',
    from: '[...withFailedControls(found, judged),',
    to: '[...found,',
    cases: 1000,
    breaks: explained,
  },
  {
    name: 'a decision of the author that is replaced',
    file: 'transforms/run-as-non-root.ts',
    from: 'if (override || !isLessSafe(given)) {',
    to: 'if (override || container.name !== "" || !isLessSafe(given)) {',
    cases: 1000,
    breaks: kept,
  },
  {
    name: 'a decision of the author that is kept without a word',
    file: 'transforms/no-privilege-escalation.ts',
    from: 'else if (current === true)\n',
    to: 'else if (current === true) return;\n    else if (current === 0)\n',
    cases: 1000,
    breaks: kept,
  },
  {
    name: 'a decision of the author for the whole pod that is kept without a word',
    file: 'transforms/run-as-non-root.ts',
    from: "yield { message: 'explicit-value', data, container, at: effectivePointer(container, field) };",
    to: "if (path(container.value, 'securityContext', field) !== undefined) yield { message: 'explicit-value', data, container, at: effectivePointer(container, field) };",
    cases: 1000,
    breaks: kept,
  },
];

/** Puts a bug in the place of the source that it names. */
function planting({ file, from, to }: PlantedBug): Plugin {
  return {
    name: 'planted-bug',
    setup({ onLoad }) {
      onLoad({ filter: new RegExp(`${file.replaceAll('.', '\\.')}$`) }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (source.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
        return { contents: source.replace(from, () => to), loader: 'ts' };
      });
    },
  };
}

async function withCopy(bug: PlantedBug, use: (subject: Subject) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kharden-planted-'));
  const outfile = join(folder, 'program.cjs');
  try {
    await build({
      stdin: { contents: "export { program } from './test/properties/subject.ts';", resolveDir: root },
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      logLevel: 'silent',
      plugins: [planting(bug)],
    });
    use(((await import(pathToFileURL(outfile).href)) as { program: Subject }).program);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** No bug: what the copies have in common. */
export const NONE: PlantedBug = {
  name: 'nothing',
  file: 'src/yaml/source/text-editor.ts',
  from: 'export class TextEditor {',
  to: 'export class TextEditor {',
  cases: 300,
};

/** What the property says about a copy of the program with the bug; undefined when it finds nothing. */
export async function failureWith(bug: PlantedBug): Promise<string | undefined> {
  let failure: string | undefined;
  await withCopy(bug, (subject) => {
    const settings = { seed: SEED, cases: bug.cases, shrinks: false };
    const { breaks } = bug;
    failure = (breaks ? tryProperty(breaks, settings, subject) : tryProperty(spliced, settings, subject)).failure;
  });
  return failure;
}
