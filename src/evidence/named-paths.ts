/** Paths that the variables and the arguments of a container name. */
import { isMain, type Command } from '../shell/command.ts';
import { isWithin, mountPaths, normalPath } from '../kubernetes/volumes.ts';
import type { Container } from '../kubernetes/object.ts';
import { itemsAt, stringAt } from '../util/json.ts';

/** A path with the option or variable that names it. */
interface NamedPath {
  /** `--data-dir`, `XDG_CONFIG_HOME`; empty for an argument of its own. */
  readonly name: string;
  /** Absolute, in normal form. */
  readonly path: string;
  /** Relative to the container: `/env/2`, `/args/0`. */
  readonly pointer: string;
}

/** A folder that a program writes to, by what its option or variable is called, or by what the folder is called. */
export interface DataFolder extends NamedPath {
  /** False when the folder may hold files of the image: a volume there would hide them. */
  readonly canBeVolume: boolean;
}

const OPTION_WITH_VALUE = /^-{1,2}([\w.-]+?)(?:=(.*))?$/s;
/** `-Dlog.dir=/logs` of Java, and arguments without a dash: `data=/data`. */
const SETTING = /^(?:-D([\w.-]+)=(.*)|([A-Za-z][\w.-]*)=(\/.*))$/s;

/** Words of names for what is written at run time. */
const DATA_WORD =
  /(?:^|[-_.])(?:data|datadir|databases?|db|cache|state|storage|store|logs?|tmp|temp|uploads?|spool|work|workdir|work-?dir|run|pid|queue|wal|tsdb|snapshots?|backups?|outputs?|downloads?|sessions?|repos(?:itor(?:y|ies))?|xdg)(?:$|[-_.\d]|dir|path|home)/i;
/** Words of names for what is only read, or for no folder at all. */
const READ_WORD =
  /(?:^|[-_.])(?:config(?:uration)?|conf|certs?|cert-?file|keys?|ca|tls|ssl|secrets?|passwords?|tokens?|credentials?|templates?|static|plugins?|lib|library|bin|binary|classpath|script|source|src|schema|url|uri|endpoint|prefix|route|context|health|metrics|probe|socket|sock|kubeconfig|java|go|python|node|ld|manifest|host|proc|sys|rootfs|format|level|driver)(?:$|[-_.]|s?(?:dir|path|file|home)$)/i;
const FOLDER_VARIABLE = /(?:^|_)(?:HOME|DIR|PATH|DIRECTORY|FOLDER)$|^XDG_/;
/** Folders that are called after what is written there (Filesystem Hierarchy Standard 3.0, chapter 5, and customs). */
const DATA_PATH =
  /^\/(?:data|cache|caches|storage|store|state|db|database|logs?|uploads?|downloads?|backups?|output|work|workspace|var\/(?:cache|lib|log|run|spool|tmp)\/.+|run\/.+)(?:\/|$)/;
/** Folders that only mean something on a node. */
const OF_THE_NODE = /^\/var\/lib\/(?:kubelet|docker|containerd|containers|cni|dockershim)(?:\/|$)/;
/** Where images have their programs and settings. */
const OF_THE_IMAGE =
  /^\/(?:etc|usr|bin|sbin|lib|lib32|lib64|boot|root|proc|sys|dev|var\/run\/secrets)(?:\/|$)|^\/(?:app|home|mnt|opt|run|srv|src|var|var\/(?:cache|lib|log|run|spool))?$/;

/** What the words of the commands and the variables of a container name, in their order. */
function namedPaths(container: Container, commands: readonly Command[]): NamedPath[] {
  const first = commands.find(isMain);
  return [...(first ? optionPaths(first) : []), ...variablePaths(container)].flatMap((named) =>
    named.path.startsWith('/') && !/[\s$*{]/.test(named.path) ? [{ ...named, path: normalPath(named.path) }] : [],
  );
}

function optionPaths({ words }: Command): NamedPath[] {
  return words.flatMap(({ text, pointer }, index): NamedPath[] => {
    const [, property, setting, name = property, path = setting ?? ''] = SETTING.exec(text) ?? [];
    if (name !== undefined) return [{ name, path, pointer }];
    const [, option, value] = OPTION_WITH_VALUE.exec(text) ?? [];
    if (option === undefined) return [];
    const next = words[index + 1]?.text ?? '';
    return [{ name: option, path: value ?? (next.startsWith('-') ? '' : next), pointer }];
  });
}

function variablePaths(container: Container): NamedPath[] {
  return itemsAt(container.value, 'env').flatMap((variable, index) => {
    const [name, path] = [stringAt(variable, 'name'), stringAt(variable, 'value')];
    return name === undefined || path === undefined ? [] : [{ name, path, pointer: `/env/${index}/value` }];
  });
}

/**
 * The folders that a container is told to write to and that no writable mount covers. A path to a file stands for its folder.
 *
 * @param writable where its writable volumes are mounted, in normal form
 */
export function dataFolders(container: Container, commands: readonly Command[], writable: readonly string[]): DataFolder[] {
  const occupied = mountPaths(container);
  const found = namedPaths(container, commands).flatMap((named): DataFolder[] => {
    const isVariable = named.pointer.startsWith('/env/');
    if (isVariable && !FOLDER_VARIABLE.test(named.name)) return [];
    const isTold = DATA_WORD.test(named.name);
    if (!isTold && READ_WORD.test(named.name)) return [];
    const path = folderOf(named.path);
    if (named.path.endsWith('.sock') || OF_THE_NODE.test(path)) return [];
    const isData = isTold || DATA_PATH.test(path);
    if (!isData && !isVariable) return [];
    if (path.startsWith('/tmp/') || path === '/tmp' || path === '/dev' || path.startsWith('/dev/')) return [];
    if (writable.some((mount) => isWithin(path, mount)) || occupied.includes(path)) return [];
    return [{ ...named, path, canBeVolume: isData && !OF_THE_IMAGE.test(path) }];
  });
  return [...new Map(found.map((one) => [one.path, one])).values()];
}

/** The folders that an image is told to write to: by its variables, its command line, and the program that its script ends with. */
export function dataFoldersOfImage(container: Container, commands: readonly Command[]): DataFolder[] {
  return [commands, commands.slice(-1)].flatMap((some) => dataFolders(container, some, []));
}

/** `/data/app.db` is a file in `/data`; `/data/v1.2` is a folder. */
function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return /\.(?:\w*[a-zA-Z]\w*)$/.test(path.slice(slash + 1)) && !/^\/?\./.test(path.slice(slash))
    ? path.slice(0, slash) || '/'
    : path;
}

const HOME_OF_ROOT = /(?:^|[=:,])(\/root(?:\/[^\s:,;"']*)?)(?=$|[\s:,;"'])/;

/** The first path in the home folder of root, which others cannot enter: a mount, a variable or an argument names it. */
export function pathOfRoot(container: Container, commands: readonly Command[]): NamedPath | undefined {
  const mount = itemsAt(container.value, 'volumeMounts').findIndex((one) =>
    isWithin(normalPath(stringAt(one, 'mountPath') ?? ''), '/root'),
  );
  if (mount !== -1) return { name: '', path: mountPaths(container)[mount] ?? '/root', pointer: `/volumeMounts/${mount}` };
  const words = commands.flatMap((command) => command.words.map(({ text, pointer }) => ({ name: '', path: text, pointer })));
  for (const named of [...variablePaths(container), ...words]) {
    const [, path] = HOME_OF_ROOT.exec(named.path) ?? [];
    if (path !== undefined) return { ...named, path };
  }
  return undefined;
}

const IN_TMP = /(?:^|=)(\/tmp\/[^\s:,$*]+)$/;

/** The paths in `/tmp` that the words of commands are or end with: `/tmp/app/run`, `--data=/tmp/app`. */
export function pathsInTmp(commands: readonly Command[]): string[] {
  return commands.flatMap(({ words }) => words.flatMap(({ text }) => IN_TMP.exec(text)?.[1] ?? []));
}
