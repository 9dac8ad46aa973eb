/**
 * One case in one form on the node: its objects are created, its pods must come up, and its work must be done. Its namespace enforces the level
 * of the Pod Security Standards that kharden finds in the manifest, and warns of what does not meet `restricted`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { releaseArguments } from './built.ts';
import { levelOf, type Case, type Manifest } from './case.ts';
import { ask, create, get, type Json } from './cluster/api.ts';
import { runProgram } from './cluster/kubectl.ts';
import { createObjects, type Said } from './cluster/objects.ts';
import { podsOf } from './cluster/pods.ts';
import type { Form } from './form.ts';
import { doStep } from './steps.ts';
import { trouble } from './trouble.ts';

const UP_SECONDS = 180;
const STEP_SECONDS = 90;
/** For a pod without requests, as a plain one mostly is: it gets what others leave of the processor. */
const PLAIN_STEP_SECONDS = 180;
const LOOK_MILLISECONDS = 200;
const MOST_PAUSE_MILLISECONDS = 1600;
/** A container that was started so often comes up no more; what is refused for so long stays refused. */
const MOST_RESTARTS = 6;
const REFUSED_SECONDS = 15;

/** What makes pods, in an order in which nothing makes it again. */
const MAKERS = ['batch/cronjobs', 'batch/jobs', 'apps/deployments', 'apps/replicasets', 'apps/statefulsets', 'apps/daemonsets'];

export interface Outcome {
  readonly state: 'works' | 'no work' | 'not up';
  readonly seconds: number;
  /** What failed, with the events and the logs of the pods. */
  readonly detail: string;
  /** What the API server says of workloads that do not meet the level `restricted`. */
  readonly warnings: readonly string[];
}

/** Where the pods of a trial are. */
export interface Trial {
  readonly namespace: string;
  readonly objects: readonly Json[];
}

export async function runTrial(subject: Case, form: Form, manifest: Manifest): Promise<Outcome> {
  const namespace = `${subject.name}-${form}`;
  const trial: Trial = { namespace, objects: manifest.objects };
  const started = Date.now();
  const warnings: string[] = [];
  const outcome = (state: Outcome['state'], detail: string): Outcome => ({
    state,
    detail,
    warnings,
    seconds: Math.round((Date.now() - started) / 1000),
  });
  try {
    await makeNamespace(namespace, levelOf(manifest));
    const said = await apply(subject, form, namespace, manifest);
    warnings.push(...said.warnings.filter((line) => line.includes('would violate PodSecurity')));
    if (said.failures.length > 0) return outcome('not up', `${said.failures.join('\n')}\n${await trouble(namespace)}`);
    const missing = await waitUntilUp(trial);
    if (missing !== undefined) return outcome('not up', `${missing}\n${await trouble(namespace)}`);
    const seconds = form === 'plain' && subject.group !== 'controls' ? PLAIN_STEP_SECONDS : STEP_SECONDS;
    for (const step of subject.work) {
      const failure = await insist(step, trial, seconds);
      if (failure !== undefined) return outcome('no work', `${step}: ${failure}\n${await trouble(namespace)}`);
    }
    return outcome('works', '');
  } finally {
    await emptyNamespace(namespace);
  }
}

async function makeNamespace(name: string, level: string): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': level, 'pod-security.kubernetes.io/warn': 'restricted' };
  await create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
  // Pods are refused until the controllers have made the account and the certificate that every pod gets.
  for (const path of ['serviceaccounts/default', 'configmaps/kube-root-ca.crt'])
    for (let tries = 0; tries < 300 && !(await get(`/api/v1/namespaces/${name}/${path}`)); tries++) await sleep(100);
}

/** Creates the objects, or installs the chart after what stands in the file of the case. Helm tells no warnings, so a dry run asks for them. */
async function apply({ source, text: own }: Case, form: Form, namespace: string, { text }: Manifest): Promise<Said> {
  const make = (objects: string, query?: string): Promise<Said> =>
    createObjects(inNamespace(objects, namespace), namespace, query);
  if (source !== undefined && /^kind:/m.test(own)) {
    const before = await make(own);
    if (before.failures.length > 0) return before;
  }
  if (source?.kind !== 'chart') return make(text);
  const { warnings } = await make(text, 'dryRun=All');
  const options = ['--namespace', namespace];
  const { status, stderr } = await runProgram('helm4', ['install', ...releaseArguments(source.folder, form), ...options]);
  return { failures: status === 0 ? [] : [stderr], warnings };
}

/** The word `here` stands for the namespace, and ends the names of objects that are in none. */
function inNamespace(text: string, namespace: string): string {
  return text.replaceAll(/\bnamespace: here\b/g, `namespace: ${namespace}`).replaceAll(/(?<=name: [\w-]+-)here\b/g, namespace);
}

/** Ends its pods and what makes them. To remove the namespace itself would ask for all that there can be in one, and the node goes anyway. */
async function emptyNamespace(name: string): Promise<void> {
  for (const kind of MAKERS)
    await ask('DELETE', `/apis/${kind.replace('/', `/v1/namespaces/${name}/`)}?propagationPolicy=Background`);
  await ask('DELETE', `/api/v1/namespaces/${name}/pods?gracePeriodSeconds=0`);
  await ask('DELETE', `/api/v1/namespaces/${name}/services`);
}

/** Undefined when all pods that the objects ask for are ready, else what is missing. */
export async function waitUntilUp({ namespace, objects }: Trial, without?: ReadonlySet<string>): Promise<string | undefined> {
  let missing = 'no pod';
  const started = Date.now();
  for (const end = Date.now() + UP_SECONDS * 1000; Date.now() < end; await sleep(LOOK_MILLISECONDS)) {
    const pods = podsOf(namespace).filter((pod) => !without?.has(pod['metadata'].uid) && !isForWindows(pod));
    const wanted = wantedPods(objects);
    const up = pods.filter(isUp);
    if (up.length >= wanted && up.length === pods.length) return undefined;
    missing = `${up.length} of ${wanted} pods are up`;
    if (pods.some(endsAgainAndAgain)) return `${missing}, and one of them ends again and again`;
    if (Date.now() - started > REFUSED_SECONDS * 1000 && pods.some(isRefused)) return `${missing}, and one of them is refused`;
  }
  return `${missing} after ${UP_SECONDS} s`;
}

/** How many pods the objects ask for: a CronJob for none until its time has come, a test of a release for none, nor one for Windows. */
function wantedPods(objects: readonly Json[]): number {
  return objects
    .filter(
      ({ metadata, spec }) => metadata.annotations?.['helm.sh/hook'] !== 'test' && !isForWindows(spec?.template ?? { spec }),
    )
    .map(({ kind, spec }) => {
      if (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'ReplicaSet') return Number(spec.replicas ?? 1);
      return kind === 'Pod' || kind === 'DaemonSet' || kind === 'Job' ? 1 : 0;
    })
    .reduce((sum, count) => sum + count, 0);
}

function isForWindows({ spec }: Json): boolean {
  return spec?.os?.name === 'windows';
}

function isUp({ metadata, status }: Json): boolean {
  if (status.phase === 'Succeeded') return true;
  if (metadata.deletionTimestamp !== undefined) return false;
  const owner = metadata.ownerReferences?.[0]?.kind;
  // A Job is judged by its completion, which is a step of its work.
  if (owner === 'Job') return status.phase === 'Running' || status.phase === 'Failed';
  return (status.conditions ?? []).some((condition: Json) => condition['type'] === 'Ready' && condition['status'] === 'True');
}

function containersOf({ status }: Json): Json[] {
  return [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])] as Json[];
}

function endsAgainAndAgain(pod: Json): boolean {
  return containersOf(pod).some(({ restartCount }) => restartCount >= MOST_RESTARTS);
}

/** The kubelet does not create a container as it is asked for, such as one of root with `runAsNonRoot`. */
function isRefused(pod: Json): boolean {
  return containersOf(pod).some(({ state }) => state.waiting?.reason === 'CreateContainerConfigError');
}

/** Does a step again and again until it succeeds; what it said last when it never does. */
async function insist(step: string, trial: Trial, seconds: number): Promise<string | undefined> {
  let failure = '';
  let pause = LOOK_MILLISECONDS;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(pause)) {
    pause = Math.min(2 * pause, MOST_PAUSE_MILLISECONDS);
    try {
      await doStep(step, trial);
      return undefined;
    } catch (error) {
      failure = String(error instanceof Error ? error.message : error);
    }
    if (podsOf(trial.namespace).some(endsAgainAndAgain)) break;
  }
  return failure;
}
