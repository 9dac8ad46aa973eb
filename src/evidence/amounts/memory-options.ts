/** The options, variables and settings by which programs are told how much memory to use, and what comes on top of it. */
import { GIB, KIB, MIB } from './sizes.ts';

/** What a size is the size of. Sizes of one kind are alternatives, those of several kinds add up. */
export type MemoryKind =
  | 'heap'
  | 'search heap'
  | 'direct memory'
  | 'metaspace'
  | 'old space'
  | 'Go memory limit'
  | 'maxmemory'
  | 'buffer pool'
  | 'shared buffers'
  | 'item memory'
  | 'WiredTiger cache'
  | 'watermark'
  | 'page cache'
  | 'memory';

/** What a process needs for a size that it is told: `size` × `factor` + `plus`. */
export interface Overhead {
  readonly factor: number;
  /** Bytes. */
  readonly plus: number;
  /** A clause that says where the two come from. */
  readonly why: string;
}

export const OVERHEADS: Readonly<Record<MemoryKind, Overhead>> = {
  heap: {
    factor: 1.25,
    plus: 256 * MIB,
    why: 'a JVM needs a quarter more for metaspace, threads and buffers, and 240 MiB for its code cache (ReservedCodeCacheSize)',
  },
  'search heap': {
    factor: 2,
    plus: 0,
    why: 'the heap must be no more than half of the memory (Elasticsearch and OpenSearch documentation, heap size)',
  },
  'direct memory': { factor: 1, plus: 0, why: 'direct buffers come on top of the heap' },
  metaspace: { factor: 1, plus: 0, why: 'metaspace comes on top of the heap' },
  'old space': {
    factor: 4 / 3,
    plus: 0,
    why: 'Node.js should get three quarters of the memory as old space (Node.js documentation, --max-old-space-size)',
  },
  'Go memory limit': { factor: 1.1, plus: 0, why: 'Go should have 5 to 10 % of headroom (Go GC guide)' },
  maxmemory: { factor: 2, plus: 0, why: 'Redis can use twice the memory while it saves (Redis administration guide)' },
  'buffer pool': {
    factor: 1.1,
    plus: 512 * MIB,
    why: 'InnoDB takes a tenth more than its buffer pool (MySQL reference manual), and the rest of the server about 400 MiB',
  },
  'shared buffers': {
    factor: 2.5,
    plus: 0,
    why: 'shared_buffers should be at most 40 % of the memory (PostgreSQL documentation)',
  },
  'item memory': { factor: 1.25, plus: 64 * MIB, why: 'memcached has its hash table and connections besides the items' },
  'WiredTiger cache': {
    factor: 2,
    plus: GIB,
    why: 'the cache should be half of the memory beyond 1 GiB (MongoDB manual, storage.wiredTiger)',
  },
  watermark: {
    factor: 2,
    plus: 0,
    why: 'RabbitMQ can use twice its watermark while it collects garbage (RabbitMQ memory guide)',
  },
  'page cache': { factor: 1, plus: 0, why: 'the page cache comes on top of the heap' },
  memory: { factor: 1.25, plus: 128 * MIB, why: 'a process needs more than the memory that it manages: a quarter and 128Mi' },
};

/** A row of the table of names. */
export interface MemoryOption {
  /** Matches names in lower case, without leading dashes, and with a single dash for each run of `_` and `-`. */
  readonly name: RegExp;
  readonly kind: MemoryKind;
  /** Bytes for each unit of a bare number; without it, only values with a unit are sizes. */
  readonly bare?: number;
  /** The program that reads it; default: any. */
  readonly program?: string;
  /** True when the name is too general to be found in the files of a ConfigMap. */
  readonly isGeneral?: boolean;
}

export const MEMORY_OPTIONS: readonly MemoryOption[] = [
  { name: /^xx:maxheapsize$/, kind: 'heap', bare: 1 },
  { name: /^xx:maxdirectmemorysize$/, kind: 'direct memory', bare: 1 },
  { name: /^xx:maxmetaspacesize$/, kind: 'metaspace', bare: 1 },
  { name: /^max-old-space-size$/, kind: 'old space', bare: MIB },
  { name: /^gomemlimit$/, kind: 'Go memory limit', bare: 1 },
  { name: /(?:^|-)maxmemory$/, kind: 'maxmemory', bare: 1 },
  { name: /(?:^|-)innodb-buffer-pool-size$/, kind: 'buffer pool', bare: 1 },
  { name: /(?:^|-)shared-buffers$/, kind: 'shared buffers', bare: 8 * KIB },
  { name: /(?:^|\.)(?:wiredtiger)?cachesizegb$/, kind: 'WiredTiger cache', bare: GIB },
  { name: /vm-memory-high-watermark(?:\.absolute)?$/, kind: 'watermark' },
  { name: /(?:^|[-.])memory[-.]pagecache[-.]size$/, kind: 'page cache', bare: 1 },
  { name: /^(?:m|memory-limit)$/, kind: 'item memory', bare: MIB, program: 'memcached', isGeneral: true },
  { name: /^malloc$/, kind: 'memory', isGeneral: true },
  {
    name: /(?:^|[-.])(?:heap(?:-?size|-max-size|-limit)?|heap[-.]max[-.]size|max-heap|xmx|jvm-maximum-memory)$/,
    kind: 'heap',
    bare: MIB,
    isGeneral: true,
  },
  {
    name: /(?:^|[-.])(?:max-?mem(?:ory)?|mem(?:ory)?-(?:limit|max|size)|(?:max-)?cache-(?:max-)?size|memory\.allowedbytes|varnish-size)$/,
    kind: 'memory',
    isGeneral: true,
  },
  { name: /^memory$/, kind: 'memory', isGeneral: true },
];

/** Part of every name in the table, of `-Xms` and its like, and of `-m`; in a text without it no option needs to be looked for. */
export const PART_OF_NAME = /heap|size|mem|buffers|malloc|xm[xs]|percentage|(?:^|[^a-z])m(?:$|[^a-z])/i;

/** Names of sizes that are no memory, or not the most of it. */
export const NO_MEMORY = /(?:^|[-.])(?:min|new|init|initial|disk|file|storage|shm)(?:[-.]|$)/;
