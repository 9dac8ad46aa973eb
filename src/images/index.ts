/** Image knowledge: the data, its types and the lookup by image reference. */
export { canonicalName } from './aliases.ts';
export { asLikeness, createLikeness, type FindLikeness } from './derived.ts';
export { applicableArgs, applicableEnv, completeEntry, connectionsOf, hasOwnUser, isSettled } from './knowledge.ts';
export type {
  BuiltFrom,
  Confidence,
  ImageEntry,
  ImageKnowledge,
  ImageUser,
  KnownArgs,
  KnownEnv,
  KnownPath,
  KnownResources,
  LearnedFrom,
  Need,
  NonRoot,
  Purpose,
  WritablePath,
} from './knowledge.ts';
export { createImageLookup, knownEntries, type BuiltImages, type ImageLookup } from './lookup.ts';
export { isMountable, kindOfPath } from './path-kinds.ts';
export { isPublic } from './registries.ts';
export { writablePathsOf, type WritablePathsByImage } from './writable-paths.ts';
