import { templateOffset } from '../../../src/yaml/read/template.ts';
import { parseYaml } from '../../../src/yaml/index.ts';
import { assert, suite } from '../../harness.ts';

/** Templates of Helm, Jinja and the like; `^` stands before the first action. */
const TEMPLATES: readonly string[] = [
  '^{{ if .Values.on }}\na: b\n',
  'a: ^{{ x }}\n',
  'a: b-^{{ x }}\n',
  'a: b\n^{% if x %}\n',
  'a: "b"\nc: ^{{ x }}\n',
  '# {{ x }}\na: ^{{ y }}\n',
  'a: "#"\nb: c#^{{ x }}\n',
  // Quoted, where only a template has braces: names and images.
  'image: "^{{ x }}"\n',
  "name: '^{{ x }}'\n",
  'namespace: "a-^{{ x }}"\n',
  'kind: "^{{ x }}"\n',
  'apiVersion: "^{{ x }}"\n',
  '  image: "^{{ x }}"\n',
  '- name: "^{{ x }}"\n',
  '  - image \t: "^{{ x }}"\n',
  'image:"^{{ x }}"\n',
  // Quoted, with Helm's own words.
  'a: "^{{ .Values.x }}"\n',
  'a: "^{{- .Release.Name }}"\n',
  'a: "^{{.Chart.Name}}"\n',
  'a: "^{{ .Capabilities.KubeVersion }}"\n',
  'a: "^{{ .Files.Get "x" }}"\n',
  'a: "^{{ .Template.Name }}"\n',
  'a: "^{{ include "x" . }}"\n',
  'a: "^{{ template "x" }}"\n',
  'a: "^{{ tpl x . }}"\n',
  'a: "^{{ toYaml x }}"\n',
  'a: |\n  {{ $x }}\n  ^{{ .Values.x }}\n',
];

/** Braces of programs in what is a manifest. */
const MANIFESTS: readonly string[] = [
  'a: b\n',
  'a: {b: {c: d}}\n',
  'a: "{{ $labels.instance }}"\n',
  "a: '{{ x }}'\n",
  'a: |\n  {{ x }} of {{ y }}\n  {% if z %}\n',
  'a: "{{ .ValuesOfMine }}"\n',
  'a: "{{ x.Values.y }}"\n',
  'a: "{{ includes x }}"\n',
  '# {{ x }}\na: b\n',
  'a: b # {{ x }}\n',
  'image: b # "{{ x }}"\n',
  'a: |\n  name: {{ x }}\n',
  'my-name: "{{ x }}"\n',
  'names: "{{ x }}"\n',
  'image.name: "{{ x }}"\n',
  'image: b\na: "{{ x }}"\n',
];

suite('yaml/read/template', (test) => {
  for (const marked of TEMPLATES) {
    test(`a template: ${JSON.stringify(marked)}`, () => {
      const text = marked.replace('^', '');
      assert.is(templateOffset(text, parseYaml(text)), marked.indexOf('^'));
    });
  }
  for (const text of MANIFESTS) {
    test(`none: ${JSON.stringify(text)}`, () => assert.is(templateOffset(text, parseYaml(text)), undefined));
  }
});
