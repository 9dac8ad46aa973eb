/** The invariants of the whole program (I1 to I8 of the design), each as a property. */
import { transforms } from '../../transforms/index.ts';
import { deepEqual, member, type Json, type JsonObject } from '../../src/util/json.ts';
import { applyJsonPatch, type Op } from '../../src/patch/index.ts';
import { applyTextEdits, isParsed, splitStream } from '../../src/yaml/index.ts';
import { refusals } from '../images/api-server.ts';
import { documentsOf, fail, hardened, podsOf, show } from './hardened.ts';
import { kept } from './kept-decisions.ts';
import { checkKept, checkLineEnds } from './kept-text.ts';
import { alone, manifest, printManifest, type Manifest } from './manifests.ts';
import { isNamed, violations } from './pod-security.ts';
import { anyPod, ordinaryPod } from './pods.ts';
import { together, type Property } from './property.ts';

export const idempotent: Property<Manifest> = {
  name: 'I1 idempotent',
  inputs: manifest,
  show,
  check(input, subject) {
    const { output } = hardened(printManifest(input).text, subject);
    const again = hardened(output, subject);
    if (again.output !== output) fail(`the second run changes it to\n${again.output}`, output);
  },
};

export const local: Property<Manifest> = {
  name: 'I2 local',
  inputs: manifest,
  show,
  check(input, subject) {
    const { text } = printManifest(input);
    const { output, edits, patches } = hardened(text, subject);
    if (applyTextEdits(text, edits) !== output) fail('the edits do not make the output', output);
    checkLineEnds(text, output);
    const slices = splitStream(text);
    for (const { document, operations } of patches) {
      const { start, end } = slices[document] ?? { start: 0, end: 0 };
      const parsed = subject.parseYaml(text.slice(start, end));
      if (!isParsed(parsed)) return fail(`document ${document} was changed and cannot be read`, output);
      const inside = edits.filter((edit) => edit.start >= start && edit.end <= end);
      const ops = operations.filter(({ op }) => op !== 'test') as unknown as Op[];
      checkKept(
        parsed,
        ops,
        inside.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start })),
        output,
      );
    }
  },
};

export const proved: Property<Manifest> = {
  name: 'I3 proved',
  inputs: manifest,
  show,
  check(input, subject) {
    const { text } = printManifest(input);
    const { output, findings, patches } = hardened(text, subject);
    const internal = findings.find(({ id }) => id === 'internal-error');
    if (internal) throw new Error(internal.message);
    const before = documentsOf(text, subject);
    const after = documentsOf(output, subject);
    for (const { document, operations } of patches) {
      const expected = applyJsonPatch(before[document]?.value ?? null, operations);
      if (!after.some((one) => one && deepEqual(one.value, expected)))
        fail(`no document reads ${JSON.stringify(expected)}`, output);
    }
  },
};

export const untouched: Property<Manifest> = {
  name: 'I4 what is no workload keeps every byte',
  inputs: manifest,
  show,
  check(input, subject) {
    const { text, parts } = printManifest(input);
    const { output, findings } = hardened(text, subject);
    const error = findings.find(({ severity }) => severity === 'error');
    if (error && output !== text) fail(`changed in spite of ${error.message}`, output);
    let from = 0;
    for (const [index, { kind }] of input.parts.entries()) {
      const bytes = (parts[index] ?? '').replace(/[\r\n]+$/, '');
      const found = kind === 'workload' ? from : output.indexOf(bytes, from);
      if (found === -1) fail(`document ${index + 1} is not what it was`, output);
      from = kind === 'workload' ? from : found + bytes.length;
    }
  },
};

export const accepted: Property<Manifest> = {
  name: 'I5 valid stays valid',
  inputs: alone(anyPod),
  show,
  check(input, subject) {
    const { output } = hardened(printManifest(input).text, subject);
    const isWindows = (spec: JsonObject): boolean =>
      JSON.stringify([member(spec, 'os'), member(spec, 'nodeSelector')] as Json).includes('windows');
    for (const spec of podsOf(output, subject).values()) {
      const own = podsOf(printManifest(input).text, subject).get('web') ?? {};
      const old = refusals({}, own, isWindows(own));
      const [reason] = refusals({}, spec, isWindows(own)).filter((one) => !old.includes(one));
      if (reason !== undefined) fail(reason, output);
    }
  },
};

export const orderFree: Property<Manifest> = {
  name: 'I6 order-free',
  inputs: manifest,
  show,
  check(input, subject) {
    const { text } = printManifest(input);
    const { output } = hardened(text, subject);
    const turn = (input.presentation[0] ?? 0) % transforms.length;
    const turned = [...transforms.slice(turn), ...transforms.slice(0, turn)].reverse();
    const other = subject.createHarden(turned)([{ path: 'manifest.yaml', content: text }]).files[0]?.output;
    if (other !== output) fail(`in another order it is\n${other}`, output);
  },
};

export const restricted: Property<Manifest> = {
  name: 'I7 ordinary pods become restricted',
  inputs: alone(ordinaryPod),
  show,
  check(input, subject) {
    const { output, findings } = hardened(printManifest(input).text, subject);
    const all = [...podsOf(output, subject).values()].flatMap(violations);
    const silent = all.find((violation) => !isNamed(violation, findings));
    if (silent) fail(`${silent.control} of ${silent.container ?? 'the pod'}`, output);
    const unforeseen = findings.find(({ id }) => id === 'pod-security');
    if (unforeseen) fail(`neither a transform nor an observation says why it ${unforeseen.message}`, output);
  },
};

export const explained: Property<Manifest> = {
  name: 'I7 what is not restricted is reported',
  inputs: alone(anyPod),
  show,
  check(input, subject) {
    const { output, findings } = hardened(printManifest(input).text, subject);
    const all = [...podsOf(output, subject).values()].flatMap(violations);
    const silent = all.find((violation) => !isNamed(violation, findings));
    if (silent) fail(`no finding names ${silent.control} of ${silent.container ?? 'the pod'}`, output);
    const failed = new Set(all.map(({ control }) => control));
    const wrong = findings.flatMap(({ controls = [] }) => controls).find((control) => !failed.has(control));
    if (wrong) fail(`a finding names ${wrong}, which the pod meets`, output);
  },
};

/** What holds of any file. */
export const everyFile = together('files: I1 idempotent, I2 local, I3 proved, I4 untouched, I6 order-free', [
  local,
  proved,
  untouched,
  orderFree,
  idempotent,
]);

/** What holds of any workload. */
export const everyPod = together('workloads: I5 accepted, I7 reported, I8 kept', [accepted, explained, kept]);
