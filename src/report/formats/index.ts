/** The output formats. */
import type { FolderFormat, Format, Print, TextFormat } from '../format.ts';
import { COMPONENT_MARKER, KUSTOMIZATION, OTHER_KUSTOMIZATIONS, RESOURCES } from '../kustomize/names.ts';

/** Output formats to choose from; the first one is the default. */
export type Formats = readonly [TextFormat, ...Format[]];

export const FORMATS: Formats = [
  {
    id: 'diff',
    description: 'a unified diff of what would change, for git apply and patch',
    load: async () => (await import('../diff.ts')).printDiff,
  },
  {
    id: 'json',
    description: 'everything that is known of the run, as JSON by a schema',
    load: async () => (await import('./json.ts')).printJson,
    audit: async () => (await import('./audit-json.ts')).printAuditJson,
  },
  {
    id: 'sarif',
    description: 'SARIF 2.1.0 for code scanning and editors: every change and finding, with fixes',
    load: async () => (await import('./sarif.ts')).printSarif,
    audit: async () => ofFindings((await import('./sarif.ts')).printSarif),
  },
  {
    id: 'github',
    description: 'annotations for GitHub Actions: an error for each file that would change, and every finding',
    load: async () => (await import('./github.ts')).printGithub,
    audit: async () => ofFindings((await import('./github.ts')).printGithub),
  },
  {
    id: 'gitlab',
    description: 'a Code Quality report of GitLab: every change and finding',
    load: async () => (await import('./gitlab.ts')).printGitlab,
    audit: async () => ofFindings((await import('./gitlab.ts')).printGitlab),
  },
  {
    id: 'junit',
    description: 'a JUnit report: a test case for each file, change, error and warning',
    load: async () => (await import('./junit.ts')).printJunit,
    audit: async () => ofFindings((await import('./junit.ts')).printJunit),
  },
  {
    id: 'markdown',
    description: 'a comment for a pull request: numbers, what changes and why, the diff, and every finding',
    load: async () => (await import('./markdown.ts')).printMarkdown,
  },
  {
    id: 'json-patch',
    description: 'what would change as JSON Patches (RFC 6902), document by document, with new documents',
    load: async () => (await import('./json-patch.ts')).printJsonPatch,
  },
  {
    id: 'html',
    description: 'a page to read in a browser: numbers, workloads, and the diff with its reasons; complete in one file',
    load: async () => (await import('./html.ts')).htmlPrinter(),
  },
  {
    id: 'kustomize',
    description: 'a kustomize component in the folder of --out, for a base that is not edited',
    // What the component refers to comes before it.
    fileNames: [RESOURCES, KUSTOMIZATION],
    marker: COMPONENT_MARKER,
    rivals: OTHER_KUSTOMIZATIONS,
    loadFolder: async () => (await import('../kustomize/component.ts')).composeComponent,
  },
];

/** The format with an id, if it is written into a folder. */
export function folderFormat(formats: Formats, wanted: string | undefined): FolderFormat | undefined {
  const format = formats.find(({ id }) => id === wanted);
  return format && 'loadFolder' in format ? format : undefined;
}

/** Prints the findings of a run alone. */
function ofFindings(print: Print): Print {
  return ({ problems, files }, context) =>
    print(
      { problems, files: files.map((file) => ({ ...file, output: file.input, changes: [], edits: [], patches: [] })) },
      context,
    );
}
