/** Host names and addresses that texts name: environment variables, arguments, configuration files. */

/** A host that something may connect to. */
export interface NamedHost {
  readonly host: string;
  readonly port: number | undefined;
  /** Such as `https` or `redis`. */
  readonly scheme: string | undefined;
  /** True where its surroundings show that it is a host: a scheme, a port, or the name of the setting. */
  readonly isCertain: boolean;
}

/** A text, and what is known of its place. */
export interface Setting {
  readonly text: string;
  /** The name of the variable or of the key; undefined for a command line or a file. */
  readonly name?: string;
  /** True for the text of a file, in which a single word means less than in a variable. */
  readonly isFile?: boolean;
}

const RUN = /[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/g;
/** No number alone, but an address of IPv4. */
const MAY_BE_HOST = /[A-Za-z]|^\d{1,3}(?:\.\d{1,3}){3}$/;
const PORT = /^:(\d{1,5})(?![\w.])/;
/** Whole, so that neither its scheme nor its path is taken for a host. */
const URL_TEXT = /([A-Za-z][A-Za-z0-9+.-]{0,30}):\/\/+([^\s"'<>()\\|{};]*)/g;
/** Between the name of a setting and its value. */
const ASSIGNS = /^["']?[ \t]*[:= \t][ \t]*["'[-]*$/;
/** Names of settings that hold a host. */
const HOST_SETTING =
  /(?:host(?:s|name)?|server|addr(?:ess(?:es)?)?|ur[il]s?|endpoints?|upstream|backend|proxy(?:_pass)?|connect(?:ion)?|brokers?|service(?:s|_name)?|bootstrap|seeds?|peers?|nodes?|master|primary|replicaof|slaveof|targets?|origin|dsn|gateway|registry|collector|remote|sentinels?|join)$/i;
/** Names of settings that hold another name: of a database, of a user, of the workload itself. */
const OTHER_SETTING =
  /(?:^|[_.-])(?:names?|db|database|user(?:name)?|login|pass(?:word)?|schema|namespace|token|key|secret|bucket|topic|queue|index|role|mode|level|env(?:ironment)?|id|label|title|email|path|dir(?:ectory)?|folder|file|group|type|profile|prefix|suffix|tag|version|component|app(?:lication)?|config|format|driver|engine|command|image|realm|zone|region|class)$|(?:^|_)otel_service_name$|^service_name$/i;
const SERVICE_NAME_SETTING = /^(?!otel_).+_service_name$|host_?name$/i;
/** A setting for where the program itself listens. */
const LISTENING = /(?:listen|bind|advertise)/i;
/** Schemes whose text is no host of a network. */
const LOCAL_SCHEME = /^(?:file|unix|npipe|data|urn|sqlite\d?|classpath|docker|containerd|oci)$/i;
const SERVICE_VARIABLE = /\b([A-Z][A-Z0-9_]*?)_(?:SERVICE_HOST|PORT_\d+_(?:TCP|UDP)_ADDR)\b/g;

/** Every host that a setting may name, each run of its text that could be one; the caller knows which names exist. */
export function hostsIn({ text, name, isFile = false }: Setting): NamedHost[] {
  const plain = isFile ? withoutComments(text) : text;
  return [
    ...urlHosts(plain, isFile),
    ...words(plain.replace(URL_TEXT, ' '), name, isFile),
    ...serviceVariables(plain),
    ...(name === undefined ? [] : serviceVariables(name)),
  ];
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:#|\/\/|;).*$/gm, '');
}

/** `scheme://login@host:port,host:port/path` */
function urlHosts(text: string, isFile: boolean): NamedHost[] {
  return Array.from(text.matchAll(URL_TEXT)).flatMap(([, scheme = '', rest = '']) => {
    if (LOCAL_SCHEME.test(scheme)) return [];
    const [authority = ''] = rest.split(/[/?#]/, 1);
    return authority
      .slice(authority.lastIndexOf('@') + 1)
      .split(',')
      .flatMap((one) => {
        const [host, port] = one.split(':');
        if (!host) return [];
        const number = port && /^\d+$/.test(port) ? Number(port) : undefined;
        // A file may give a name to a group of hosts, and name the group in a URL.
        return [{ host, port: number, scheme, isCertain: !isFile || number !== undefined || host.includes('.') }];
      });
  });
}

/** Words that may be hosts, by their ports and by the names of their settings. */
function* words(text: string, name: string | undefined, isFile: boolean): Generator<NamedHost> {
  let before = { text: '', end: 0 };
  for (const { 0: host, index } of text.matchAll(RUN)) {
    const between = text.slice(before.end, index);
    const key = before.text !== '' && ASSIGNS.test(between) ? before.text : name;
    const end = index + host.length;
    before = { text: host, end };
    const [, port] = PORT.exec(text.slice(end, end + 7)) ?? [];
    const shape = shapeOf(key ?? name, isFile);
    if (shape === 'listening' || (port === undefined && shape === 'other') || !MAY_BE_HOST.test(host)) continue;
    yield {
      host,
      port: port === undefined ? undefined : Number(port),
      scheme: undefined,
      isCertain: port !== undefined || shape === 'host',
    };
  }
}

/** What the name of a setting says of its value. */
function shapeOf(name: string | undefined, isFile: boolean): 'host' | 'listening' | 'other' | 'open' {
  if (name === undefined) return isFile ? 'other' : 'open';
  if (LISTENING.test(name)) return 'listening';
  if (SERVICE_NAME_SETTING.test(name)) return 'host';
  if (OTHER_SETTING.test(name)) return 'other';
  if (HOST_SETTING.test(name)) return 'host';
  return isFile ? 'other' : 'open';
}

/** The variables that the kubelet sets for a Service: `REDIS_SERVICE_HOST` (Kubernetes, "Discovering services"). */
function serviceVariables(text: string): NamedHost[] {
  return Array.from(text.matchAll(SERVICE_VARIABLE), ([, name = '']) => ({
    host: name.toLowerCase().replaceAll('_', '-'),
    port: undefined,
    scheme: undefined,
    isCertain: true,
  }));
}
