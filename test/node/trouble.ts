/** What the cluster says of pods that do not do their work: the states of containers, the events, the ends of the logs. */
import { ask, list, type Json } from './cluster/api.ts';

const LOG_LINES = 12;

export async function trouble(namespace: string): Promise<string> {
  const pods = await list(`/api/v1/namespaces/${namespace}/pods`);
  const events = await list(`/api/v1/namespaces/${namespace}/events`);
  const warnings = events
    .filter(({ type, reason }) => type === 'Warning' && reason !== 'FailedScheduling')
    .map(({ reason, message }) => `event ${reason}: ${message}`);
  const states = await Promise.all(pods.map((pod) => statesOf(namespace, pod)));
  return [...new Set(warnings), ...states.flat()].join('\n');
}

async function statesOf(namespace: string, { metadata, status, spec }: Json): Promise<string[]> {
  const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])] as Json[];
  const lines: string[] = [];
  for (const container of statuses) {
    const { name, state, lastState, restartCount, ready } = container as Json;
    const reason = state?.waiting ?? state?.terminated ?? {};
    if (ready === true && restartCount === 0) continue;
    const last = lastState?.terminated;
    const ended = last === undefined ? '' : `, ended before with ${last.reason} ${last.exitCode} ${last.message ?? ''}`;
    lines.push(`${metadata.name}/${name}: ${reason.reason ?? 'running'} ${reason.message ?? ''}${ended}`);
    const path = `/api/v1/namespaces/${namespace}/pods/${metadata.name}/log?container=${name}&tailLines=${LOG_LINES}`;
    for (const previous of restartCount > 0 ? ['', '&previous=true'] : ['']) {
      const { status: code, body } = await ask('GET', path + previous);
      if (code === 200 && body !== '' && !body.startsWith('unable to retrieve')) {
        lines.push(
          ...body
            .trimEnd()
            .split('\n')
            .map((line) => `  log ${line}`),
        );
        break;
      }
    }
  }
  if (statuses.length === 0) lines.push(`${metadata.name}: ${status.phase} on ${spec.nodeName ?? 'no node'}`);
  return lines;
}
