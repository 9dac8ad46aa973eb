/** The programs that are measured: the built kharden, and what it is compared with. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A program that the integration tests install (`test/integration/install-tools.sh`). */
export function tool(name: string): string {
  return join(ROOT, '.tools/bin', name);
}

/** The shell's words for kharden; one process, without the cache of another version. */
export const KHARDEN = `${quoted(process.execPath)} ${quoted(join(ROOT, 'bin/kharden.js'))}`;

/** The start of Node, which nothing that runs on it can be below. */
export const NODE_ALONE = `${quoted(process.execPath)} -e 0`;

const PARSE = `
  const { parseAllDocuments } = require(${JSON.stringify(join(ROOT, 'node_modules/yaml'))});
  parseAllDocuments(require('fs').readFileSync(0, 'utf8'), { logLevel: 'silent', uniqueKeys: false, maxAliasCount: -1 });`;

/** What every program costs that parses the same stream with the `yaml` package, as the shell's words. */
export const PARSE_ALONE = `${quoted(process.execPath)} -e ${quoted(PARSE)}`;

/** A word of the shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
