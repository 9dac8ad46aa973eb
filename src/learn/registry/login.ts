/**
 * How a client gets the right to pull: `Basic`, or a token of the service that the registry names (OCI distribution-spec;
 * distribution/distribution, docs/spec/auth/token.md and oauth.md).
 */
import { stringAt } from '../../util/json.ts';
import { whole } from '../archive/bytes.ts';
import { LearnError } from '../archive/failure.ts';
import { parseJson } from '../image/image.ts';
import { readChallenges, type Challenge } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { send, type Network, type Request } from './requests.ts';

const CLIENT = 'kharden';
const LARGEST_TOKEN = 1 << 20;

/** What is asked for. */
export interface Wanted {
  /** As in the name of the image, for people. */
  readonly registry: string;
  readonly repository: string;
  readonly credentials: Credentials | undefined;
}

/** The header `Authorization` that answers the challenges of a registry; undefined when none can be answered. */
export async function authorization(response: Response, url: URL, wanted: Wanted, network: Network): Promise<string | undefined> {
  const challenges = readChallenges(response.headers.get('www-authenticate') ?? '');
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer) return `Bearer ${await token(bearer, url, wanted, network)}`;
  const { credentials } = wanted;
  const isBasic = challenges.some(({ scheme }) => scheme === 'basic');
  return isBasic && credentials && credentials.user !== '' ? basic(credentials) : undefined;
}

async function token({ parameters }: Challenge, registry: URL, wanted: Wanted, network: Network): Promise<string> {
  const realm = parameters.get('realm') ?? '';
  if (!URL.canParse(realm)) throw new LearnError(`${wanted.registry} does not say where its tokens come from`);
  const url = new URL(realm);
  if (url.protocol !== 'https:' && url.protocol !== registry.protocol)
    throw new LearnError(`${wanted.registry} wants the login to be sent to ${url.host} without https`);
  const scope = parameters.get('scope') ?? `repository:${wanted.repository}:pull`;
  const response = await send(...tokenRequest(url, parameters.get('service'), scope, wanted.credentials), network);
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new LearnError(loginProblem(response.status, wanted));
  }
  const answer = parseJson(
    await whole(response.body, LARGEST_TOKEN, `the token of ${wanted.registry}`),
    `the token of ${wanted.registry}`,
  );
  const found = stringAt(answer, 'token') ?? stringAt(answer, 'access_token');
  if (!found) throw new LearnError(`${wanted.registry} gives no token`);
  return found;
}

function tokenRequest(
  url: URL,
  service: string | undefined,
  scope: string,
  credentials: Credentials | undefined,
): [url: URL, request: Request] {
  const isIdentity = credentials?.user === '';
  const asked = { ...(service !== undefined && { service }), scope };
  if (isIdentity) {
    const form = { grant_type: 'refresh_token', client_id: CLIENT, refresh_token: credentials.secret, ...asked };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return [url, { method: 'POST', headers, body: new URLSearchParams(form).toString() }];
  }
  const address = new URL(url);
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  return [address, credentials ? { headers: { authorization: basic(credentials) } } : {}];
}

/** Why a request was refused, by its status. */
export function loginProblem(status: number, { registry, repository, credentials }: Wanted): string {
  if (status !== 401 && status !== 403) return `${registry} gives no access to ${repository} (status ${status})`;
  return credentials
    ? `${registry} refuses the login for ${repository} (status ${status}): log in again, or ask for the right to pull`
    : `${registry} wants a login for ${repository}, and there is none (status ${status}): log in with docker, podman or skopeo`;
}

function basic({ user, secret }: Credentials): string {
  const bytes = new TextEncoder().encode(`${user}:${secret}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
