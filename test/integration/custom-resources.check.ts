/**
 * Custom resources of every kind that kharden knows, before and after hardening, on a real API server: it takes what it took
 * before, by the CRDs that the controllers publish (see install-crds.sh), and takes each pod template as one of its own.
 */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Pod } from '../../src/kubernetes/object.ts';
import { isObject, itemsAt, objectAt, stringAt, type JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { readObjects } from '../objects.ts';
import { startApiServer, type ApiServer } from './api-server.ts';
import { added, cases, hardened, nameOf, NAMES, PROFILES } from './custom-resources.ts';
import { crdOfOpenApi } from './openapi-crd.ts';
import { PROJECT } from './world.ts';

/** Kinds whose CRD no Go module brings that can be had, and where it is published. */
const WITHOUT_CRD: Readonly<Record<string, string>> = {
  'agones.dev/Fleet': 'googleforgames/agones:install/helm/agones/templates/crds',
  'agones.dev/GameServer': 'googleforgames/agones:install/helm/agones/templates/crds',
  'agones.dev/GameServerSet': 'googleforgames/agones:install/helm/agones/templates/crds',
  'argoproj.io/ClusterWorkflowTemplate': 'argoproj/argo-workflows:manifests/base/crds/full',
  'argoproj.io/CronWorkflow': 'argoproj/argo-workflows:manifests/base/crds/full',
  'argoproj.io/Workflow': 'argoproj/argo-workflows:manifests/base/crds/full',
  'argoproj.io/WorkflowTemplate': 'argoproj/argo-workflows:manifests/base/crds/full',
  'batch.volcano.sh/Job': 'volcano-sh/volcano:config/crd/volcano/bases/batch.volcano.sh_jobs.yaml',
  'kubeflow.org/Notebook': 'kubeflow/kubeflow:components/notebook-controller/config/crd/bases/kubeflow.org_notebooks.yaml',
  // Gone since 1.0.
  'tekton.dev/ClusterTask': 'tektoncd/pipeline@v0.70.0:config/300-crds/300-clustertask.yaml',
};

/**
 * The pod templates of a custom resource as objects of the API server itself; claims that it makes stand as volumes. Of a part of a
 * pod they have what is written there.
 */
function podTemplates(object: JsonObject): JsonObject[] {
  const claims = itemsAt(object, 'spec', 'volumeClaimTemplates').map((claim) => stringAt(claim, 'metadata', 'name') ?? '');
  const volumes = claims.map((name) => ({ name, emptyDir: {} }));
  return readObjects(object).flatMap(({ pods }) =>
    pods.map((pod, index) => {
      const { spec, annotations, labels } = pod;
      const whole = pod.isPartial ? wholeOf(pod) : { ...spec, volumes: [...itemsAt(spec, 'volumes'), ...volumes] };
      const template = { metadata: { annotations, labels }, spec: whole };
      return { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: `pod-${index}` }, template };
    }),
  );
}

/** A pod with the security contexts of a part of one. */
function wholeOf({ spec, containers }: Pod): JsonObject {
  const contextOf = (value: JsonObject): JsonObject => objectAt(value, 'securityContext');
  const others = containers.map(({ value }, index) => ({ name: `c-${index}`, image: 'a', securityContext: contextOf(value) }));
  return { containers: [{ name: 'controller', image: 'a' }, ...others], securityContext: contextOf(spec) };
}

/** The CRDs of a file: those of known kinds, without the webhooks that convert between their versions. */
function crdsIn(text: string): string[] {
  return parseAllDocuments(text).flatMap((document) => {
    const crd = document.toJS() as { readonly spec: { readonly group: string; readonly names: { readonly kind: string } } };
    const { conversion, ...spec } = crd.spec as typeof crd.spec & { readonly conversion?: unknown };
    return NAMES.includes(`${spec.group}/${spec.names.kind}`) ? [JSON.stringify({ ...crd, spec })] : [];
  });
}

/** Each reason of a refusal by itself, so that what was wrong before is not taken for the hardening's fault. */
function reasons(refusal: string | undefined): string[] {
  if (refusal === undefined) return [];
  // A version that the CRD does not have is answered by plain text.
  if (!refusal.includes('{')) return [refusal];
  const answer = JSON.parse(refusal.slice(refusal.indexOf('{'))) as {
    readonly message: string;
    readonly details?: { readonly causes?: readonly { readonly field?: string; readonly reason: string }[] };
  };
  const causes = answer.details?.causes?.map(({ field, reason }) => `${field ?? ''}: ${reason}`);
  return (
    causes ??
    [...answer.message.matchAll(/unknown field "[^"]+"/g)].map(([unknown]) => unknown).concat(answer.message.slice(0, 60))
  );
}

/** What is wrong after and was not before. */
function worse(before: readonly string[], after: readonly string[]): string[] {
  return after.filter((problem) => !before.includes(problem));
}

suite('custom resources', (test) => {
  let server: ApiServer | undefined;
  const served: string[] = [];
  const took = new Map<string, number>();

  test('they are hardened', () => {
    for (const { status, stderr } of hardened) assert.is(status, 0, stderr);
  });

  test('a real API server takes the CRDs', async () => {
    server = await startApiServer();
    for (const file of fastGlob.sync('.tools/crds/*', { cwd: PROJECT, absolute: true }).sort()) {
      const text = readFileSync(file, 'utf8');
      const crds = basename(file) === 'openapi.json' ? [deploymentConfig(text)] : crdsIn(text);
      for (const crd of crds) served.push(await server.addKind(crd));
    }
    assert.equal([...served, ...Object.keys(WITHOUT_CRD)].sort(), NAMES);
  });

  const problemsOf = async (objects: readonly JsonObject[]): Promise<string[]> =>
    (await Promise.all(objects.map((object) => server?.refusal(object)))).flatMap(reasons);
  const itself = (object: JsonObject): JsonObject[] => (served.includes(nameOf(object)) ? [object] : []);

  for (const name of NAMES) {
    const own = cases.filter((one) => nameOf(one.before) === name);
    test(`${name}: ${own.length}${name in WITHOUT_CRD ? `, by their pods alone; the CRD: ${WITHOUT_CRD[name]}` : ''}`, async () => {
      for (const { file, before: object, after } of own) {
        const isOurs = file.startsWith('own/');
        const [old, ofPods] = [await problemsOf(itself(object)), await problemsOf(podTemplates(object))];
        const problems = name in WITHOUT_CRD ? ofPods : old;
        if (isOurs) assert.equal(problems, [], file);
        if (problems.length === 0) took.set(name, (took.get(name) ?? 0) + 1);
        for (const [index, one] of after.entries()) {
          const where = `${file}, ${PROFILES[index]}`;
          assert.equal(worse(old, await problemsOf(itself(one))), [], where);
          assert.equal(worse(ofPods, await problemsOf(podTemplates(one))), [], where);
          if (isOurs) assert.not.equal(one, object, `${where}: it is as before`);
        }
      }
    });
  }

  test('it takes the accounts and NetworkPolicies that they get', async () => {
    assert.ok(added.length > 0);
    for (const object of added) assert.is(await server?.refusal(object), undefined);
  });

  test('it took resources of every kind', () => {
    server?.stop();
    assert.equal([...took.keys()].sort(), NAMES);
    const counts = NAMES.map((name) => `${took.get(name)} ${name}`);
    console.log(`\ncustom resources: ${cases.length}, taken before and after: ${counts.join(', ')}`);
  });
});

/** OpenShift serves this kind itself. */
function deploymentConfig(openApi: string): string {
  const document: unknown = JSON.parse(openApi);
  if (!isObject(document)) throw new Error('no OpenAPI document');
  const definition = 'com.github.openshift.api.apps.v1.DeploymentConfig';
  return crdOfOpenApi(document, { group: 'apps.openshift.io', version: 'v1', kind: 'DeploymentConfig', definition });
}
