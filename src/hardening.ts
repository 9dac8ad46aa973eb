/** Hardening with all transforms, for those who load what reads Dockerfiles when there is one. */
import { transforms } from '../transforms/index.ts';
import { createHarden } from './engine/harden.ts';
import type { Harden } from './engine/harden-options.ts';
import type { ReadDockerfiles } from './engine/run.ts';

export { baselineOf, subjectOf, type BaselineEntry } from './engine/findings/baseline.ts';

/** A `harden` that reads Dockerfiles in this way; without one, inputs that are Dockerfiles say nothing. */
export function hardenWith(readDockerfiles?: ReadDockerfiles): Harden {
  return createHarden(transforms, readDockerfiles);
}
