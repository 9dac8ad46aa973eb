/** JSON Pointer, operations composed to an edit, and the guarded JSON Patch library. */
export { compose, type CompareKeys } from './compose.ts';
export { applyEdit, type Edit } from './edit.ts';
export { ConflictError, ShapeError } from './errors.ts';
export { applyJsonPatch, toJsonPatch, type AnyOperation, type PatchOperation } from './json-patch.ts';
export type { Op } from './operation.ts';
export { formatPointer, parentOf, parsePointer } from './pointer.ts';
