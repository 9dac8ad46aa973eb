/**
 * Manifests that other programs make of a folder, with kharden where its users put it: behind Helm, before kustomize, or inside of it. The
 * programs are those of `prepareTools`.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Form } from './form.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const TRANSFORMERS = /^transformers:\n(?: +- .*\n?)+/m;

export type Source =
  | { readonly kind: 'chart'; readonly folder: string }
  /** Hardened files that kustomize builds. */
  | { readonly kind: 'overlay'; readonly folder: string; readonly build: string }
  /** Files that kustomize builds with kharden as a function. */
  | { readonly kind: 'function'; readonly folder: string; readonly build: string };

/** Reads `chart FOLDER`, `overlay FOLDER BUILD` or `function FOLDER BUILD`: folders from the checkout, and in them the one that is built. */
export function readSource(text: string): Source {
  const [kind, folder = '', build = '.'] = text.split(' ');
  if (kind === 'chart') return { kind, folder: join(project, folder) };
  if (kind === 'overlay' || kind === 'function') return { kind, folder: join(project, folder), build };
  throw new Error(`no source of manifests: ${text}`);
}

/** The arguments of `helm install` and `helm template` that name the release and harden it. */
export function releaseArguments(folder: string, form: Form): string[] {
  const renderer = form === 'plain' ? [] : ['--post-renderer', 'kharden'];
  return ['shop', folder, ...renderer, ...(form === 'safe-only' ? ['--post-renderer-args', '--safe-only'] : [])];
}

const known = new Map<string, Promise<string>>();

/** What the program makes of the folder in a form. */
export function buildText(source: Source, form: Form): Promise<string> {
  const key = JSON.stringify([source, form]);
  const text = known.get(key) ?? (source.kind === 'chart' ? template(source.folder, form) : build(source, form));
  known.set(key, text);
  return text;
}

function template(folder: string, form: Form): Promise<string> {
  return execute('helm4', ['template', ...releaseArguments(folder, form)], folder);
}

async function build(source: Exclude<Source, { kind: 'chart' }>, form: Form): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), 'kharden-overlay-'));
  try {
    cpSync(source.folder, copy, { recursive: true });
    const folder = join(copy, source.build);
    if (source.kind === 'overlay') {
      if (form !== 'plain') await execute('kharden', ['--write', ...(form === 'safe-only' ? ['--safe-only'] : []), '.'], copy);
      return await execute('kustomize', ['build', folder], copy);
    }
    const edited = form === 'plain' ? 'kustomization.yaml' : 'kharden.yaml';
    const text = readFileSync(join(folder, edited), 'utf8');
    if (form === 'plain') writeFileSync(join(folder, edited), text.replace(TRANSFORMERS, ''));
    if (form === 'safe-only') writeFileSync(join(folder, edited), text.replace('spec:\n', 'spec:\n  safeOnly: true\n'));
    return await execute('kustomize', ['build', '--enable-alpha-plugins', '--enable-exec', folder], copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** What a program prints; an error with all that it said when it fails. */
export async function execute(program: string, args: readonly string[], cwd: string): Promise<string> {
  return (await promisify(execFile)(program, args, { cwd, maxBuffer: 1 << 28 })).stdout;
}

/** Puts Helm with its plugin, kustomize and this checkout's kharden into the environment of this process. */
export async function prepareTools(cache: string): Promise<void> {
  await execute(process.execPath, ['scripts/build.js'], project);
  await execute('ln', ['-sfn', join(project, 'bin/kharden.js'), join(cache, 'bin/kharden')], project);
  const helm = join(cache, 'helm');
  rmSync(helm, { recursive: true, force: true });
  Object.assign(process.env, {
    PATH: `${join(cache, 'bin')}:${process.env['PATH']}`,
    HELM_CONFIG_HOME: join(helm, 'config'),
    HELM_CACHE_HOME: join(helm, 'cache'),
    HELM_DATA_HOME: join(helm, 'data'),
  });
  await execute('helm4', ['plugin', 'install', join(project, 'helm')], project);
}
