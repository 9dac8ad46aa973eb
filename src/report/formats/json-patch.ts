/** What would change as JSON Patches, for programs that change values and not texts. */
import type { RunResult } from '../result.ts';

/**
 * Prints one entry for each document that changes: new documents that go before it, and an RFC 6902 patch for its value. A `test`
 * stands before each `replace` and `remove`, so that a patch is refused where the document is another one.
 */
export function* printJsonPatch({ files }: RunResult): Iterable<string> {
  const entries = files.flatMap(({ path, patches }) =>
    patches.map(({ document, before, operations }) => ({ path, document, before, patch: operations })),
  );
  yield `${JSON.stringify(entries, null, 2)}\n`;
}
