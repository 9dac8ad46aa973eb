/** JSON Pointer, operations composed to an edit, and the guarded JSON Patch library. */
export { applyEdit, compose, ConflictError, ShapeError, type CompareKeys, type Edit } from './edit.ts';
export { applyJsonPatch, toJsonPatch, type PatchOperation } from './json-patch.ts';
export type { Op } from './operation.ts';
export { formatPointer, parsePointer } from './pointer.ts';
