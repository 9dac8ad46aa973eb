/** Webhooks that put a container into a pod which logs in with the token of the pod's service account. */
import type { JsonObject } from '../../util/json.ts';

/** The labels and annotations of an object or a pod template. */
export interface Marks {
  readonly annotations: JsonObject;
  readonly labels: JsonObject;
}

/** A mark that asks for an injected container. */
export interface InjectorSign {
  /** `the Consul connect injector`. */
  readonly injector: string;
  /** The mark as it is written: `consul.hashicorp.com/connect-inject: "true"`. */
  readonly mark: string;
  readonly isLabel: boolean;
  readonly key: string;
}

interface Injector {
  readonly name: string;
  /** The keys that ask for the injection. */
  readonly key: RegExp;
  /** The values that ask for it; those that neither ask for it nor against it leave it to the namespace. */
  readonly on: RegExp;
  /** The keys and values that ask against it: the pod's word wins over that of its namespace. */
  readonly off?: { readonly key: RegExp; readonly value: RegExp };
  /** True when it reads labels as well as annotations. */
  readonly readsLabels?: boolean;
  /** True when it reads the marks of the namespace too. */
  readonly readsNamespace?: boolean;
}

/** What Go's `strconv.ParseBool` takes for true. */
const TRUE = /^(?:1|t|T|TRUE|true|True)$/;

/**
 * The injectors whose containers read the token at its usual place, by the contract of each:
 *
 * - Consul: hashicorp/consul-k8s, control-plane/connect-inject/webhook/mesh_webhook.go (`shouldInject`) and container_init.go: with
 *   ACLs, a pod without the mount is refused ("unable to find service account token volumeMount"). Namespaces are chosen elsewhere.
 * - Vault: hashicorp/vault-k8s, agent-inject/agent/annotations.go and agent.go; its issue 601.
 * - Bank-Vaults: bank-vaults/vault-secrets-webhook, pkg/webhook/config.go and pod.go (`auth_method "kubernetes"`); the names of
 *   today in bank-vaults/secrets-webhook, pkg/common/common.go.
 * - Linkerd: linkerd/linkerd2, pkg/inject/report.go; until 2.11 a pod without the token is not injected (issues 2843 and 6862).
 * - Dapr: dapr/docs, issue 5014: the secret store that every sidecar loads needs the token; until 1.9 mTLS as well (dapr/dapr#5371).
 * - Kuma: kumahq/kuma, issue 4029 ("could not read file /var/run/secrets/kubernetes.io/serviceaccount/token").
 *
 * Some can be told to use another volume with a token (`kuma.io/service-account-token-volume`). It is a token of the same
 * account, which has to stay. Istio is none of them: its sidecar mounts a token of its own with the audience `istio-ca`
 * (istio.io, "Security Best Practices", third party service account tokens; istio/istio#22193).
 */
const INJECTORS: readonly Injector[] = [
  { name: 'the Consul connect injector', key: /^consul\.hashicorp\.com\/connect-inject$/, on: TRUE },
  { name: 'the Vault agent injector', key: /^vault\.hashicorp\.com\/agent-inject$/, on: TRUE },
  {
    name: 'the webhook of Bank-Vaults',
    key: /^(?:vault\.security\.banzaicloud\.io|secrets-webhook\.security\.bank-vaults\.io)\//,
    on: /./,
    off: { key: /\/mutate$/, value: /^skip$/ },
  },
  {
    name: 'the proxy injector of Linkerd',
    key: /^linkerd\.io\/inject$/,
    on: /^(?:enabled|ingress)$/,
    off: { key: /^linkerd\.io\/inject$/, value: /^disabled$/ },
    readsNamespace: true,
  },
  { name: 'the sidecar injector of Dapr', key: /^dapr\.io\/enabled$/, on: /^(?:y|yes|true|on|1)$/i },
  {
    name: 'the sidecar injector of Kuma',
    key: /^kuma\.io\/sidecar-injection$/,
    on: /^(?:enabled|true)$/,
    off: { key: /^kuma\.io\/sidecar-injection$/, value: /^(?:disabled|false)$/ },
    readsLabels: true,
    readsNamespace: true,
  },
];

/** The first mark of a pod that asks for a container which needs the token. */
export function injectorOf(pod: Marks): InjectorSign | undefined {
  return firstSign(pod, INJECTORS);
}

/**
 * The first mark of a namespace that asks for such a container in a pod of it.
 *
 * @param pod the marks of the pod: it can ask against the injection
 */
export function injectorOfNamespace(namespace: Marks, pod: Marks): InjectorSign | undefined {
  const asked = INJECTORS.filter((one) => one.readsNamespace && !isRefused(pod, one));
  return firstSign(namespace, asked);
}

function firstSign(marks: Marks, injectors: readonly Injector[]): InjectorSign | undefined {
  for (const injector of injectors) {
    if (isRefused(marks, injector)) continue;
    const mark = markOf(marks, injector, injector.key, injector.on);
    if (!mark) continue;
    const { key, value, isLabel } = mark;
    return { injector: injector.name, mark: `${key}: ${JSON.stringify(value)}`, key, isLabel };
  }
  return undefined;
}

function isRefused(marks: Marks, injector: Injector): boolean {
  const { off } = injector;
  return off !== undefined && markOf(marks, injector, off.key, off.value) !== undefined;
}

interface Mark {
  readonly key: string;
  readonly value: string;
  readonly isLabel: boolean;
}

/** The first mark that an injector reads whose key and value are as wanted. */
function markOf({ annotations, labels }: Marks, { readsLabels }: Injector, key: RegExp, value: RegExp): Mark | undefined {
  return markIn(annotations, key, value, false) ?? (readsLabels ? markIn(labels, key, value, true) : undefined);
}

/** A value that is no text, such as an unquoted `true`, is refused by the API server; it shows what is meant all the same. */
function markIn(marks: JsonObject, wantedKey: RegExp, wanted: RegExp, isLabel: boolean): Mark | undefined {
  for (const key of Object.keys(marks)) {
    const value = wantedKey.test(key) ? String(marks[key]) : undefined;
    if (value !== undefined && wanted.test(value)) return { key, value, isLabel };
  }
  return undefined;
}
