/** From an image to what is known about it. */
import { listeningPorts } from '../../evidence/ports.ts';
import { loneContainer } from '../../kubernetes/lone-container.ts';
import type { Container } from '../../kubernetes/object.ts';
import type { FileTree } from '../image/file-tree.ts';
import type { ImageConfig } from '../image/image.ts';
import { readAccounts, runsAs } from './accounts.ts';
import { together, type Findings } from './findings.ts';
import { privilegedPrograms } from './privileges.ts';
import { initOf, readProgram, type Program } from './program.ts';
import { rootFsFindings } from './root-fs.ts';
import { userFindings } from './user.ts';

/** What an image shows about itself, each field with its reason. What it does not show is left out. */
export function derive(config: ImageConfig, tree: FileTree): Findings {
  if (config.os === 'windows') return { fields: { os: 'windows' }, reasons: { os: 'the configuration of the image says so' } };
  const accounts = readAccounts(tree);
  const start = runsAs(config.user, accounts);
  const program = readProgram(config, tree, start?.uid === 0 ? '/root' : start?.account?.home);
  const container = loneContainer(program.container);
  const { worker, escalates = false, ...user } = userFindings(config, tree, program, accounts);
  const writer = { worker, escalates, isFree: worker === undefined && user.fields.nonRoot === undefined };
  const found = together([
    user,
    portFindings(config, program, container),
    capabilityFindings(tree, program),
    rootFsFindings(config, tree, program, container, writer),
    kindFindings(tree, program),
  ]);
  const { nonRoot, needs = [], readOnlyRootFilesystem } = found.fields;
  const isChanged = nonRoot === 'works' && needs.some((need) => need === 'low-port' || need === 'file-cap');
  const isNameless = worker !== undefined && worker.account === undefined && readOnlyRootFilesystem === 'works';
  return {
    fields: {
      ...found.fields,
      ...(isChanged && { nonRoot: 'needs-change' }),
      ...(isNameless && { user: { ...found.fields.user, arbitraryUid: true } }),
      confidence: nonRoot === 'works' && readOnlyRootFilesystem === 'works' ? 'high' : 'medium',
    },
    reasons: found.reasons,
  };
}

function portFindings({ ports }: ImageConfig, { commands }: Program, container: Container): Findings {
  const exposed = ports.map((port) => Number.parseInt(port, 10));
  const told = listeningPorts(container, commands);
  const low = [...new Set([...exposed, ...told])].filter((port) => port > 0 && port < 1024).sort((left, right) => left - right);
  if (low.length === 0) return { fields: {}, reasons: {} };
  const source = exposed.some((port) => low.includes(port)) ? 'EXPOSE of the image' : 'its command or its variables';
  const why = `${source} has port ${low.join(', ')}`;
  return { fields: { privilegedPorts: low, needs: ['low-port'] }, reasons: { privilegedPorts: why, needs: why } };
}

/** Capabilities of the programs that it starts; those of others, and setuid programs, are notes. */
function capabilityFindings(tree: FileTree, { executables }: Program): Findings {
  const { capable, setuid } = privilegedPrograms(tree);
  const isStarted = (path: string): boolean => executables.some((one) => one.path === path);
  const own = capable.filter(({ file, capabilities }) => capabilities.isEffective && isStarted(file.path));
  const others = capable
    .filter((one) => !own.includes(one))
    .map(({ file, capabilities }) => `${file.path} (${capabilities.names.join(', ')})`);
  const notes = [
    ...(others.length > 0 ? [`Programs with file capabilities that it does not start by itself: ${others.join(', ')}.`] : []),
    ...(setuid.length > 0 ? [`Programs with a setuid bit: ${setuid.slice(0, 5).join(', ')}.`] : []),
  ];
  const paths = own.map(({ file }) => file.path).filter((path) => !/[\s*]/.test(path));
  return {
    fields: {
      ...(own.length > 0 && {
        fileCaps: [...new Set(own.flatMap(({ capabilities }) => capabilities.names))],
        fileCapsOn: paths,
        needs: ['file-cap'],
      }),
      ...(notes.length > 0 && { notes: notes.join(' ') }),
    },
    reasons:
      own.length > 0
        ? { fileCaps: `the attribute security.capability of ${paths.join(', ')}`, needs: 'its program has file capabilities' }
        : {},
  };
}

const SHELLS = ['/bin/sh', '/bin/bash', '/busybox/sh', '/bin/busybox'];

/** What it is built on and started by, for people. */
function kindFindings(tree: FileTree, program: Program): Findings {
  const release = (tree.find('/etc/os-release') ?? tree.find('/usr/lib/os-release'))?.node.text;
  const name = /^PRETTY_NAME="?([^"\n]+)/m.exec(release ?? '')?.[1];
  const isDistroless = tree.find('/var/lib/dpkg/status.d') !== undefined || name === 'Distroless';
  const hasShell = SHELLS.some((path) => tree.find(path));
  const base = isDistroless ? 'distroless' : (name ?? (hasShell ? undefined : 'scratch'));
  const init = initOf(program, tree);
  const notes = [
    ...(base === undefined ? [] : [`Built on ${base}${hasShell ? '' : ', without a shell'}.`]),
    ...(init === undefined ? [] : [`Started by ${init}.`]),
    ...(program.first ? [] : ['Its program was not found in it.']),
  ];
  return { fields: notes.length > 0 ? { notes: notes.join(' ') } : {}, reasons: {} };
}
