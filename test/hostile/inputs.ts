/**
 * Inputs on which a backtracking expression, or a loop within a loop, would never come to an end. `size` is 1 for inputs of some
 * 20 kB; an expression that tries every way through a text does not come to an end on a twentieth of that either.
 */

export const HEAD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: cart\n';
export const POD = `${HEAD}spec:\n  containers:\n  - name: cart\n    image: nginx:1.27\n`;

const LENGTH = 20_000;
const PARTS = [
  ' ',
  '\t',
  'a',
  '/',
  '.',
  '-',
  '_',
  ':',
  '@',
  '=',
  ',',
  '0',
  '{{',
  '{{ x }} ',
  '{%',
  '*',
  '#',
  ' #',
  '"',
  '\\',
  '$(',
  '`',
  '(',
  ';',
  '&&',
  '|',
  '> /a ',
  '<<EOF ',
];
const COMMANDS = [
  'sh -c ',
  'sudo ',
  'env ',
  'a=b ',
  'if true; then ',
  'chown a /b; ',
  'mkdir -p /a/b; ',
  'apt-get install && ',
  '--a=/b ',
];

function repeated(part: string, size: number): string {
  return part.repeat(Math.ceil((LENGTH * size) / part.length));
}

/** One long text of one part, wherever a text may stand. */
function places(text: string): string {
  const quoted = JSON.stringify(text);
  return [
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${quoted}\n  annotations: {a: ${quoted}, kharden.dev/skip: ${quoted}}`,
    `spec:\n  serviceAccountName: ${quoted}\n  containers:\n  - name: ${quoted}\n    image: ${quoted} # ${text}`,
    `    command: [sh, -c, ${quoted}]\n    args: [${quoted}, a]\n    env: [{name: A, value: ${quoted}}]`,
    `    volumeMounts: [{name: a, mountPath: ${quoted}}]\n    resources: {requests: {cpu: ${quoted}}, limits: {memory: ${quoted}}}`,
    `    # ${text}\n`,
  ].join('\n');
}

/** One long text each, by what it is made of. */
export function longTexts(size: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...PARTS, ...COMMANDS].map((part) => [`a long text of ${JSON.stringify(part)}`, places(repeated(part, size))]),
  );
}

/** Many of the same, by what there is much of. */
export function manyOfTheSame(size: number): Readonly<Record<string, string>> {
  const repeat = (text: string, count: number): string => text.repeat(count * size);
  const lines = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count * size }, (_, index) => line(index)).join('');
  return {
    'blank lines before': `${repeat('\n', LENGTH)}${POD}`,
    'blank lines with spaces before': `${repeat(' \n', LENGTH)}${POD}`,
    'blank lines after': `${POD}${repeat('\n', LENGTH)}`,
    'comments before': `${repeat('\n# a\n', 5000)}${POD}`,
    'comments after': `${POD}${repeat('    # a\n', 5000)}`,
    markers: `${POD}${repeat('---\n', 2000)}`,
    'document ends': repeat('...\n', 10_000),
    'carriage returns': `${POD}${repeat('\r', LENGTH)}`,
    'a kind far away': `"kind":${repeat('\n', LENGTH)}Pod`,
    'tags before a kind': `"kind": ${repeat('!a ', 5000)}Pod`,
    'open quotes': `${POD}    args:\n${repeat('"\n', 2000)}`,
    'quotes that are indented too little': `${POD}    args:\n${lines(600, (index) => `    - "a\nb${index}"\n`)}`,
    aliases: `${HEAD}  labels:\n${lines(600, (index) => `    a${index}: &a${index} x\n    b${index}: *a${index}\n`)}${POD.slice(HEAD.length)}`,
    'merge keys': `${HEAD}  labels:\n    a: &a {x: y}\n${lines(600, (index) => `    b${index}: {<<: *a}\n`)}${POD.slice(HEAD.length)}`,
    'a chain of merge keys': `${POD}x:\n  a0: &a0 {}\n${lines(600, (index) => `  a${index + 1}: &a${index + 1} {<<: *a${index}, k${index}: 1}\n`)}`,
    annotations: `${HEAD}  annotations:\n${lines(1500, (index) => `    k${index}: b\n`)}${POD.slice(HEAD.length)}`,
    'one key again and again': `${HEAD}  annotations:\n${repeat('    a: b\n', 1500)}${POD.slice(HEAD.length)}`,
    'annotations of kharden': `${HEAD}  annotations:\n${lines(600, (index) => `    kharden.dev/skip.c${index}: resources\n`)}${POD.slice(HEAD.length)}`,
    'writable paths': `${HEAD}  annotations:\n    kharden.dev/writable.cart: ${lines(500, (index) => `/x${index},`)}\n${POD.slice(HEAD.length)}`,
    arguments: `${POD}    args:\n${lines(1500, (index) => `    - --flag-${index}=/var/lib/x${index}\n`)}`,
    containers: `${HEAD}spec:\n  containers:\n${lines(150, (index) => `  - name: c${index}\n    image: nginx:1.27\n`)}`,
    'init containers': `${POD}  initContainers:\n${lines(150, (index) => `  - name: c${index}\n    image: nginx:1.27\n`)}`,
    volumes: `${POD}  volumes:\n${lines(1000, (index) => `  - name: v${index}\n    emptyDir: {}\n`)}`,
    mounts: `${POD}    volumeMounts:\n${lines(600, (index) => `    - {name: v${index}, mountPath: /v${index}}\n`)}`,
    capabilities: `${POD}    securityContext: {capabilities: {drop: [${lines(1500, (index) => `C${index}, `)}X]}}\n`,
  };
}
