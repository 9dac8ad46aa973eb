/**
 * The steps of a case's work. `@NAME` before a step picks the pods whose names begin so; otherwise the first pod is meant.
 *
 *     get :PORT/PATH => TEXT       the answer of HTTP is 200 and holds the text
 *     put :PORT/PATH <= TEXT       the same for a request with a body
 *     tcp :PORT SENT => TEXT       what is answered to bytes, with \r\n
 *     run COMMAND => TEXT          a command of the shell in the pod prints the text
 *     exec PROGRAM ARG... => TEXT  the same without a shell
 *     name :PORT NAME => ADDRESS   a name server answers with the address
 *     log => TEXT                  the pod has logged it
 *     restart                      the pods are deleted, and new ones come up
 *     trigger CRONJOB              its Job is started now
 *     complete                     every Job has succeeded
 *     release                      the tests of the Helm release succeed
 *     node COMMAND => TEXT         a command of the shell on the node
 */
import { spawnSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import { ask, list, type Json } from './cluster/api.ts';
import { kubectl, runProgram } from './cluster/kubectl.ts';
import { podsOf } from './cluster/pods.ts';
import { waitUntilUp, type Trial } from './trial.ts';

const NETWORK_MILLISECONDS = 8000;

/** Does one step; an error says why it failed. */
export async function doStep(step: string, trial: Trial): Promise<void> {
  const { word, rest, wanted, sent, prefix } = parts(step);
  if (word === 'restart') return restart(trial);
  if (word === 'complete') return complete(trial);
  if (word === 'trigger') return trigger(rest, trial);
  if (word === 'release') return testRelease(trial);
  if (word === 'node') return expectText(onNode(rest, trial), wanted);
  const pod = podOf(trial, prefix);
  const address = String(pod['status'].podIP);
  const names = ['--namespace', trial.namespace, String(pod['metadata'].name)];
  switch (word) {
    case 'get':
    case 'put': {
      const init: RequestInit = word === 'put' ? { method: 'PUT', body: unescaped(sent) } : {};
      const answer = await fetch(`http://${address}${rest}`, { ...init, signal: AbortSignal.timeout(NETWORK_MILLISECONDS) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`status ${answer.status}: ${text.slice(0, 300)}`);
      return expectText(text, wanted);
    }
    case 'tcp': {
      const [, port = '', bytes = ''] = /^:(\d+) ?(.*)$/.exec(rest) ?? [];
      return talk(address, Number(port), bytes, wanted);
    }
    case 'name': {
      const [port = '', name = ''] = rest.split(' ');
      const resolver = new Resolver({ timeout: NETWORK_MILLISECONDS, tries: 1 });
      resolver.setServers([address + port]);
      return expectText((await resolver.resolve4(name)).join(), wanted);
    }
    case 'run':
      return expectText(await output(['exec', ...names, '--', 'sh', '-c', rest]), wanted);
    case 'exec':
      return expectText(await output(['exec', ...names, '--', ...rest.split(' ')]), wanted);
    case 'log':
      return expectText(await logOf(pod), wanted);
    default:
      throw new Error(`no step of a case: ${word}`);
  }
}

function parts(step: string): { prefix: string; word: string; rest: string; wanted: string; sent: string } {
  const [, prefix = '', word = '', rest = ''] = /^(?:@(\S+) )?(\w+) ?(.*)$/.exec(step) ?? [];
  const [before = '', wanted = ''] = rest.split(/ ?=>(?: |$)/);
  const [command = '', sent = ''] = before.split(' <= ');
  return { prefix, word, rest: command.trim(), wanted, sent };
}

function unescaped(text: string): string {
  return text.replaceAll('\\r', '\r').replaceAll('\\n', '\n');
}

function expectText(text: string, wanted: string): void {
  if (!text.includes(wanted)) throw new Error(`not in ${JSON.stringify(text.slice(0, 400))}`);
}

async function logOf({ metadata: { namespace, name }, spec }: Json): Promise<string> {
  const containers = [...(spec.initContainers ?? []), ...spec.containers] as Json[];
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/log?container=`;
  const answers = await Promise.all(containers.map((container) => ask('GET', path + container['name'])));
  return answers.flatMap(({ status, body }) => (status === 200 ? body : [])).join('');
}

async function output(args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await kubectl(args);
  if (status !== 0) throw new Error(`${stdout}${stderr}`.trim());
  return `${stdout}${stderr}`;
}

function podOf({ namespace }: Trial, prefix: string): Json {
  const found = podsOf(namespace).find(
    ({ metadata }) => metadata.name.startsWith(prefix) && metadata.deletionTimestamp === undefined,
  );
  if (found === undefined) throw new Error(`no pod ${prefix}`);
  return found;
}

async function restart(trial: Trial): Promise<void> {
  const path = `/api/v1/namespaces/${trial.namespace}/pods`;
  const old = new Set(podsOf(trial.namespace).map(({ metadata }) => String(metadata.uid)));
  await ask('DELETE', `${path}?gracePeriodSeconds=5`);
  const missing = await waitUntilUp(trial, old);
  if (missing !== undefined) throw new Error(`after the restart ${missing}`);
}

async function complete({ namespace }: Trial): Promise<void> {
  const jobs = await list(`/apis/batch/v1/namespaces/${namespace}/jobs`);
  if (jobs.length === 0 || !jobs.every(({ status }) => status.succeeded > 0)) throw new Error('a Job has not succeeded');
}

async function trigger(name: string, { namespace }: Trial): Promise<void> {
  await output(['create', 'job', '--namespace', namespace, `${name}-now`, `--from=cronjob/${name}`]);
}

async function testRelease({ namespace }: Trial): Promise<void> {
  const { status, stdout, stderr } = await runProgram('helm4', ['test', 'shop', '--namespace', namespace]);
  if (status !== 0) throw new Error(`${stdout}${stderr}`.trim());
}

function onNode(command: string, { namespace }: Trial): string {
  const { stdout, stderr } = spawnSync('sh', ['-c', command], {
    encoding: 'utf8',
    timeout: NETWORK_MILLISECONDS,
    env: { ...process.env, NAMESPACE: namespace },
  });
  return stdout + stderr;
}

/** Sends bytes to a port and waits for a text in the answer. */
function talk(host: string, port: number, bytes: string, wanted: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: NETWORK_MILLISECONDS });
    let answer = '';
    socket.on('connect', () => socket.write(unescaped(bytes)));
    socket.on('data', (part) => {
      answer += part.toString('latin1');
      if (answer.includes(wanted)) {
        socket.destroy();
        resolve();
      }
    });
    for (const event of ['timeout', 'error', 'close'])
      socket.on(event, () => {
        socket.destroy();
        reject(new Error(`${event}: not in ${JSON.stringify(answer.slice(0, 300))}`));
      });
  });
}
