/** The Pod Security Standards. */
export type { Control, ControlId, Level, Violation } from './control.ts';
export { controlOf, CONTROLS } from './controls.ts';
export { SELINUX_TYPES } from './kernel-confinement.ts';
export { judgePod, scoreOf, violationsOf } from './evaluate.ts';
export type { PodParts } from './pod-fields.ts';
