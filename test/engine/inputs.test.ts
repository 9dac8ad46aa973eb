/** What becomes of inputs that are not hardened, in whole or in part, and of options that name what there is not. */
import { harden, type HardenOptions, type Input } from '../../src/index.ts';
import { findingLine } from '../../src/report/terminal/findings.ts';
import { paint } from '../../src/report/text.ts';
import { assert, suite } from '../harness.ts';

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: example.com/web:1\n';
/** What is said of every Pod here. */
const SAID_OF_PODS = new Set(['unknown-image', 'immutable-in-cluster']);
const PRIVILEGE = { only: ['no-privilege-escalation'] } as const;

function findingsOf(inputs: readonly Input[], options: HardenOptions = PRIVILEGE): string[] {
  return harden(inputs, options).files.flatMap(({ findings }) =>
    findings
      .filter(({ id }) => !SAID_OF_PODS.has(id))
      .map((finding) => `${finding.severity} ${findingLine(finding, paint(false))}`),
  );
}

/** Inputs of which no byte may change, with their findings. */
const UNCHANGED: readonly (readonly [what: string, content: string | Uint8Array, ...findings: string[]])[] = [
  [
    'a document that is no YAML beside a Pod',
    `${POD}---\nkind: Pod\nspec: [a, b\nname: }\n`,
    'error a.yaml:12:1 invalid-yaml Flow sequence in block collection must be sufficiently indented and end with a ]: correct the YAML here and run kharden again',
  ],
  [
    'a second byte that is not UTF-8',
    Uint8Array.from([...Buffer.from('kind: Pod\na: "é'), 0xff, 0x22]),
    'error a.yaml:2:6 invalid-utf-8 is not UTF-8: convert the file to UTF-8 and run kharden again',
  ],
  [
    'a byte that is not UTF-8 at the start',
    Uint8Array.from([0xc3, 0x28]),
    'error a.yaml:1:1 invalid-utf-8 is not UTF-8: convert the file to UTF-8 and run kharden again',
  ],
  [
    'a character that is cut off at the end',
    Uint8Array.from([0x61, 0xe2, 0x82]),
    'error a.yaml:1:2 invalid-utf-8 is not UTF-8: convert the file to UTF-8 and run kharden again',
  ],
  [
    'a template',
    `a: 1\n---\n${POD}  x: {{ y }}\n`,
    'info a.yaml:11:6 skipped-template is a template, not a manifest yet: render it first; for a Helm chart, use kharden as the post-renderer',
  ],
  [
    'a file of SOPS',
    `${POD}sops: {}\n`,
    'info a.yaml:1:1 skipped-encrypted is encrypted with SOPS: any change would break the signature of SOPS; harden the decrypted file',
  ],
  [
    'a kind of another group',
    POD.replace('v1', 'example.com/v1'),
    'info a.yaml:1:1 skipped-foreign Pod web: is left alone: no version of Kubernetes serves this kind in its API group; correct apiVersion if it is meant to be a workload',
  ],
  [
    'a patch',
    POD.replace('    image: example.com/web:1\n', ''),
    'info a.yaml:1:1 skipped-patch Pod web: has containers without an image, so it is a patch of another manifest: harden the manifest that it changes',
  ],
  [
    'containers that are no list',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: {}}\n',
    'error a.yaml:1:1 skipped-malformed Pod web: has a pod template, containers or initContainers of another type than the API server accepts: correct it and run kharden again',
  ],
  [
    'a value of another type where something is added',
    POD.replace('    image', '    securityContext: text\n    image'),
    'error a.yaml:8:5 skipped-malformed /spec/containers/0/securityContext is a scalar, but Kubernetes expects a map or a list: correct it and run kharden again',
  ],
];

suite('engine: inputs that stay as they are', (test) => {
  for (const [what, content, ...expected] of UNCHANGED) {
    test(what, () => {
      const [file] = harden([{ path: 'a.yaml', content }], PRIVILEGE).files;
      assert.is(file?.output, file?.input);
      assert.equal([file?.changes, file?.edits, file?.patches], [[], [], []]);
      assert.equal(findingsOf([{ path: 'a.yaml', content }]), expected);
    });
  }

  test('a key that is there twice is said of a workload alone', () => {
    const twice = (text: string): string => `${text}metadata:\n  name: b\n`;
    assert.equal(findingsOf([{ path: 'a.yaml', content: twice(POD) }]), [
      'warning a.yaml:9:1 duplicate-key metadata is there twice in this map: only the last one counts in Kubernetes; remove the others',
    ]);
    assert.equal(findingsOf([{ path: 'a.yaml', content: twice('apiVersion: v1\nkind: Service\nmetadata: {}\n') }]), []);
  });

  test('nothing is reported of a file that is read for facts', () => {
    assert.equal(harden([{ path: 'a.yaml', content: 'kind: Pod\na: [', role: 'facts' }]).files, []);
  });

  test('hooks of Helm, where the configuration leaves them alone', () => {
    const hook = POD.replace('  name: web\n', '  name: web\n  annotations:\n    helm.sh/hook: pre-install\n');
    const run = (hooks: 'harden' | 'skip'): string[] =>
      findingsOf([{ path: 'a.yaml', content: hook }], { ...PRIVILEGE, settings: { hooks } });
    assert.equal(run('skip'), [
      'info a.yaml:5:3 skipped-hook Pod web: is a Helm hook: the configuration leaves hooks alone; remove `hooks: skip` to harden them',
    ]);
    assert.not(run('harden').some((line) => line.includes('skipped-hook')));
  });

  const CHART = 'the templates of the chart in';
  const HELM = "are left alone: harden what its templates render, with helm's --post-renderer kharden";
  test('the templates of a chart are reported once for each chart, its values never', () => {
    const chart = (folder: string): Input[] => [
      { path: `${folder}Chart.yaml`, content: 'apiVersion: v2\nname: a\n' },
      { path: `${folder}values.yaml`, content: POD },
      { path: `${folder}templates/a.yaml`, content: POD },
      { path: `${folder}templates/b.yaml`, content: POD },
    ];
    assert.equal(findingsOf([...chart(''), ...chart('shop/')]), [
      `info templates/a.yaml:1:1 skipped-chart ${CHART} . ${HELM}`,
      `info shop/templates/a.yaml:1:1 skipped-chart ${CHART} shop ${HELM}`,
    ]);
    assert.ok(harden(chart('')).files.every(({ input, output }) => input === output));
  });

  test('what a kustomization lists as a patch', () => {
    const files: Input[] = [
      {
        path: 'kustomization.yaml',
        content: 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches: [{path: a.yaml}, {path: b.yaml}]\n',
      },
      { path: 'a.yaml', content: POD },
      { path: 'b.yaml', content: 'apiVersion: v1\nkind: Service\n' },
    ];
    assert.equal(findingsOf(files), [
      'info a.yaml:1:1 skipped-patch a kustomization lists it as a patch of another manifest: harden the manifest that it changes',
    ]);
  });
});

suite('engine: options', (test) => {
  for (const key of ['only', 'enable', 'skip'] as const) {
    test(`${key} names a transform that there is not`, () => {
      assert.throws(
        () => harden([], { [key]: ['no-such'] }),
        (error: unknown) =>
          error instanceof RangeError && /^there is no transform no-such: choose from resources, [a-z, -]+$/.test(error.message),
      );
    });
  }

  test('only, enable and skip choose what runs', () => {
    const changed = (options: HardenOptions): string[] => [
      ...new Set(
        harden([{ path: 'a.yaml', content: POD.replace('example.com/web:1', 'nats:2') }], options).files.flatMap(({ changes }) =>
          changes.map(({ transform }) => transform),
        ),
      ),
    ];
    const all = changed({});
    assert.ok(all.length > 5);
    assert.equal(changed({ only: ['resources'] }), ['resources']);
    assert.equal(changed({ only: ['resources'], skip: ['resources'] }), []);
    assert.equal(changed({ enable: ['resources'] }), all);
    assert.equal(
      changed({ skip: ['resources'] }),
      all.filter((id) => id !== 'resources'),
    );
  });

  test('an exception holds where every list of globs matches', () => {
    const content = POD.replace('  name: web\n', '  name: web\n  namespace: shop\n');
    const isLeftOut = (match: Record<string, string[]>): boolean => {
      const exceptions = [{ match, skip: ['no-privilege-escalation'], reason: 'tested' }];
      const [file] = harden([{ path: 'apps/a.yaml', content }], { ...PRIVILEGE, exceptions }).files;
      const isSaid = file?.findings.some(({ message }) =>
        message.startsWith('no-privilege-escalation is left out on request (tested): '),
      );
      assert.is(isSaid, file?.changes.length === 0);
      return file?.changes.length === 0;
    };
    const fitting = { path: ['apps/*'], namespace: ['sh*', 'x'], kind: ['Pod'], name: ['w?b'], container: ['web'] };
    assert.ok(isLeftOut({}) && isLeftOut(fitting));
    for (const key of Object.keys(fitting)) {
      assert.ok(isLeftOut({ [key]: fitting[key as keyof typeof fitting] }), key);
      assert.not(isLeftOut({ ...fitting, [key]: ['other'] }), key);
      assert.not(isLeftOut({ ...fitting, [key]: [] }), key);
    }
  });
});
