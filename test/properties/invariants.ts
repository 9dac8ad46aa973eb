/** The invariants of the whole program (I1 to I8 of the design), each as a property. */
import { transforms } from '../../transforms/index.ts';
import type { FileResult, Finding } from '../../src/index.ts';
import { deepEqual, isObject, itemsAt, member, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { applyJsonPatch, type Op, type PatchOperation } from '../../src/patch/index.ts';
import { applyTextEdits, isParsed, splitStream, type ParsedYaml } from '../../src/yaml/index.ts';
import { containersIn, refusals } from '../images/api-server.ts';
import { podSpecKeys } from '../objects.ts';
import { checkKept, checkLineEnds } from './kept-text.ts';
import { alone, manifest, printManifest, type Manifest } from './manifests.ts';
import { isNamed, violations } from './pod-security.ts';
import { anyPod, ordinaryPod } from './pods.ts';
import { together, type Property } from './property.ts';
import type { Subject } from './subject.ts';

const show = (input: Manifest): string => {
  const { text } = printManifest(input);
  return `${text}\n--- as a string\n${JSON.stringify(text)}`;
};

const results = new WeakMap<Subject, FileResult>();

/** The last result is remembered: several properties look at it. */
function hardened(text: string, subject: Subject): FileResult {
  const last = results.get(subject);
  if (last?.input === text) return last;
  const [file] = subject.harden([{ path: 'manifest.yaml', content: text }]).files;
  if (!file) throw new Error('no result');
  results.set(subject, file);
  return file;
}

/** Documents of a text, undefined for those that cannot be read. */
function documentsOf(text: string, { parseYaml }: Subject): (ParsedYaml | undefined)[] {
  return splitStream(text).map(({ start, end }) => {
    const parsed = parseYaml(text.slice(start, end));
    return isParsed(parsed) ? parsed : undefined;
  });
}

/** The pod specs of a text by the name of their workload. */
function podsOf(text: string, subject: Subject): ReadonlyMap<string, JsonObject> {
  const values = documentsOf(text, subject).flatMap((document) => (document ? [document.value] : []));
  const objects = values.flatMap((value) => (member(value, 'kind') === 'List' ? itemsAt(value, 'items') : [value]));
  const pods = objects.map((object) => {
    const keys = podSpecKeys(stringAt(object, 'kind') ?? '');
    return [stringAt(object, 'metadata', 'name') ?? '', keys && path(object, ...keys)] as const;
  });
  return new Map(pods.flatMap(([name, spec]) => (isObject(spec) ? [[name, spec] as const] : [])));
}

function fail(reason: string, output: string): never {
  throw new Error(`${reason}\n--- output\n${output}`);
}

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

function isExplained(container: string | undefined, findings: readonly Finding[]): boolean {
  return findings.some(
    (finding) => finding.severity !== 'info' && (finding.container === container || finding.container === undefined),
  );
}

/**
 * What hardening may replace or remove although the author wrote it: the same said in a form that is no longer read, and the
 * group root of a container that runs as another user.
 */
const REPLACED =
  /\/capabilities\/drop(?:\/\d+)?$|\/serviceAccount(?:Name)?$|\/annotations(?:\/[^/]*seccomp[^/]*)?$|\/runAsGroup$/;

export const kept: Property<Manifest> = {
  name: 'I8 decisions are kept and reported',
  inputs: alone(anyPod),
  show,
  check(input, subject) {
    const { text } = printManifest(input);
    const { output, findings, patches } = hardened(text, subject);
    for (const { operations } of patches) {
      const lost = operations.find((operation, index) => isLoss(operation, operations[index - 1]));
      if (lost) fail(`${lost.op} ${lost.path}`, output);
    }
    for (const spec of podsOf(text, subject).values()) {
      for (const container of containersIn(spec)) {
        const insecure = INSECURE.find(([field, value]) => path(container, 'securityContext', field) === value);
        const name = stringAt(container, 'name');
        if (insecure && !isExplained(name, findings)) fail(`${insecure.join(' ')} of ${name} without a word`, output);
      }
    }
  },
};

const INSECURE = [
  ['privileged', true],
  ['allowPrivilegeEscalation', true],
  ['readOnlyRootFilesystem', false],
  ['runAsNonRoot', false],
  ['runAsUser', 0],
] as const;

function isLoss(operation: PatchOperation, before: PatchOperation | undefined): boolean {
  if (operation.op !== 'replace' && operation.op !== 'remove') return false;
  const was = before?.op === 'test' ? before.value : undefined;
  const isEmpty = was === null || ((isObject(was) || Array.isArray(was)) && Object.keys(was).length === 0);
  return !isEmpty && !REPLACED.test(operation.path);
}

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
