/** The built program does what the sources do, also where it loads what simple runs do not need. */
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { folderWith, inShell, pod } from './program.ts';

const SHELL = pod().replace('image: busybox:1.36', 'image: x\n      command: [sh, -c, "cd /tmp; wget a > b"]');
const ALIASES = `a: &a 1\nb: *a\n---\n${pod().replace('generateName: web', 'name: "1e3"').replace('    - name: web', '    - &c\n      name: web')}    - *c\n`;
const LIST = (items: string): string =>
  `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nfunctionConfig: {apiVersion: v1, kind: ConfigMap, data: {skip: resources}}\n${items}`;
const FILES = {
  '.kharden.yaml': 'skip: [resources]\nexclude: [left/]\n',
  '.kharden-baseline.yaml': 'findings: {}\n',
  'kharden.images.yaml': 'images: [{match: [registry.local/x], user: {uid: 5}}]\n',
  '.gitignore': 'ignored.yaml\n',
  'ignored.yaml': pod(),
  'pod.yaml': pod(),
  'left/pod.yaml': pod(),
  'shell.yaml': SHELL,
  'aliases.yaml': ALIASES,
  'base/pod.yaml': pod().replace('generateName', 'name'),
  'base/kustomization.yaml': 'resources: [pod.yaml]\npatches: [{path: patch.yaml}]\n',
  'base/patch.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostNetwork: true}\n',
};

suite('cli/built', (test) => {
  const runs: Readonly<Record<string, readonly [args: readonly string[], input?: string]>> = {
    'a folder with all that may stand beside manifests': [['.']],
    'a glob': [['*.yaml']],
    'every profile, with policies for the network': [['--profile', 'strict', '--enable', 'network-policy', '.']],
    'an audit': [['audit', '.']],
    'a function': [['-'], LIST(`items:\n${pod().replace(/^/gm, '  ').replace('  ', '- ').trimEnd()}\n`)],
    'the explanation of a finding': [['explain', 'host-path']],
    'the completion of a shell': [['completion', 'fish']],
    'a configuration to begin with': [['init']],
    help: [['--help']],
  };
  for (const [name, [args, input = '']] of Object.entries(runs)) {
    test(name, async () => {
      const [here, there] = [folderWith(FILES), folderWith(FILES)];
      const expected = await kharden(args, { cwd: here, input });
      const actual = inShell('"$@"', args, { cwd: there, input });
      assert.sameText(actual.stderr.replaceAll(there, here), expected.stderr, 'stderr');
      assert.sameText(actual.stdout.replaceAll(there, here), expected.stdout, 'stdout');
      assert.is(actual.status, expected.status);
    });
  }
});
