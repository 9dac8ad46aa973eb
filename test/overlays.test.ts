/** What is left out of a base because of its overlays, case by case. */
import { assert, suite } from './harness.ts';
import { hardenCase, leftOutBy, overlayCases, writeLeftOut } from './overlays.ts';

suite('overlays', (test) => {
  for (const overlay of overlayCases()) {
    const { name, title, leftOut, files } = overlay;
    test(`${name}: ${title}`, () => {
      const results = hardenCase({ files });
      const findings = results.flatMap((file) => file.findings);
      assert.equal(
        findings.filter(({ severity }) => severity === 'error'),
        [],
      );
      const found = findings.filter(({ id }) => id === 'patched-elsewhere').map(leftOutBy);
      if (process.env['UPDATE_SNAPSHOTS']) writeLeftOut(overlay, found);
      else assert.equal(found, leftOut);
      const again = hardenCase({ files: Object.fromEntries(results.map(({ path, output }) => [path, output])) });
      for (const { path, input, output } of again) assert.sameText(output, input, `${path}, hardened twice`);
    });
  }
});
