/** The API server of the node, for those who are in its network. */
import { Agent, request, type RequestOptions } from 'node:https';
import { API_PORT, TOKEN } from './settings.ts';

// biome-ignore lint/suspicious/noExplicitAny: an object of the API is what it is
export type Json = Record<string, any>;

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The texts of its `Warning` headers. */
  readonly warnings: readonly string[];
}

const ANSWER_MILLISECONDS = 60_000;

const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });

/** How a request to it is made. */
export function requestOptions(method: string, path: string): RequestOptions {
  return { agent, host: '127.0.0.1', port: API_PORT, method, path, headers: { authorization: `Bearer ${TOKEN}` } };
}

/** Asks the API server; a body is an object, or a text of the type. */
export function ask(method: string, path: string, body?: Json | string, type = 'application/json'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ ...requestOptions(method, path), timeout: ANSWER_MILLISECONDS }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const warnings = response.headersDistinct['warning'] ?? [];
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString(), warnings });
      });
    });
    sent.setHeader('content-type', type);
    sent.on('timeout', () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
    sent.on('error', reject);
    sent.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** An object or a list; undefined when there is none. */
export async function get(path: string): Promise<Json | undefined> {
  const { status, body } = await ask('GET', path);
  return status === 200 ? (JSON.parse(body) as Json) : undefined;
}

/** The objects of a list. */
export async function list(path: string): Promise<Json[]> {
  return ((await get(path))?.['items'] ?? []) as Json[];
}

/** Creates an object, which may be there already. */
export async function create(path: string, object: Json): Promise<void> {
  const { status, body } = await ask('POST', path, object);
  if (status !== 201 && status !== 409) throw new Error(`${path}: ${status} ${body}`);
}
