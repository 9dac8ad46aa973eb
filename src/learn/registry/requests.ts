/** Requests over HTTP that follow redirects, wait when a registry says so, and fail with one line for people. */
import { LearnError } from '../archive/failure.ts';

/** What requests are made with. */
export interface Network {
  readonly fetch: typeof globalThis.fetch;
  sleep(milliseconds: number): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Request {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
}

const MOST_REDIRECTS = 5;
const MOST_TRIES = 5;
/** Whoever asks for more time is left alone. */
const LONGEST_WAIT = 60_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** RFC 9110, 10.2.3: with these a server says when to come again. */
const LATER = new Set([429, 502, 503, 504]);

/**
 * The response to a request, whatever its status says, but for redirects, which are followed, and for `429` and `503`, after which it
 * waits for as long as the registry asks (`Retry-After`), up to a minute.
 *
 * The credentials of a request go to its own host alone, and a redirect never leads from https to http.
 */
export async function send(url: URL, request: Request, network: Network): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const response = await followed(url, request, network);
    if (!LATER.has(response.status)) return response;
    const wait = waitOf(response, tries, network.now());
    await response.body?.cancel();
    if (tries === MOST_TRIES || wait > LONGEST_WAIT) throw new LearnError(refusal(url, response.status, wait));
    await network.sleep(wait);
  }
}

function refusal(url: URL, status: number, wait: number): string {
  if (status !== 429) return `${url.host} is not able to answer (status ${status}): run again later`;
  const seconds = wait > LONGEST_WAIT ? `; it asks to wait ${Math.ceil(wait / 1000)} s` : '';
  return `${url.host} takes no more requests for now (status 429)${seconds}: log in, or run again later`;
}

/** Milliseconds: what the registry asks for, as seconds or as a date, else longer with each try. */
function waitOf(response: Response, tries: number, now: number): number {
  const header = response.headers.get('retry-after') ?? '';
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 500 * 2 ** tries : Math.max(0, date - now);
}

async function followed(url: URL, request: Request, network: Network): Promise<Response> {
  let current = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const headers = current.origin === url.origin ? request.headers : withoutCredentials(request.headers);
    const response = await fetched(current, { ...request, ...(headers && { headers }) }, network);
    if (!REDIRECTS.has(response.status)) return response;
    const location = response.headers.get('location');
    await response.body?.cancel();
    const next = location !== null && URL.canParse(location, current.href) ? new URL(location, current.href) : undefined;
    if (!next || !/^https?:$/.test(next.protocol)) throw new LearnError(`${current.host} redirects to nowhere`);
    if (current.protocol === 'https:' && next.protocol === 'http:')
      throw new LearnError(`${current.host} redirects to ${next.host} without https: kharden does not follow`);
    current = next;
  }
  throw new LearnError(`${url.host} redirects more than ${MOST_REDIRECTS} times`);
}

function withoutCredentials(headers: Request['headers']): Request['headers'] {
  return headers && Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
}

async function fetched(url: URL, request: Request, { fetch }: Network): Promise<Response> {
  try {
    return await fetch(url.href, { ...request, redirect: 'manual' });
  } catch (error) {
    throw new ConnectionError(url.host, codeOf(error));
  }
}

/** No answer: the network, the name or the certificate is wrong. */
export class ConnectionError extends LearnError {
  constructor(host: string, code: string) {
    super(reason(host, code));
  }
}

function reason(host: string, code: string): string {
  if (code === 'ENOTFOUND') return `there is no registry at ${host}: check the name`;
  if (code === 'EAI_AGAIN') return `the name ${host} cannot be looked up now: check the network`;
  if (code === 'ECONNREFUSED') return `nothing answers at ${host}: check the name and the port`;
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code))
    return `the certificate of ${host} is not trusted (${code}): name the certificate of its authority in NODE_EXTRA_CA_CERTS`;
  if (/SSL|PACKET|EPROTO/.test(code)) return `${host} does not speak https (${code})`;
  return `${host} cannot be reached${code === '' ? '' : ` (${code})`}`;
}

/** The code of an error of `fetch`, which has the real one as its cause; of several addresses the first. */
export function codeOf(error: unknown): string {
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
  return cause === undefined || cause === null ? '' : codeOf(cause);
}
