/** Results for the tests of formats, each made once: fixtures, an empty one, and one whose names could end a value early. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { harden, type Input } from '../../../src/index.ts';
import type { FormatContext } from '../../../src/report/format.ts';
import type { RunResult } from '../../../src/report/result.ts';
import { lazy } from '../../lazy.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const CONTEXT: FormatContext = { paint: undefined, width: 80, workingDirectory: '/home/me/my shop', environment: {} };

export const EMPTY: RunResult = { problems: [], files: [] };

/** One of so many fixtures is enough here: `npm run test:corpus` holds the formats against all real manifests. */
const EVERY = 15;

/** Some of `test/fixtures`, and texts that are hard to edit: CRLF, a byte order mark, no line end, one line. */
export const fixtures = lazy((): RunResult => {
  const all = fastGlob.sync('fixtures/**/*.{yaml,json}', { cwd: root }).sort();
  const paths = all.filter((_, index) => index % EVERY === 0);
  const pod = 'kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - name: a\n    image: nginx:1.27\n';
  const hard: Input[] = [
    { path: 'crlf.yaml', content: pod.replaceAll('\n', '\r\n') },
    { path: 'bom.yaml', content: `\uFEFF${pod}` },
    {
      path: 'bom.json',
      content: `\uFEFF${JSON.stringify({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ image: 'x:1' }] } })}`,
    },
    { path: 'end.yaml', content: `${pod}---\n# größe 🚀\n${pod.trimEnd()}` },
  ];
  const read = paths.map((path): Input => ({ path, content: readFileSync(`${root}${path}`) }));
  return { problems: [], files: harden([...hard, ...read], { profile: 'strict' }).files };
});

const NASTY = `a|b\`c\`"d"<script>&amp;@me ::error::%0A,\u001B[31m]]> größe`;

/** Names and values with every mark that means something in a format. */
export const hostile = lazy((): RunResult => {
  const content = `# Source: x/templates/${NASTY}.yaml
apiVersion: v1
kind: Pod
metadata:
  name: ${JSON.stringify(NASTY)}
spec:
  containers:
  - name: ${JSON.stringify(NASTY)}
    image: ${JSON.stringify(NASTY)}
    securityContext: {privileged: true}
`;
  const path = `${NASTY}\n/ my 'file'.yaml`;
  return {
    problems: [{ id: 'unusable-path', severity: 'error', path: `${NASTY}\r\n`, message: NASTY }],
    files: harden([{ path, content }]).files,
  };
});

/** A run with 2,000 findings, in as many files. */
export const many = lazy((): RunResult => {
  const content =
    'apiVersion: v1\nkind: Pod\nmetadata: {generateName: a}\nspec: {containers: [{name: a, image: "nginx:1.27", securityContext: {privileged: true}}]}\n';
  const { files } = harden([{ path: 'many.yaml', content }]);
  const paths = Array.from({ length: 2000 }, (_, index) => `many-${index}.yaml`);
  return {
    problems: [],
    files: paths.flatMap((path) =>
      files.map((file) => ({ ...file, path, findings: file.findings.map((finding) => ({ ...finding, path })) })),
    ),
  };
});
