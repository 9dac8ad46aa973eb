/** The pods of the cluster as they are now, from one watch for all who wait for some. */
import { request } from 'node:https';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { get, requestOptions, type Json } from './api.ts';

const PATH = '/api/v1/pods';
const PAUSE_MILLISECONDS = 200;

let pods = new Map<string, Json>();

/** The pods of a namespace. */
export function podsOf(namespace: string): Json[] {
  return [...pods.values()].filter(({ metadata }) => metadata.namespace === namespace);
}

/** Keeps them up to date; a watch that ends begins again with all of them. */
export async function watchPods(): Promise<never> {
  for (;;) {
    const all = await get(PATH).catch(() => undefined);
    if (all !== undefined) {
      pods = new Map((all['items'] as Json[]).map((pod) => [pod['metadata'].uid, pod]));
      await follow(String(all['metadata'].resourceVersion)).catch(() => undefined);
    }
    await sleep(PAUSE_MILLISECONDS);
  }
}

/** Takes in what changes after a version, until the watch ends. */
function follow(version: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(requestOptions('GET', `${PATH}?watch=true&resourceVersion=${version}`), (response) => {
      const lines = createInterface({ input: response });
      lines.on('line', (line) => {
        const { type, object } = JSON.parse(line) as { type: string; object: Json };
        if (type === 'ERROR') sent.destroy();
        else if (type === 'DELETED') pods.delete(object['metadata'].uid);
        else pods.set(object['metadata'].uid, object);
      });
      lines.on('close', resolve);
    });
    sent.on('error', reject);
    sent.end();
  });
}
