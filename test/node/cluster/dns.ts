/** A small name server for the pods: the names of Services, and of the pods behind those without an address. */
import { createSocket } from 'node:dgram';
import { get, list } from './api.ts';
import { NODE_ADDRESS } from './settings.ts';

const TYPE_A = 1;
const NO_SUCH_NAME = 3;

export function serveNames(): void {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    void answer(question)
      .catch(() => undefined)
      .then((reply) => reply && socket.send(reply, from.port, from.address));
  });
  socket.bind(53, NODE_ADDRESS);
}

async function answer(question: Buffer): Promise<Buffer> {
  const { name, type, end } = nameIn(question);
  const addresses = await addressesOf(name);
  const records = type === TYPE_A ? (addresses ?? []) : [];
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8580 | (addresses === undefined ? NO_SUCH_NAME : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  header.fill(0, 8, 12);
  // A pointer to the name of the question, type A, class IN, five seconds, four bytes.
  const start = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4]);
  const bodies = records.flatMap((address) => [start, Buffer.from(address.split('.').map(Number))]);
  return Buffer.concat([header, question.subarray(12, end), ...bodies]);
}

function nameIn(question: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = question.readUInt8(at); length > 0; length = question.readUInt8(at)) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: question.readUInt16BE(at + 1), end: at + 5 };
}

/** `SERVICE.NAMESPACE.svc.cluster.local`, or a pod before it; undefined when there is no such name. */
async function addressesOf(name: string): Promise<string[] | undefined> {
  const [, pod, service = '', namespace = ''] = /^(?:([^.]+)\.)?([^.]+)\.([^.]+)\.svc\.cluster\.local$/.exec(name) ?? [];
  if (service === '') return undefined;
  const found = await get(`/api/v1/namespaces/${namespace}/services/${service}`);
  if (found === undefined) return undefined;
  if (found['spec'].clusterIP !== 'None') return pod === undefined ? [found['spec'].clusterIP] : undefined;
  const selector = Object.entries(found['spec'].selector ?? {}).map(([key, value]) => `${key}%3D${String(value)}`);
  const pods = await list(`/api/v1/namespaces/${namespace}/pods?labelSelector=${selector.join(',')}`);
  const meant = pods.filter(({ metadata, status }) => status.podIP && (pod === undefined || metadata.name === pod));
  return meant.map(({ status }) => String(status.podIP));
}
