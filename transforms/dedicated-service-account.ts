import { chooseAccount, namedAccount, type NewAccount } from '../src/decisions/pod/account.ts';
import { path, type Json, type JsonObject } from '../src/util/json.ts';
import { takesField, type KubernetesObject } from '../src/kubernetes/object.ts';
import { metadataBeside } from '../src/transform/new-object.ts';
import { shared } from '../src/transform/messages.ts';
import { accountNameOf } from '../src/workspace/accounts.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform, type Op } from '../src/transform/transform.ts';

/** A ServiceAccount for each workload, created right before it. */
export const dedicatedServiceAccount = defineTransform(
  {
    id: 'dedicated-service-account',
    title: 'Give each workload a service account of its own',
    description: 'Creates a ServiceAccount named after the workload and refers to it, where none is set.',
    rationale: 'Rights that are granted to the default ServiceAccount reach every workload of the namespace that names none.',
    breaks:
      'What the cluster gives the `default` account out of sight, such as pull secrets for a private registry or an identity in a cloud, the new account does not have.',
    target: 'pod',
    fields: { serviceAccountName: '1.0' },
    references: {
      cis: ['5.1.5'],
      kubesec: ['ServiceAccountName'],
      kubeLinter: ['default-service-account'],
      checkov: ['CKV_K8S_41', 'CKV_K8S_42'],
      kubescape: ['C-0189'],
    },
    safety: 'safe',
    profiles: ['restricted', 'strict'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      create: 'ServiceAccount {account} is created for this workload, so that it does not get rights that are granted to others',
      'create-with-pull-secrets':
        'ServiceAccount {account} is created for this workload, so that it does not get rights that are granted to others; it has the imagePullSecrets of ServiceAccount default ({place})',
      reuse: 'ServiceAccount {account} exists and has no rights',
      rename: 'serviceAccount is the deprecated name of serviceAccountName',
      'default-account-has-rights':
        '{binding} through the default ServiceAccount, which the workload may need: create a ServiceAccount with just these rights and name it in serviceAccountName',
      'default-account-has-identity':
        '{identity} lets it use the identity of the default ServiceAccount in a cloud: create a ServiceAccount with this identity and name it in serviceAccountName',
      'default-account-elsewhere':
        'ServiceAccount default is not among the files: if the cluster gives it imagePullSecrets or an identity in a cloud (such as EKS Pod Identity), give them to the new ServiceAccounts too',
      ...shared('explicit-value'),
      'uses-api':
        '{why}, so it may need rights that a new ServiceAccount would lack: create one with these rights and name it in serviceAccountName',
      'no-room-for-account':
        'a file with a single JSON object has no place for a ServiceAccount: create one in another file and name it in serviceAccountName',
      'no-name-for-account': 'it has no name that a ServiceAccount could take: create one and name it in serviceAccountName',
      'renamed-account':
        'kustomize renames ServiceAccounts here but not the reference in a {kind}: create a ServiceAccount and refer to it by its final name',
      'static-pod': 'the kubelet starts it as a static pod, which cannot refer to a ServiceAccount',
    },
  },
  function* (pod, context) {
    if (!takesField(pod, '/spec/serviceAccountName')) return;
    const legacy = path(pod.spec, 'serviceAccount') ?? undefined;
    const current = path(pod.spec, 'serviceAccountName') ?? undefined;
    const written = accountNameOf(pod.spec);
    const account = namedAccount(pod) === undefined && chooseAccount(pod, context.facts, context.decide, context.settings);
    const isKept = !account || 'kept' in account || (written === 'default' && !context.settings.override);
    if (isKept && legacy !== undefined && legacy === written && current === undefined)
      yield { message: 'rename', ops: [remove('/spec/serviceAccount', legacy), add('/spec/serviceAccountName', legacy)] };
    if (!account) return;
    if ('kept' in account) {
      const { kept, ...place } = account;
      return yield { message: kept, ...place };
    }
    if (isKept) {
      const field = current === undefined ? 'serviceAccount' : 'serviceAccountName';
      return yield { message: 'explicit-value', data: { field: `${field}: default` }, at: `/spec/${field}` };
    }

    const { name, exists, imagePullSecrets, left, mayLosePullSecrets, safety } = account;
    const givesSecrets = !exists && left !== undefined && imagePullSecrets.length > 0;
    yield {
      message: exists ? 'reuse' : givesSecrets ? 'create-with-pull-secrets' : 'create',
      data: { account: name, ...(givesSecrets ? { place: `${left.file}:${left.line}` } : {}) },
      safety,
      ops: [
        current === undefined ? add('/spec/serviceAccountName', name) : replace('/spec/serviceAccountName', current, name),
        ...(legacy === undefined ? [] : [remove('/spec/serviceAccount', legacy)]),
      ],
      newObjects: exists ? [] : [newAccount(pod.object, account, context.writes('automountServiceAccountToken'))],
    };
    if (mayLosePullSecrets && !context.settings.safeOnly)
      yield { message: 'default-account-elsewhere', severity: 'info', isOncePerRun: true };
  },
);

function add(at: string, value: Json): Op {
  return { op: 'add', path: at as `/${string}`, value };
}

function replace(at: string, was: Json, value: Json): Op {
  return { op: 'replace', path: at as `/${string}`, was, value };
}

function remove(at: string, was: Json): Op {
  return { op: 'remove', path: at as `/${string}`, was };
}

const HOOKS = ['helm.sh/hook', 'helm.sh/hook-delete-policy', 'argocd.argoproj.io/hook', 'argocd.argoproj.io/hook-delete-policy'];
const WEIGHTS = ['helm.sh/hook-weight', 'argocd.argoproj.io/sync-wave'];

function newAccount(object: KubernetesObject, { name, imagePullSecrets }: NewAccount, isTokenless: boolean): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadataBeside(object, name, hookAnnotations(object)),
    ...(imagePullSecrets.length > 0 ? { imagePullSecrets } : {}),
    ...(isTokenless ? { automountServiceAccountToken: false } : {}),
  };
}

/** The account of a hook must exist before the hook: it is a hook with a lower weight. */
function hookAnnotations({ annotations }: KubernetesObject): JsonObject {
  const kept = HOOKS.flatMap((key): [string, Json][] => (annotations[key] === undefined ? [] : [[key, annotations[key]]]));
  const weighed = WEIGHTS.flatMap((key): [string, Json][] => {
    const given =
      annotations[key] ?? (key === 'helm.sh/hook-weight' && annotations['helm.sh/hook'] !== undefined ? '0' : undefined);
    return Number.isNaN(Number(given)) ? [] : [[key, String(Number(given) - 1)]];
  });
  return Object.fromEntries([...kept, ...weighed]);
}
