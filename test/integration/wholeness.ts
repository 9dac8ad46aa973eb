/** What must be there together in a hardened object, judged by rules of its own: nothing of the hardening is half lost in a build. */
import { compareQuantities, parseQuantity } from '../../src/kubernetes/quantity.ts';
import type { Container, Pod } from '../../src/kubernetes/object.ts';
import { normalPath } from '../../src/kubernetes/volumes.ts';
import { itemsAt, member, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { accountNameOf } from '../../src/workspace/accounts.ts';
import { readWorkloads } from '../objects.ts';

/** What is half there after hardening, in a workload of a build that was `before`; one line each. */
export function halves(before: JsonObject, after: JsonObject, accounts: ReadonlySet<string>): string[] {
  const [old, now] = [readWorkloads(before)[0]?.pods[0], readWorkloads(after)[0]?.pods[0]];
  if (!old || !now) return [];
  const counterpart = (container: Container): Container | undefined => old.containers.find(({ name }) => name === container.name);
  const name = accountNameOf(now.spec);
  return [
    ...(name !== undefined && name !== accountNameOf(old.spec) && !accounts.has(name) ? [`no account ${name}`] : []),
    ...volumes(old, now),
    ...now.containers.flatMap((one) => ofContainer(counterpart(one), one).map((problem) => `${one.name}: ${problem}`)),
  ];
}

function volumes(old: Pod, now: Pod): string[] {
  const names = ({ spec }: Pod): Set<Json> => new Set(itemsAt(spec, 'volumes').map((one) => member(one, 'name') ?? null));
  const mounted = new Set(
    now.containers.flatMap(({ value }) => itemsAt(value, 'volumeMounts').map((one) => member(one, 'name'))),
  );
  return [...names(now)].filter((one) => !names(old).has(one) && !mounted.has(one)).map((one) => `volume ${one} is not mounted`);
}

function ofContainer(old: Container | undefined, now: Container): string[] {
  const context = (one: Container | undefined, field: string): Json | undefined => path(one?.value, 'securityContext', field);
  const isNew = (field: string): boolean => context(now, field) === true && context(old, field) !== true;
  const user = context(now, 'runAsUser') ?? path(now.pod.spec, 'securityContext', 'runAsUser');
  const mounts = itemsAt(now.value, 'volumeMounts');
  const paths = mounts.map((mount) => normalPath(stringAt(mount, 'mountPath') ?? ''));
  const declared = [...itemsAt(now.pod.spec, 'volumes'), ...claims(now.pod)].map((one) => member(one, 'name'));
  const isPrivileged = context(now, 'privileged') === true;
  return [
    ...mounts.filter((mount) => !declared.includes(member(mount, 'name'))).map((mount) => `no volume ${stringAt(mount, 'name')}`),
    ...(new Set(paths).size < paths.length && old !== undefined ? ['two mounts at one path'] : []),
    ...(isNew('readOnlyRootFilesystem') && !paths.includes('/tmp') ? ['a read-only root without /tmp'] : []),
    ...(isNew('runAsNonRoot') && !(typeof user === 'number' && user > 0) ? [`runAsNonRoot with user ${user}`] : []),
    ...(isPrivileged && context(now, 'allowPrivilegeEscalation') === false ? ['privileged without escalation'] : []),
    ...['cpu', 'memory'].flatMap((name) => amounts(old, now, name)),
  ];
}

function claims({ object }: Pod): Json[] {
  return itemsAt(object.value, 'spec', 'volumeClaimTemplates').map((claim) => member(claim, 'metadata') ?? null);
}

/** A new limit is not below its request, and has one: else the API server would reserve as much as the limit. */
function amounts(old: Container | undefined, now: Container, name: string): string[] {
  const at = (one: Container | undefined, field: string): Json | undefined => path(one?.value, 'resources', field, name);
  const [limit, request] = [at(now, 'limits'), at(now, 'requests')];
  if (limit === undefined || at(old, 'limits') === limit) return [];
  if (request === undefined) return [`a limit of ${name} without a request`];
  const [most, least] = [parseQuantity(limit), parseQuantity(request)];
  const isBelow = most !== undefined && least !== undefined && compareQuantities(most, least) < 0;
  return isBelow ? [`a limit of ${name} below the request`] : [];
}
