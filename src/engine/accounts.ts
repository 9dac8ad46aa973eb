/** ServiceAccount documents: the token goes when no workload that uses the account needs it. */
import { apiReason, chooseAccount, namedAccount } from '../decisions/account.ts';
import { member, stringAt, type JsonObject } from '../util/json.ts';
import type { AccountUser } from '../workspace/facts.ts';
import { memo } from '../util/memo.ts';
import { isWorkload, readWorkload } from '../kubernetes/workload.ts';
import { isSkippedHook, planOf } from './harden-workload.ts';
import { createDecide, fillMessage, type Outcome, type RunContext } from './run-transforms.ts';

const TOKEN = 'no-service-account-token';
const ACCOUNT = 'dedicated-service-account';

/** What to write into a ServiceAccount document of `file`; undefined when it must stay as it is, or when nobody uses it here. */
export function accountOutcome(object: JsonObject, pointer: string, file: string, run: RunContext): Outcome | undefined {
  const transform = run.transforms.find(({ meta }) => meta.id === TOKEN);
  const name = stringAt(object, 'metadata', 'name');
  if (
    !transform ||
    stringAt(object, 'kind') !== 'ServiceAccount' ||
    stringAt(object, 'apiVersion') !== 'v1' ||
    name === undefined
  )
    return undefined;
  if ((member(object, 'automountServiceAccountToken') ?? undefined) !== undefined) return undefined;
  if (!isTokenless(file, stringAt(object, 'metadata', 'namespace'), name, run)) return undefined;
  return {
    transform: TOKEN,
    id: 'unmount-account',
    message: fillMessage(transform.meta.messages['unmount-account'] ?? '', {}),
    safety: 'safe',
    at: pointer,
    container: undefined,
    ops: [{ op: 'add', path: `${pointer}/automountServiceAccountToken` as `/${string}`, value: false }],
    newObjects: [],
  };
}

/** Whether accounts have users and none needs the token, by file, namespace and name: asked once in each run. */
const answersOf = memo((_run: RunContext) => new Map<string, boolean>());

function isTokenless(file: string, namespace: string | undefined, name: string, run: RunContext): boolean {
  const key = JSON.stringify([file, namespace, name]);
  const answers = answersOf(run);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const facts = run.factsFor(file);
  const hasRights = name === 'default' || facts.binding(namespace, name) !== undefined;
  const uses = hasRights ? [] : facts.candidatesFor(namespace, name).map((user) => useOf(user, name, run));
  const answer = uses.includes('without token') && !uses.includes('with token');
  answers.set(key, answer);
  return answer;
}

/** Whether a workload uses the account, now or after this run, and whether it needs the token then. */
function useOf(
  { object, file, isCertain }: AccountUser,
  account: string,
  run: RunContext,
): 'with token' | 'without token' | undefined {
  const workload = readWorkload(object, '', 'document', file, () => false);
  if (!workload || !isWorkload(workload)) return undefined;
  const facts = run.factsFor(file);
  const { plan } = planOf(workload, run);
  const decide = createDecide(run, plan);
  const isLeftAlone = isSkippedHook(workload, run);
  const isPatched = facts.patchedAccounts(workload.kind, workload.name).includes(account);
  if (namedAccount(workload.pod) !== account && !isPatched) {
    const isGiven = run.transforms.some(({ meta }) => meta.id === ACCOUNT) && plan.applies(ACCOUNT) && !isLeftAlone;
    const chosen = isGiven && namedAccount(workload.pod) === undefined ? chooseAccount(workload, facts, decide) : undefined;
    if (!chosen || 'kept' in chosen || chosen.name !== account || !chosen.exists) return undefined;
  }
  const mounts = member(workload.pod.spec, 'automountServiceAccountToken') ?? undefined;
  if (mounts === false) return isCertain ? 'without token' : undefined;
  if (mounts === true || isLeftAlone || !plan.applies(TOKEN) || apiReason(workload.pod, decide)) return 'with token';
  return isCertain ? 'without token' : undefined;
}
