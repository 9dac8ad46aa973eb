/**
 * Credentials as Docker and the containers tools keep them: the files `config.json` ("docker login", Credential stores) and
 * `auth.json` (containers-auth.json(5)). Nothing here reads a file or runs a helper; the caller does.
 */
import { member, objectAt, stringAt, type JsonObject } from '../../util/json.ts';

/** A login; an empty user means that `secret` is an identity token (Docker Registry v2, "Requesting a token with OAuth2"). */
export interface Credentials {
  readonly user: string;
  readonly secret: string;
}

/** Where a file says that the credentials of a registry are. */
export type Place =
  | { readonly kind: 'file'; readonly credentials: Credentials }
  /** The program `docker-credential-NAME`, and what it is asked for. */
  | { readonly kind: 'helper'; readonly name: string; readonly server: string };

const DOCKER_HUB = 'docker.io';
/** What `docker login` calls Docker Hub. */
const DOCKER_HUB_SERVER = 'https://index.docker.io/v1/';
/** Names of programs, never of files elsewhere. */
const HELPER = /^[A-Za-z0-9][\w.-]*$/;

/**
 * Where a file keeps the credentials for a repository; undefined when it has none. A more exact key counts first, and a helper for
 * the registry before all others.
 *
 * @param registry as in the name of the image: `docker.io`, `localhost:5000`
 */
export function placeOf(file: JsonObject, registry: string, repository: string): Place | undefined {
  const server = registry === DOCKER_HUB ? DOCKER_HUB_SERVER : registry;
  const helper = stringAt(file, 'credHelpers', registry) ?? stringAt(file, 'credHelpers', server);
  if (helper !== undefined) return helperPlace(helper, server);
  const auths = objectAt(file, 'auths');
  for (const key of keysFor(registry, repository)) {
    const found = Object.keys(auths).find((one) => plain(one) === key);
    const credentials = found === undefined ? undefined : readAuth(objectAt(auths, found));
    if (credentials) return { kind: 'file', credentials };
  }
  const store = stringAt(file, 'credsStore');
  return store === undefined ? undefined : helperPlace(store, server);
}

function helperPlace(name: string, server: string): Place | undefined {
  return HELPER.test(name) ? { kind: 'helper', name, server } : undefined;
}

/** `quay.io/team/app`, `quay.io/team`, `quay.io`. */
function keysFor(registry: string, repository: string): string[] {
  const steps = repository.split('/');
  const folders = steps.map((_, index) => `${registry}/${steps.slice(0, steps.length - index).join('/')}`);
  const names = registry === DOCKER_HUB ? ['index.docker.io', 'registry-1.docker.io'] : [];
  return [...folders, registry, ...names];
}

/** A key of Docker may be an address: `https://index.docker.io/v1/`. */
function plain(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, '');
}

function readAuth(auth: JsonObject): Credentials | undefined {
  const token = stringAt(auth, 'identitytoken');
  if (token) return { user: '', secret: token };
  const packed = member(auth, 'auth');
  if (typeof packed !== 'string' || !/^[A-Za-z0-9+/]+=*$/.test(packed)) return undefined;
  const text = new TextDecoder().decode(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)));
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { user: text.slice(0, colon), secret: text.slice(colon + 1).replace(/\0+$/, '') };
}

/** What a helper prints (docker-credential-helpers, "Usage"): a user `<token>` means an identity token. */
export function readHelperOutput(output: JsonObject): Credentials | undefined {
  const [user, secret] = [stringAt(output, 'Username'), stringAt(output, 'Secret')];
  if (user === undefined || secret === undefined) return undefined;
  return user === '<token>' ? { user: '', secret } : { user, secret };
}
