/** All controls of the Pod Security Standards. */
import type { Control, ControlId } from './control.ts';
import { kernelConfinementControls } from './kernel-confinement.ts';
import { nodeAccessControls } from './node-access.ts';
import { privilegeControls } from './privileges.ts';
import { volumeControls } from './volumes.ts';

/** In alphabetic order of their ids, so `baseline` comes first. */
export const CONTROLS: readonly Control[] = [
  ...kernelConfinementControls,
  ...nodeAccessControls,
  ...privilegeControls,
  ...volumeControls,
].sort((left, right) => (left.id < right.id ? -1 : 1));

/** The level that a control belongs to: the first part of its id. */
export function levelOfControl(id: ControlId): 'baseline' | 'restricted' {
  return id.startsWith('baseline/') ? 'baseline' : 'restricted';
}

const BY_ID = new Map(CONTROLS.map((control) => [control.id, control]));

/** The control of an id; every `ControlId` has one. */
export function controlOf(id: ControlId): Control {
  const control = BY_ID.get(id);
  if (!control) throw new RangeError(`there is no control ${id}`);
  return control;
}
