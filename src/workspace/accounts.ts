/** Service accounts by name: what a pod names, and what a new account is called. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import { shorten } from '../kubernetes/names.ts';
import { isArray, isObject, itemsAt, path, stringAt, type Json, type JsonObject } from '../util/json.ts';

/** A ServiceAccount object of the inputs. */
export interface Account {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly annotations: JsonObject;
  /** True when it says so itself: `automountServiceAccountToken: true`. */
  readonly mountsToken: boolean;
  readonly imagePullSecrets: readonly Json[];
  readonly file: string;
  readonly line: number;
}

/** What a ServiceAccount object says. */
export function accountOf({ namespace, name, annotations, value, file, line }: KubernetesObject): Account {
  const mountsToken = path(value, 'automountServiceAccountToken') === true;
  return { namespace, name, annotations, mountsToken, imagePullSecrets: itemsAt(value, 'imagePullSecrets'), file, line };
}

const LONGEST_SUBDOMAIN = 253;

/** The names that a new account of an object may get, best first. */
export function accountNames(name: string, kind: string): readonly [string, string, string] {
  const suffix = kind.toLowerCase();
  return [name, shorten(`${name}-${suffix}`, LONGEST_SUBDOMAIN), shorten(`${name}-${suffix}-only`, LONGEST_SUBDOMAIN)];
}

/** The name that an object's account is called after; an object may leave its own to the API server: `generateName: web-`. */
export function baseNameOf({ name, value }: KubernetesObject): string {
  return name || withoutTail(stringAt(value, 'metadata', 'generateName') ?? '');
}

/** `generateName: web-` stands for names that begin with `web`. */
export function withoutTail(name: string): string {
  let end = name.length;
  while (name[end - 1] === '-' || name[end - 1] === '.') end--;
  return name.slice(0, end);
}

/** The account that a pod names, by the field or by its old alias; undefined for none. */
export function accountNameOf(spec: Json): string | undefined {
  const name = path(spec, 'serviceAccountName') || path(spec, 'serviceAccount');
  return typeof name === 'string' && name !== '' ? name : undefined;
}

const ACCOUNT_FIELDS = ['serviceAccountName', 'serviceAccount'];

/** The accounts that a value names, wherever they stand in it: an object, a strategic merge patch, JSON Patch operations. */
export function accountsIn(value: Json): ReadonlySet<string> {
  const found = new Set<string>();
  collectAccounts(value, found);
  return found;
}

function collectAccounts(value: Json, found: Set<string>): void {
  if (isArray(value)) {
    for (const item of value) collectAccounts(item, found);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      const inner = value[key] as Json;
      if (typeof inner === 'object') {
        if (inner !== null && !ACCOUNT_FIELDS.includes(key)) collectAccounts(inner, found);
      } else if (typeof inner === 'string' && inner !== '') {
        if (ACCOUNT_FIELDS.includes(key) || (key === 'value' && addsAccount(value))) found.add(inner);
      }
    }
  }
}

/** True for an operation of JSON Patch on the field of an account. */
function addsAccount(operation: JsonObject): boolean {
  const at = stringAt(operation, 'path');
  return at !== undefined && ACCOUNT_FIELDS.some((field) => at.endsWith(`/${field}`));
}
