/**
 * Reads images from a registry (OCI distribution-spec, "Pulling manifests" and "Pulling blobs"). The client is our own, over the
 * `fetch` of Node; docs/architecture.md says why.
 */
import type { ImageReference } from '../../kubernetes/image-reference.ts';
import { whole, type Bytes } from '../archive/bytes.ts';
import { LearnError } from '../archive/failure.ts';
import { INDEX_TYPES, LARGEST_MANIFEST, MANIFEST_TYPES, type BlobStore, type Descriptor } from '../image/image.ts';
import type { Credentials } from './credentials.ts';
import { authorization, loginProblem, type Wanted } from './login.ts';
import { codeOf, ConnectionError, send, type Network } from './requests.ts';

export interface RegistryContext extends Network {
  credentials(registry: string, repository: string): Promise<Credentials | undefined>;
  /** Speak http to every registry. */
  readonly plainHttp: boolean;
}

/** The host of Docker Hub's registry. */
const DOCKER_HUB_HOST = 'registry-1.docker.io';
const LOCAL = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/;
const ACCEPT = [...INDEX_TYPES, ...MANIFEST_TYPES].join(', ');

/** The repository of a reference, as a store of one image. */
export function registryStore(reference: ImageReference, context: RegistryContext): BlobStore {
  const { registry, repository, tag = 'latest', digest } = reference;
  const name = `${registry}/${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`;
  const session = new Session(reference, context);
  return {
    name,
    digest,
    manifest: async (asked = digest) => {
      const response = await session.get(`manifests/${asked ?? tag}`, ACCEPT);
      if (response.status === 404) throw await refused(response, new NotFoundError(`there is no image ${name}: check its name`));
      const body = await session.bodyOf(response, `the manifest of ${name}`);
      const mediaType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
      return { bytes: await whole(body, LARGEST_MANIFEST, `the manifest of ${name}`), mediaType };
    },
    blob: (descriptor) => session.blob(descriptor, name),
  };
}

/** The registry has no such image. */
export class NotFoundError extends LearnError {}

/** The requests to one repository, with the right that the first of them got. */
class Session {
  readonly #reference: ImageReference;
  readonly #context: RegistryContext;
  #authorization: string | undefined;
  #base: URL | undefined;

  constructor(reference: ImageReference, context: RegistryContext) {
    this.#reference = reference;
    this.#context = context;
  }

  async get(path: string, accept: string): Promise<Response> {
    const response = await this.#request(path, accept);
    if (response.status !== 401) return response;
    await response.body?.cancel();
    const { registry, repository } = this.#reference;
    const credentials = await this.#context.credentials(registry, repository);
    const wanted: Wanted = { registry, repository, credentials };
    this.#authorization = await authorization(response, this.#base as URL, wanted, this.#context);
    const second = this.#authorization === undefined ? response : await this.#request(path, accept);
    if (second.status !== 401 && second.status !== 403) return second;
    throw await refused(second, new LearnError(loginProblem(second.status, wanted)));
  }

  /** The registry speaks https; one on this machine may speak http alone. */
  async #request(path: string, accept: string): Promise<Response> {
    const { registry, repository } = this.#reference;
    const host = registry === 'docker.io' ? DOCKER_HUB_HOST : registry;
    const base = (scheme: string): URL => new URL(`${scheme}://${host}/v2/${repository}/`);
    const headers = { accept, ...(this.#authorization !== undefined && { authorization: this.#authorization }) };
    const ask = (from: URL): Promise<Response> => send(new URL(path, from), { headers }, this.#context);
    if (this.#base) return ask(this.#base);
    try {
      const first = base(this.#context.plainHttp ? 'http' : 'https');
      const response = await ask(first);
      this.#base = first;
      return response;
    } catch (error) {
      if (!(error instanceof ConnectionError) || !LOCAL.test(host)) throw error;
      this.#base = base('http');
      return ask(this.#base);
    }
  }

  /** The body of a response that must be one of success. */
  async bodyOf(response: Response, what: string): Promise<Bytes> {
    const { registry } = this.#reference;
    if (response.status === 404) throw await refused(response, new LearnError(`${registry} lacks ${what}`));
    if (!response.ok || !response.body)
      throw await refused(response, new LearnError(`${registry} does not give ${what} (status ${response.status})`));
    return unbroken(response.body, `${what}: the connection to ${registry} broke off`);
  }

  async *blob({ digest }: Descriptor, name: string): Bytes {
    const what = `${digest} of ${name}`;
    yield* await this.bodyOf(await this.get(`blobs/${digest}`, '*/*'), what);
  }
}

async function refused(response: Response, error: LearnError): Promise<LearnError> {
  await response.body?.cancel();
  return error;
}

async function* unbroken(source: Bytes, whenBroken: string): Bytes {
  try {
    yield* source;
  } catch (error) {
    const code = codeOf(error);
    throw new LearnError(`${whenBroken}${code === '' ? '' : ` (${code})`}: run again`);
  }
}
