/**
 * A kustomize component that hardens a base from outside: JSON Patches for the objects that change, and the new objects.
 *
 * @see https://kubectl.docs.kubernetes.io/guides/config_management/components/
 */
import type { FileResult } from '../../index.ts';
import { deepEqual, objectAt, stringAt, type JsonObject } from '../../util/json.ts';
import { printYaml } from '../../yaml/index.ts';
import type { FolderContent } from '../format.ts';
import type { Problem, RunResult } from '../result.ts';
import { RUN_FINDINGS } from '../run-findings.ts';
import { plural } from '../text.ts';
import { firstAnnotations, guardedPatch } from './guarded-patch.ts';
import { COMPONENT_MARKER, KUSTOMIZATION, RESOURCES } from './names.ts';
import { objectsOf, type ChangedObject } from './objects.ts';
import { identityOf, targetOf } from './target.ts';

/** An object that changes, with where it stands. */
interface Found {
  readonly object: ChangedObject;
  readonly file: FileResult;
  readonly document: number;
}

/** A new object, with the file that needs it. */
interface Created {
  readonly object: JsonObject;
  readonly path: string;
}

/** The files of the component, and what of the run cannot be in it. */
export function composeComponent({ files }: RunResult): FolderContent {
  const documents = files.flatMap((file) =>
    file.patches.map((patch) => ({ file, document: patch.document, ...objectsOf(patch) })),
  );
  const { patched, problems } = tellApart(
    documents.flatMap(({ changed, file, document }) => changed.map((object) => ({ object, file, document }))),
  );
  const identities = new Set(patched.map(({ value }) => identityOf(value)));
  const needed = documents.filter(
    ({ changed }) => changed.length === 0 || changed.some(({ value }) => identities.has(identityOf(value))),
  );
  const { resources, clashes } = distinct(
    needed.flatMap(({ created, file: { path, namespace } }) =>
      created.map((object) => ({ object: inNamespace(object, namespace), path })),
    ),
  );
  const texts = new Map([[KUSTOMIZATION, kustomizationText(patched, resources.length > 0)]]);
  if (resources.length > 0) texts.set(RESOURCES, COMPONENT_MARKER + resources.map(printYaml).join('---\n'));
  return {
    files: texts,
    problems: [...problems, ...clashes],
    summary: `${plural(patched.length, 'patch', 'patches')} and ${plural(resources.length, 'new object')}`,
  };
}

/** Those that a component can patch, each once, and what is to be said of the others. */
function tellApart(found: readonly Found[]): { patched: ChangedObject[]; problems: Problem[] } {
  const byIdentity = new Map<string, Found[]>();
  const problems: Problem[] = [];
  for (const one of found) {
    const why = whyNameless(one.object.value);
    if (why !== undefined) problems.push(leftOut(one, why));
    else {
      const key = identityOf(one.object.value);
      byIdentity.set(key, [...(byIdentity.get(key) ?? []), one]);
    }
  }
  const patched: ChangedObject[] = [];
  for (const [first, ...others] of byIdentity.values() as Iterable<[Found, ...Found[]]>) {
    const other = others.find(({ object }) => !isSamePatch(object, first.object));
    if (!other) patched.push(first.object);
    for (const one of other ? [first, ...others] : []) {
      const { path } = (one === first ? other : first)?.file ?? one.file;
      problems.push(leftOut(one, `${path} has another object of this name that changes otherwise: name the files of one build`));
    }
  }
  return { patched, problems };
}

function isSamePatch(left: ChangedObject, right: ChangedObject): boolean {
  const [one, other] = [left, right].map((object) => [guardedPatch(object), firstAnnotations(object) ?? null]);
  return deepEqual(one, other);
}

/** Why kustomize cannot be told which object is meant; undefined when it can. */
function whyNameless(value: JsonObject): string | undefined {
  if (stringAt(value, 'kind') === undefined || stringAt(value, 'apiVersion') === undefined)
    return 'kustomize needs apiVersion and kind in each item of a list: write them there';
  if (!stringAt(value, 'metadata', 'name'))
    return 'kustomize takes no object without a name: give it one, or leave it out of the base';
  return undefined;
}

function leftOut({ object: { value }, file, document }: Found, why: string): Problem {
  const [name, namespace] = [stringAt(value, 'metadata', 'name') ?? '', stringAt(value, 'metadata', 'namespace')];
  const changes = file.changes.filter(
    ({ document: other, object }) => other === document && object.name === name && object.namespace === namespace,
  );
  const [first] = changes.sort((left, right) => left.line - right.line);
  return { ...notInComponent(file.path, why, value), ...(first && { line: first.line, column: 1, object: first.object }) };
}

/** A new object in the namespace that the builds of the inputs put the object in that needs it. */
function inNamespace(object: JsonObject, namespace: string | undefined): JsonObject {
  return namespace === undefined ? object : { ...object, metadata: { ...objectAt(object, 'metadata'), namespace } };
}

/** New objects that files share, such as the account of two workloads of one name, each once; they may differ in their labels. */
function distinct(created: readonly Created[]): { resources: JsonObject[]; clashes: Problem[] } {
  const byIdentity = new Map<string, JsonObject>();
  const clashes: Problem[] = [];
  for (const { object, path } of created) {
    const key = identityOf(object);
    const first = byIdentity.get(key) ?? object;
    byIdentity.set(key, first);
    if (!deepEqual({ ...first, metadata: null }, { ...object, metadata: null }))
      clashes.push(
        notInComponent(
          path,
          'another file needs a new object of this name that differs: give the workloads names of their own',
          object,
        ),
      );
  }
  return { resources: [...byIdentity.values()], clashes };
}

function notInComponent(path: string, why: string, object: JsonObject): Problem {
  const namespace = stringAt(object, 'metadata', 'namespace');
  return {
    id: 'not-in-component',
    severity: RUN_FINDINGS['not-in-component'].severity,
    path,
    message: `left out of the component: ${why}`,
    object: {
      kind: stringAt(object, 'kind') ?? '',
      ...(namespace === undefined ? {} : { namespace }),
      name: stringAt(object, 'metadata', 'name') ?? '',
    },
  };
}

function kustomizationText(patched: readonly ChangedObject[], hasResources: boolean): string {
  const head = printYaml({
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    // kustomize refuses a kustomization without any field.
    ...(hasResources ? { resources: [RESOURCES] } : patched.length === 0 ? { resources: [] } : {}),
  });
  const patches = patched.flatMap((object) => {
    const [patch, merge] = [guardedPatch(object), firstAnnotations(object)];
    return [...(patch.length > 0 ? [patch] : []), ...(merge ? [merge] : [])].map((one) => {
      const text = printYaml(one).replace(/^(?=.)/gm, '    ');
      return `${printYaml([{ target: targetOf(object.value) }])}  patch: |-\n${text}`;
    });
  });
  return `${COMPONENT_MARKER}${head}${patches.length === 0 ? '' : `patches:\n${patches.join('')}`}`;
}
