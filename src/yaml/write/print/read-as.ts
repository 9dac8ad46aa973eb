/** What parsers read in a plain scalar. */
import { parseDocument } from 'yaml';

/** The value that a text without quotes has in a version of YAML. */
export function readAs(text: string, version: '1.1' | '1.2'): unknown {
  return parseDocument(text, { version, schema: version === '1.1' ? 'yaml-1.1' : 'core', logLevel: 'silent' }).toJS();
}
