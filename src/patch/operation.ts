import type { Json } from '../util/json.ts';

/** An RFC 6902 operation whose path is relative to the target; missing parents of an `add` are created by the engine. */
export type Op =
  | { readonly op: 'add'; readonly path: `/${string}`; readonly value: Json }
  | { readonly op: 'replace'; readonly path: `/${string}`; readonly was: Json; readonly value: Json }
  | { readonly op: 'remove'; readonly path: `/${string}`; readonly was: Json };
