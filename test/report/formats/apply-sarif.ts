/** Applies the fixes of a SARIF log to files, by the standard alone: it shares no code with what writes the log. */

export interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { id: string; help: { text: string; markdown: string } }[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly fixes?: readonly Fix[] }[];
  }[];
}

interface Fix {
  readonly artifactChanges: readonly {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly replacements: readonly {
      readonly deletedRegion: Readonly<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>>;
      readonly insertedContent: { readonly text: string };
    }[];
  }[];
}

/** The files, by path, with the fixes of all results. A byte order mark is no part of the text, and stays where it is. */
export function applySarifFixes({ runs }: SarifLog, files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  const after = new Map(files);
  const changes = runs.flatMap(({ results }) => results).flatMap(({ fixes = [] }) => fixes.flatMap((fix) => fix.artifactChanges));
  for (const { artifactLocation, replacements } of changes) {
    const path = decodeURIComponent(artifactLocation.uri);
    const bytes = after.get(path) as Buffer;
    const mark = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? bytes.subarray(0, 3) : Buffer.alloc(0);
    let text = bytes.subarray(mark.length).toString('utf8');
    const lines = text.split('\n');
    const offset = (line: number, column: number): number =>
      lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
    for (const { deletedRegion, insertedContent } of [...replacements].reverse()) {
      const { startLine, startColumn, endLine, endColumn } = deletedRegion;
      text = text.slice(0, offset(startLine, startColumn)) + insertedContent.text + text.slice(offset(endLine, endColumn));
    }
    after.set(path, Buffer.concat([mark, Buffer.from(text)]));
  }
  return after;
}
