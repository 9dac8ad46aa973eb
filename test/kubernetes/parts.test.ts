/** Custom resources that show only a part of a pod. */
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { readObjects } from '../objects.ts';

suite('kubernetes/read-object: parts of pods', (test) => {
  const IMAGE = { image: 'a' };
  const CASES: readonly (readonly [what: string, kind: string, spec: JsonObject, ...expected: string[]])[] = [
    [
      'the sidecars and steps of a Task',
      'Task',
      { steps: [IMAGE, IMAGE], sidecars: [IMAGE] },
      ' /spec/sidecars/0 /spec/steps/0 /spec/steps/1',
    ],
    ['a step that is referred to', 'Task', { steps: [{ ref: { name: 'a' } }, IMAGE] }, ' /spec/steps/1'],
    ['an image from the template', 'Task', { stepTemplate: IMAGE, steps: [{ script: 'b' }], sidecars: [{}] }, ' /spec/steps/0'],
    ['a TaskRun', 'TaskRun', { podTemplate: {}, taskSpec: { steps: [IMAGE] } }, '/taskSpec /spec/steps/0'],
    ['a TaskRun of a Task', 'TaskRun', { taskRef: { name: 'a' } }],
    [
      'the tasks of a Pipeline',
      'Pipeline',
      { tasks: [{ taskRef: {} }, { taskSpec: { steps: [IMAGE] } }], finally: [{ taskSpec: {} }] },
      '/tasks/1/taskSpec /spec/steps/0',
      '/finally/0/taskSpec',
    ],
    ['a task that is null', 'Pipeline', { tasks: [{ taskSpec: null }] }, '/tasks/0/taskSpec'],
    ['steps that are no list', 'Task', { steps: {} }, 'skipped-malformed'],
    ['a step that is a text', 'Task', { steps: ['a'] }, 'skipped-malformed'],
  ];
  const read = (apiVersion: string, kind: string, spec: JsonObject): string[] => {
    const [object] = readObjects({ apiVersion, kind, spec });
    const pods = object?.pods.map(({ specPointer, containers }) =>
      [specPointer.slice('/spec'.length), ...containers.map(({ pointer }) => pointer)].join(' '),
    );
    return object?.leftAlone === undefined ? (pods ?? []) : [object.leftAlone];
  };
  for (const [what, kind, spec, ...expected] of CASES)
    test(what, () => assert.equal(read('tekton.dev/v1', kind, spec), expected));

  test('templates of Argo Workflows', () => {
    const templates = [
      { steps: [] },
      { container: IMAGE, initContainers: [IMAGE], sidecars: [IMAGE] },
      { script: { ...IMAGE, source: 'b' } },
      { containerSet: { containers: [IMAGE] } },
    ];
    assert.equal(read('argoproj.io/v1alpha1', 'Workflow', { templates }), [
      '/templates/0',
      '/templates/1 /spec/initContainers/0 /spec/container /spec/sidecars/0',
      '/templates/2 /spec/script',
      '/templates/3',
      '/templates/3/containerSet /spec/containers/0',
    ]);
    assert.equal(read('argoproj.io/v1alpha1', 'Workflow', { templates: [{ container: [] }] }), ['skipped-malformed']);
  });

  test('a container without an image is one of the controller', () => {
    const spec = { containers: [{ name: 'prometheus' }, IMAGE] };
    assert.equal(read('monitoring.coreos.com/v1', 'Prometheus', spec), [' /spec/containers/1']);
    assert.equal(read('monitoring.coreos.com/v1', 'Prometheus', {}), ['']);
  });

  test('what a step takes from the template stands in its value', () => {
    const stepTemplate = { env: [], securityContext: { privileged: true, runAsUser: 1 } };
    const steps = [{ image: 'a', securityContext: { runAsUser: 2 } }, IMAGE];
    const [task] = readObjects({ apiVersion: 'tekton.dev/v1', kind: 'Task', spec: { stepTemplate, steps } });
    assert.equal(
      task?.pods[0]?.containers.map(({ value, role, name }) => [value['securityContext'], role, name]),
      [
        [{ privileged: true, runAsUser: 2 }, 'container', ''],
        [{ privileged: true, runAsUser: 1 }, 'container', ''],
      ],
    );
  });

  test('the metadata of an object is not that of its pod', () => {
    const metadata = { labels: { a: 'b' } };
    const [task] = readObjects({ apiVersion: 'tekton.dev/v1', kind: 'Task', metadata, spec: { steps: [IMAGE] } });
    assert.equal([task?.pods[0]?.labels, task?.pods[0]?.metadataPointer, task?.pods[0]?.isPartial], [{}, undefined, true]);
    const podTemplate = { metadata, spec: {} };
    const [kibana] = readObjects({ apiVersion: 'kibana.k8s.elastic.co/v1', kind: 'Kibana', spec: { podTemplate } });
    assert.equal([kibana?.pods[0]?.labels, kibana?.pods[0]?.metadataPointer], [{ a: 'b' }, '/spec/podTemplate/metadata']);
  });

  test('Windows shows in the image of a step', () => {
    const spec = { steps: [{ image: 'w' }] };
    const [task] = readObjects({ apiVersion: 'tekton.dev/v1', kind: 'Task', spec }, { isWindowsImage: (image) => image === 'w' });
    assert.is(task?.pods[0]?.isWindows, true);
  });
});
