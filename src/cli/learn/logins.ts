/** Finds the login for a registry, as docker, podman and skopeo leave it on a machine. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { LearnError } from '../../learn/archive/failure.ts';
import { placeOf, readHelperOutput, type Credentials } from '../../learn/registry/credentials.ts';
import { isObject, type JsonObject } from '../../util/json.ts';
import { isMissing, reasonOf } from '../files/reason.ts';

const HELPER_TIME = 60_000;

/** The login for a repository; undefined when there is none. Files are asked in the order of containers-auth.json(5), Docker's last. */
export async function loginFor(registry: string, repository: string): Promise<Credentials | undefined> {
  for (const path of authFiles()) {
    const file = readAuthFile(path);
    const place = file && placeOf(file, registry, repository);
    if (!place) continue;
    const found = place.kind === 'file' ? place.credentials : await askHelper(place.name, place.server);
    if (found) return found;
  }
  return undefined;
}

function authFiles(): string[] {
  const { env } = process;
  if (env['REGISTRY_AUTH_FILE']) return [env['REGISTRY_AUTH_FILE']];
  const home = env['HOME'] || homedir();
  return [
    ...(env['XDG_RUNTIME_DIR'] ? [join(env['XDG_RUNTIME_DIR'], 'containers/auth.json')] : []),
    join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'containers/auth.json'),
    join(env['DOCKER_CONFIG'] || join(home, '.docker'), 'config.json'),
  ];
}

/** The content of a file is in no message: it may be a secret. */
function readAuthFile(path: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isObject(value)) return value;
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (!(error instanceof SyntaxError)) throw new LearnError(`${path}: ${reasonOf(error)}`);
  }
  throw new LearnError(`${path}: no JSON object: log in again`);
}

/** Runs `docker-credential-NAME get` (docker-credential-helpers, README). What it prints, and its errors, are shown to nobody. */
function askHelper(name: string, server: string): Promise<Credentials | undefined> {
  const program = `docker-credential-${name}`;
  return new Promise((resolve, reject) => {
    const helper = spawn(program, ['get'], { stdio: ['pipe', 'pipe', 'ignore'] });
    // The option `timeout` of spawn waits on when the program is not there.
    const timer = setTimeout(() => helper.kill(), HELPER_TIME);
    const output: Buffer[] = [];
    helper.stdout.on('data', (piece: Buffer) => output.push(piece));
    helper.stdin.on('error', () => {});
    helper.on('error', (error) => {
      clearTimeout(timer);
      reject(new LearnError(`${program}: ${isMissing(error) ? 'not found: install it, or log in again' : reasonOf(error)}`));
    });
    helper.on('close', (code) => {
      clearTimeout(timer);
      // A helper that has no login for the server says so by its exit code.
      resolve(code === 0 ? parseOutput(Buffer.concat(output).toString('utf8')) : undefined);
    });
    helper.stdin.end(server);
  });
}

function parseOutput(text: string): Credentials | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? readHelperOutput(value) : undefined;
  } catch {
    return undefined;
  }
}
