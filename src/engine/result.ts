/** What a run gives back: plain data that every output format is made from. */
import type { ControlId, Level } from '../kubernetes/pod-security/index.ts';
import type { PatchOperation } from '../patch/index.ts';
import type { ContainerUsage } from '../usage/usage.ts';
import type { Json, JsonObject } from '../util/json.ts';
import type { TextEdit } from '../util/text-edit.ts';
import type { UnusedAcceptance } from './findings/accepted.ts';
import type { Finding, ObjectName } from './findings/finding.ts';

export type { TextEdit } from '../util/text-edit.ts';
export type { Finding, ObjectName, Severity } from './findings/finding.ts';

/** A file or stream to harden, or to be read for facts alone. */
export interface Input {
  /** Names the input in messages; its folders decide which facts belong together. Slashes, relative to the root. */
  readonly path: string;
  /** UTF-8 bytes, or a text that was decoded already. */
  readonly content: Uint8Array | string;
  /** `facts`: read for what it says about others, never changed and never reported. Default: `harden`. */
  readonly role?: 'harden' | 'facts';
}

/** One thing that a transform wrote, with its reason. */
export interface AppliedChange {
  readonly transform: string;
  readonly message: string;
  readonly safety: 'safe' | 'may-break';
  /** For `may-break`: the image, such as `docker.io/shop/cart`, of which nobody knows what it needs. */
  readonly guess?: string;
  /** For a change of a container: what is known about it and from where, such as `its image is known as postgres`. */
  readonly because?: string;
  readonly object: ObjectName;
  readonly container?: string;
  /** Where the object or container stands in the input, from 1. */
  readonly line: number;
  /** The document of the input, from 0. */
  readonly document: number;
  /** What it writes: JSON Pointers into the document. */
  readonly pointers: readonly string[];
  /** The objects that it needs, such as a ServiceAccount; each is created once in a file. */
  readonly creates?: readonly ObjectName[];
}

/** How a workload stands against the Pod Security Standards. */
export interface Standing {
  /** The strictest level that all of its pods meet. */
  readonly level: Level;
  /** The share of the controls of `restricted` that all of its pods meet, in whole percent, rounded down. */
  readonly score: number;
  /** The controls of the level `restricted` that one of its pods does not meet. */
  readonly unmet: readonly ControlId[];
}

/** An object with pods, before and after hardening. */
export interface WorkloadResult {
  readonly object: ObjectName;
  /** Where it stands in the input, from 1. */
  readonly line: number;
  readonly before: Standing;
  /** The same as `before` where the file was left as it was. */
  readonly after: Standing;
}

/** The operations on one document of a file, counted from 0. */
export interface DocumentPatch {
  readonly document: number;
  /** Its value before them. */
  readonly value: Json;
  /** New documents that go before it. */
  readonly before: readonly JsonObject[];
  readonly operations: readonly PatchOperation[];
}

export interface FileResult {
  readonly path: string;
  /** The decoded input; the empty text when it is no UTF-8. */
  readonly input: string;
  /** The hardened text; the same as `input` when nothing changes or when there was an error. */
  readonly output: string;
  /** How many objects with pods there are. */
  readonly workloads: number;
  /** Those that were judged, in the order of the file: not those that are left alone. */
  readonly standings: readonly WorkloadResult[];
  readonly changes: readonly AppliedChange[];
  readonly findings: readonly Finding[];
  /** Findings that the baseline holds, which are not reported again. */
  readonly known: readonly Finding[];
  readonly patches: readonly DocumentPatch[];
  /** The namespace that every kustomize build of the inputs puts its objects in; missing where they keep theirs, or the builds differ. */
  readonly namespace?: string;
  /** What makes the output out of the input: sorted, without overlaps; empty when nothing changes. */
  readonly edits: readonly TextEdit[];
}

export interface HardenResult {
  /** One for each input with the role `harden`, in the order of the inputs. */
  readonly files: readonly FileResult[];
  readonly unmatched: Unmatched;
}

/** What options name and the inputs with the role `harden` do not have. */
export interface Unmatched {
  /** The indexes of the exceptions that match no object or container. */
  readonly exceptions: readonly number[];
  readonly accept: readonly UnusedAcceptance[];
  /** The entries of the usage that fit no workload of any input. */
  readonly usage: readonly ContainerUsage[];
}
