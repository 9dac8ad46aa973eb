/** What stands between `kharden learn` and the real registry in the tests, and does what that registry does not: a proxy, an object store. */
import { spawn } from 'node:child_process';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KHARDEN, type Outcome } from './world.ts';

/** Answers a request in the place of the registry; false leaves it to that. */
export type Hook = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface Proxy {
  /** `localhost:41233`. */
  readonly host: string;
  /** What was asked, in order: path, the header `Authorization`, and when. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined; readonly at: number }[];
  close(): Promise<void>;
}

/**
 * Starts a server that hands requests on to a registry.
 *
 * @param name the name that it has for the program: `localhost`, or `127.0.0.1` for another host than that
 * @param login a header `Authorization` of its own for the registry; by default that of each request
 */
export async function startProxy(
  registry: string,
  hook: Hook,
  { name = 'localhost', login }: { readonly name?: string; readonly login?: string } = {},
): Promise<Proxy> {
  const requests: Proxy['requests'][number][] = [];
  const [hostname, port] = registry.split(':');
  const server = createServer((request, response) => {
    const { url: path = '', method, headers } = request;
    requests.push({ path, authorization: headers.authorization, at: Date.now() });
    if (hook(request, response)) return;
    const passed = { ...headers, ...(login !== undefined && { authorization: login }) };
    const onward = ask({ hostname, port, path, method, headers: passed }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end();
  });
  await new Promise<void>((resolve) => server.listen(0, name, resolve));
  return {
    host: `${name}:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface Measured extends Outcome {
  /** The most memory that it had, in MiB. */
  readonly memory: number;
}

/** Runs `kharden learn` while the servers of this process go on; the folder is the home of the user, too. */
export async function learnBeside(args: readonly string[], folder: string, env: NodeJS.ProcessEnv = {}): Promise<Measured> {
  const report = "process.on('exit',()=>process.send(process.resourceUsage().maxRSS))";
  const options = [`--import=data:text/javascript,${encodeURIComponent(report)}`, KHARDEN, 'learn', ...args];
  const home = { HOME: folder, DOCKER_CONFIG: folder, XDG_RUNTIME_DIR: '', XDG_CONFIG_HOME: folder, REGISTRY_AUTH_FILE: '' };
  const program = spawn(process.execPath, options, {
    cwd: folder,
    env: { ...process.env, ...home, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let [stdout, stderr, memory] = ['', '', 0];
  program.stdout?.on('data', (part) => (stdout += String(part)));
  program.stderr?.on('data', (part) => (stderr += String(part)));
  program.on('message', (kibibytes) => (memory = Number(kibibytes) / 1024));
  const status = await new Promise<number>((resolve) => program.on('close', (code) => resolve(code ?? -1)));
  return { status, stdout, stderr, memory };
}
