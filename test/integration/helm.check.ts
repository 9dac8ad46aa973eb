/** The post-renderer in Helm 3 and the plugin in Helm 4, on charts made by `helm create` and on those in examples/charts. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, member, stringAt, type Json } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { asLines } from '../cli/program.ts';
import { execute, jsonLines, KHARDEN, PROJECT, temporaryFolder, type Outcome } from './world.ts';

interface Verdict {
  readonly kind: string;
  readonly name: string;
  readonly level?: string;
}

const world = temporaryFolder();
/** As `npm install --global` leaves it: a link in PATH. */
const bin = join(world, 'bin');
mkdirSync(bin);
symlinkSync(KHARDEN, join(bin, 'kharden'));

function helm(version: 3 | 4, args: readonly string[], env: NodeJS.ProcessEnv = {}): Outcome {
  const home = join(world, `helm${version}`);
  const folders = {
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_DATA_HOME: join(home, 'data'),
  };
  return execute(`helm${version}`, args, { cwd: world, env: { PATH: `${bin}:${process.env['PATH']}`, ...folders, ...env } });
}

function chart(name: string, templates: Readonly<Record<string, string>>): string {
  const folder = join(world, name);
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`);
  for (const [file, text] of Object.entries(templates)) writeFileSync(join(folder, 'templates', file), text);
  return folder;
}

function succeed({ status, stdout, stderr }: Outcome): string {
  assert.is(status, 0, stderr);
  return stdout;
}

function template(version: 3 | 4, path: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Outcome {
  return helm(version, ['template', 'shop', path, '--include-crds', ...args], env);
}

const HARDEN = ['--post-renderer', 'kharden'];

/** The documents as Go reads them; fails when one cannot be read. */
function documents(text: string): Json[] {
  const read = jsonLines<{ json?: Json; error?: string }>(succeed(execute('judge', ['decode', '-'], { input: text })));
  assert.equal(
    read.flatMap(({ error }) => error ?? []),
    [],
  );
  return read.flatMap(({ json }) => (isObject(json) ? [json] : []));
}

const nameOf = (object: Json): string => `${stringAt(object, 'kind')} ${stringAt(object, 'metadata', 'name')}`;
const isHook = (object: Json): boolean => stringAt(object, 'metadata', 'annotations', 'helm.sh/hook') !== undefined;
const comments = (text: string): string[] => text.split('\n').flatMap((line) => /(?:^|\s)#.*$/.exec(line)?.[0].trim() ?? []);

/** Workloads that are below `restricted`. */
function belowRestricted(text: string): string[] {
  const verdicts = jsonLines<Verdict>(succeed(execute('judge', ['psa', '-'], { input: text })));
  return verdicts.filter(({ level }) => level !== undefined && level !== 'restricted').map(({ kind, name }) => `${kind} ${name}`);
}

/** All documents of `before` are in `after`, and what is new are service accounts. */
function assertNothingLost(before: string, after: string): void {
  const left = documents(after).map(nameOf);
  for (const name of documents(before).map(nameOf)) {
    const index = left.indexOf(name);
    assert.ok(index >= 0, `${name} is lost`);
    left.splice(index, 1);
  }
  assert.equal(
    left.filter((name) => !name.startsWith('ServiceAccount ')),
    [],
  );
}

succeed(helm(4, ['plugin', 'install', join(PROJECT, 'helm')]));
succeed(helm(3, ['create', 'plain']));
/** It runs wget without -O, which writes index.html to the working directory /: only root can. */
const TEST = 'Pod shop-plain-test-connection';
const FULL = ['--set', 'ingress.enabled=true,autoscaling.enabled=true,serviceAccount.create=false'];
const CHARTS: readonly {
  name: string;
  path: string;
  args: readonly string[];
  hooks: readonly string[];
  below: readonly string[];
}[] = [
  { name: 'helm create', path: 'plain', args: [], hooks: [TEST], below: [TEST] },
  { name: 'helm create with everything on', path: 'plain', args: FULL, hooks: [TEST], below: [TEST] },
  {
    name: 'storefront',
    path: join(PROJECT, 'examples/charts/storefront'),
    args: [],
    hooks: ['Pod shop-reachable', 'Job shop-migrate'],
    // Nothing is known about its image, nor about those of the controller, the mail and the invoices.
    below: ['Job shop-migrate'],
  },
  {
    name: 'operator',
    path: join(PROJECT, 'examples/charts/operator'),
    args: [],
    hooks: [],
    below: ['DaemonSet shop-agent', 'Deployment shop-controller'],
  },
  {
    name: 'mixed',
    path: join(PROJECT, 'examples/charts/mixed'),
    args: [],
    hooks: [],
    // IIS runs as ContainerAdministrator, so the kubelet would refuse runAsNonRoot.
    below: ['Deployment shop-mail', 'Deployment shop-invoices', 'Deployment shop-reports'],
  },
];

for (const { name, path, args, hooks, below } of CHARTS) {
  suite(`helm: ${name}`, (test) => {
    test('Helm 3: nothing is lost, comments stay, and whatever Helm sends is restricted', () => {
      const before = succeed(template(3, path, args));
      const after = succeed(template(3, path, [...args, ...HARDEN]));
      assertNothingLost(before, after);
      assert.equal(comments(after), comments(before));
      assert.equal(belowRestricted(after).sort(), [...new Set([...below, ...hooks])].sort());
    });

    test('Helm 4: nothing is lost, everything is filed by its template, and hooks are hardened too', () => {
      const before = succeed(template(4, path, args));
      const after = succeed(template(4, path, [...args, ...HARDEN]));
      assertNothingLost(before, after);
      assert.not.match(after, /generated-by-postrender|postrender-filename/);
      assert.equal(belowRestricted(after), below);
      assert.equal(
        documents(after)
          .filter((object) => isHook(object) && member(object, 'kind') !== 'ServiceAccount')
          .map(nameOf),
        hooks,
      );
    });
  });
}

suite('helm: the post-renderer', (test) => {
  const storefront = join(PROJECT, 'examples/charts/storefront');
  const broken = chart('broken', { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [web]}\n' });
  const empty = chart('empty', { 'a.yaml': '{{- if false }}\na: b\n{{- end }}\n' });
  const hooksOnly = chart('hooks', {
    'a.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {helm.sh/hook: test}}\n' +
      'spec: {containers: [{name: a, image: busybox}]}\n',
  });

  for (const version of [3, 4] as const) {
    test(`Helm ${version}: arguments reach it`, () => {
      const after = succeed(
        template(version, storefront, [...HARDEN, '--post-renderer-args', '--only', '--post-renderer-args', 'resources']),
      );
      assert.match(after, /limits:/);
      assert.not.match(after, /runAsUser/);
    });

    test(`Helm ${version}: a chart that cannot be hardened stops the release, and the report says why`, () => {
      const report = join(temporaryFolder(), 'report');
      const { status, stdout, stderr } = template(version, broken, HARDEN, { KHARDEN_REPORT_FILE: report });
      assert.is(status, 1);
      assert.is(stdout, '');
      const words =
        /skipped-malformed Pod a: has a pod template, containers or initContainers of another type than the API server accepts/;
      assert.match(readFileSync(report, 'utf8'), words);
      assert.match(asLines(stderr), version === 3 ? words : /post-renderer plugin "kharden": plugin "kharden" exited with error/);
    });

    test(`Helm ${version}: hides stderr when the release succeeds, so that the report is the way to see the summary`, () => {
      const report = join(temporaryFolder(), 'report');
      const { status, stderr } = template(version, storefront, HARDEN, { KHARDEN_REPORT_FILE: report });
      assert.is(status, 0, stderr);
      assert.not.match(stderr, /^kharden: /m);
      assert.match(readFileSync(report, 'utf8'), /^kharden: 1 file, /m);
    });

    test(`Helm ${version}: wrong arguments stop the release, and the report says why`, () => {
      const report = join(temporaryFolder(), 'report');
      const { status, stdout } = template(version, storefront, [...HARDEN, '--post-renderer-args', '--skp'], {
        KHARDEN_REPORT_FILE: report,
      });
      assert.is(status, 1);
      assert.is(stdout, '');
      assert.match(readFileSync(report, 'utf8'), /^kharden: unknown option '--skp'/);
    });

    test(`Helm ${version}: charts that render nothing, or nothing but hooks`, () => {
      assert.is(succeed(template(version, empty, HARDEN)).trim(), '');
      const after = succeed(template(version, hooksOnly, HARDEN));
      assert.equal(
        documents(after)
          .filter((object) => member(object, 'kind') === 'Pod')
          .map(nameOf),
        ['Pod a'],
      );
    });
  }

  test('the report holds every finding, and runs add to it', () => {
    const report = join(temporaryFolder(), 'report');
    const args = [...HARDEN, '--post-renderer-args', '--quiet', '--post-renderer-args', `--report-file=${report}`];
    for (const version of [3, 4] as const) succeed(template(version, join(PROJECT, 'examples/charts/operator'), args));
    const text = readFileSync(report, 'utf8');
    assert.is(text.match(/host-path DaemonSet shop-agent/g)?.length, 2);
    assert.is(text.match(/^kharden: 1 file, 2 workloads; wrote 1 file/gm)?.length, 2);
  });

  test('Helm 4: an install, dry for want of a cluster, has hooks with accounts that are there before them', () => {
    const text = succeed(helm(4, ['install', 'shop', storefront, '--dry-run=client', ...HARDEN]));
    const hooks = documents(text.slice(text.indexOf('HOOKS:\n') + 7, text.indexOf('MANIFEST:\n'))).map((object) => [
      nameOf(object),
      stringAt(object, 'metadata', 'annotations', 'helm.sh/hook-weight'),
    ]);
    assert.equal(
      hooks.filter(([name]) => name?.endsWith('migrate')),
      [
        ['ServiceAccount shop-migrate', '4'],
        ['Job shop-migrate', '5'],
      ],
    );
  });

  test('the plugin has the version of the package', () => {
    const version = (JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string }).version;
    assert.match(
      readFileSync(join(PROJECT, 'helm/plugin.yaml'), 'utf8'),
      new RegExp(`^version: ${version.replaceAll('.', '\\.')}$`, 'm'),
    );
    assert.match(
      succeed(helm(4, ['plugin', 'list'])),
      new RegExp(`^kharden\\s+${version.replaceAll('.', '\\.')}\\s+postrenderer/v1`, 'm'),
    );
  });
});
