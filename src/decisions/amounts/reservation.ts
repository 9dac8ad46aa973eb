/** What a pod reserves: the larger of what runs side by side and of what runs before it (KEP-753, "resources calculation"). */
import type { Container, Pod } from '../../kubernetes/object.ts';

/** The request of a container in nano units, zero for none. */
export type RequestOf = (container: Container) => bigint;

/**
 * What an init container may request so that its pod reserves no more than without it.
 *
 * @param requestOf the request of every other container, written or to be written
 */
export function roomFor(init: Container, requestOf: RequestOf): bigint {
  const room = reservationOf(init.pod, (one) => (one === init ? 0n : requestOf(one))) - before(init, requestOf);
  return room > 0n ? room : 0n;
}

function reservationOf({ containers }: Pod, requestOf: RequestOf): bigint {
  const beside = sum(containers.filter(({ role }) => role !== 'initContainer').map(requestOf));
  const inits = containers
    .filter(({ role }) => role === 'initContainer')
    .map((init) => requestOf(init) + before(init, requestOf));
  return [beside, ...inits].sort((left, right) => (left < right ? 1 : -1))[0] ?? 0n;
}

/** The sidecars that run already when an init container starts. */
function before(init: Container, requestOf: RequestOf): bigint {
  const { containers } = init.pod;
  return sum(
    containers
      .slice(0, containers.indexOf(init))
      .filter(({ role }) => role === 'sidecar')
      .map(requestOf),
  );
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, one) => total + one, 0n);
}
