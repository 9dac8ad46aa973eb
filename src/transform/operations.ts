/** Operations that several transforms write alike; paths are relative to the pod template. */
import type { JsonObject } from '../util/json.ts';
import type { Container } from '../kubernetes/object.ts';
import type { Op } from '../patch/index.ts';
import type { Variable } from '../decisions/container/environment.ts';
import type { PlannedMount } from '../decisions/pod/mounts.ts';

/** Mounts new emptyDirs into a container. */
export function mountOps(container: Container, mounts: readonly PlannedMount[], emptyDir: JsonObject): Op[] {
  return mounts.flatMap(({ name, mountPath }): Op[] => [
    { op: 'add', path: `${container.pointer}/volumeMounts/-` as `/${string}`, value: { name, mountPath } },
    { op: 'add', path: '/spec/volumes/-', value: { name, emptyDir } },
  ]);
}

/** Sets environment variables that the container does not have. */
export function envOps(container: Container, variables: readonly Variable[]): Op[] {
  return variables.map(({ name, value }) => ({
    op: 'add',
    path: `${container.pointer}/env/-` as `/${string}`,
    value: { name, value },
  }));
}
