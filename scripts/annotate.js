/**
 * Runs `kharden --check` with the arguments of this script, shows what it prints, and annotates the lines on GitHub: an error
 * where a file would change or cannot be read, a warning for every other finding. Ends with the exit code of the check.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const FINDING = /^(.+?)(?::(\d+):(\d+))?:? ([a-z][a-z0-9-]+) (.+)$/;
const ERRORS = new Set([
  'invalid-yaml',
  'invalid-utf-8',
  'skipped-malformed',
  'invalid-config',
  'unusable-path',
  'internal-error',
]);

const program = fileURLToPath(new URL('../bin/kharden.js', import.meta.url));
const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--check', '--verbose', ...process.argv.slice(2)], {
  encoding: 'utf8',
  maxBuffer: 1 << 30,
});
process.stdout.write(stdout);
process.stderr.write(stderr);
for (const annotation of [...changes(stdout), ...findings(stderr)]) console.log(annotation);
process.exitCode = status ?? 2;

/** One error for each file of a diff, at the first line that would change. */
function* changes(diff) {
  for (const file of diff.split(/^(?=--- )/m)) {
    const path = /^\+\+\+ b\/(.*)$/m.exec(file)?.[1];
    const hunk = /^@@ -(\d+)(?:,\d+)? .*\n((?: .*\n)*)/m.exec(file);
    if (path === undefined || !hunk) continue;
    const line = Number(hunk[1]) + hunk[2].split('\n').length - 1;
    const added = file.match(/^\+(?!\+\+ )/gm)?.length ?? 0;
    yield command(
      'error',
      { file: path, line, title: 'kharden' },
      `hardening adds or changes ${added} lines in this file: run kharden --write ${path}`,
    );
  }
}

function* findings(lines) {
  for (const text of lines.split('\n')) {
    const [, file, line, col, id, message] = FINDING.exec(text) ?? [];
    if (file === undefined || file === 'kharden' || /\s/.test(file)) continue;
    yield command(ERRORS.has(id) ? 'error' : 'warning', { file, ...(line && { line, col }), title: id }, message);
  }
}

/** A workflow command; GitHub takes whatever is not escaped for an end. */
function command(name, properties, message) {
  const escape = (value) => String(value).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const list = Object.entries(properties).map(
    ([key, value]) => `${key}=${escape(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  );
  return `::${name} ${list.join(',')}::${escape(message)}`;
}
