/** What the manifest shows about a container that talks to the Kubernetes API, and so needs its account and token. */
import { itemsAt, stringAt, type JsonObject } from '../../util/json.ts';
import { commandName, type Command, type Word } from '../../shell/command.ts';

export interface ApiEvidence {
  /** The command or option, or the text that names the API: `kubectl`, `--leader-elect`, `KUBERNETES_SERVICE_HOST`. */
  readonly word: string;
  /** Relative to the container: `/args/3`. */
  readonly pointer: string;
}

/** Clients of the API; for helm only its sub-commands that reach a cluster. */
const CLIENTS: ReadonlyMap<string, RegExp | undefined> = new Map([
  ['kubectl', undefined],
  ['oc', undefined],
  ['helm', /^(?:install|upgrade|uninstall|delete|rollback|list|ls|status|get|history|test)$/],
]);
/**
 * Options of the client libraries and of what is built on them: k8s.io/component-base (`ClientConnectionConfiguration`, leader
 * election), controller-runtime, and the ingress controllers' `--election-id`.
 */
const OPTION =
  /^--?(kube-?config|(?:enable-)?leader-elect(?:ion)?(?:-[a-z-]+)?|election-id|in-?cluster|apiserver-host|kube-api-(?:qps|burst|content-type)|watch-namespaces?)(?:=(.*))?$/;
/**
 * Variables that only clients of the API read: Operator SDK (pkg/k8sutil/constants.go), the operator of Zalando ("Command-line
 * options and environment"), Patroni ("Environment Configuration Settings"), the fabric8 client (its README), and the switch that
 * operators have for leader election. The namespace of the pod, such as `POD_NAMESPACE`, is no sign: any program may want it.
 */
const VARIABLE =
  /^(?:KUBECONFIG|WATCH(?:ED)?_NAMESPACES?|OPERATOR_NAME(?:SPACE)?|(?:ENABLE_)?LEADER_ELECT(?:ION)?(?:_[A-Z_]+)?|PATRONI_KUBERNETES_[A-Z_]+|KUBERNETES_MASTER)$/;
/** A word of a name: `prometheus-operator`, `kube-controller-manager`. */
const CONTROLLER = /(?:^|[-_.])(?:operator|controller)s?(?:[-_.]|$)/i;
const ADDRESS =
  /\/(?:var\/)?run\/secrets\/kubernetes\.io\/serviceaccount|KUBERNETES_SERVICE_HOST|(?<![\w.-])kubernetes\.default(?![\w-])/;

/**
 * The first sign that the container is a client of the Kubernetes API: a client at command position, an option of the
 * client libraries (not when it is switched off: `--leader-elect=false`), a variable that only such clients read, or the address
 * or the token of the API in a command, an argument or an environment variable. What the image does by itself is not known here.
 *
 * @param commands those of the container
 */
export function talksToApi(container: JsonObject, commands: readonly Command[]): ApiEvidence | undefined {
  const words = commands.flatMap(({ words }) => words);
  return (
    firstOf(commands, clientOf) ??
    firstOf(words, optionOf) ??
    variableOf(container) ??
    firstOf([...words, ...environmentOf(container)], addressOf)
  );
}

/** True when a workload or an image of this name is an operator or a controller: these are clients of the API. */
export function isControllerName(name: string): boolean {
  return CONTROLLER.test(name);
}

function firstOf<T>(items: readonly T[], find: (item: T) => ApiEvidence | undefined): ApiEvidence | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

function clientOf(command: Command): ApiEvidence | undefined {
  const name = commandName(command);
  const subcommand = CLIENTS.get(name);
  const isClient = subcommand ? command.words.some(({ text }) => subcommand.test(text)) : CLIENTS.has(name);
  return isClient ? { word: name, pointer: command.pointer } : undefined;
}

function optionOf({ text, pointer }: Word): ApiEvidence | undefined {
  const [, option, value] = OPTION.exec(text) ?? [];
  return option === undefined || value === 'false' ? undefined : { word: `--${option}`, pointer };
}

function variableOf(container: JsonObject): ApiEvidence | undefined {
  for (const [index, variable] of itemsAt(container, 'env').entries()) {
    const name = stringAt(variable, 'name') ?? '';
    if (VARIABLE.test(name) && stringAt(variable, 'value') !== 'false') return { word: name, pointer: `/env/${index}/name` };
  }
  return undefined;
}

function addressOf({ text, pointer }: Word): ApiEvidence | undefined {
  const [address] = ADDRESS.exec(text) ?? [];
  return address === undefined ? undefined : { word: address, pointer };
}

function environmentOf(container: JsonObject): readonly Word[] {
  return itemsAt(container, 'env').flatMap((variable, index) =>
    ['name', 'value'].flatMap((key) => {
      const text = stringAt(variable, key);
      return text === undefined ? [] : [{ text, pointer: `/env/${index}/${key}` }];
    }),
  );
}
