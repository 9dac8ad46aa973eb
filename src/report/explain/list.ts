/** `kharden list`: every transform and every finding, each in a line or two. */
import type { Layout } from '../terminal/findings.ts';
import { wrap } from '../terminal/wrap.ts';
import { sharedMessages } from '../../transform/messages.ts';
import { transforms } from '../../../transforms/index.ts';
import { findingsById } from './ids.ts';

/** The lines of the list. */
export function listLines(layout: Layout): string[] {
  const ofTransforms = transforms.map(
    ({ meta }) => [meta.id, `${meta.title} (${meta.profiles.join(', ') || 'in no profile'})`] as const,
  );
  const ofFindings = [...findingsById()].map(([id, { title, severity }]) => [id, `${title} (${severity})`] as const);
  const ofSeveral = Object.keys(sharedMessages()).map((id) => [id, 'Why several transforms leave something alone'] as const);
  return [
    layout.paint.bold('Transforms'),
    ...table(ofTransforms, layout),
    '',
    layout.paint.bold('Findings'),
    ...table([...ofFindings, ...ofSeveral], layout),
    '',
    ...wrap('kharden explain <id> tells more about each, and about every other message of a transform.', layout.width),
  ];
}

function table(rows: readonly (readonly [id: string, words: string])[], { width }: Layout): string[] {
  const longest = Math.max(...rows.map(([id]) => id.length));
  return rows.flatMap(([id, words]) => {
    const [first = '', ...rest] = wrap(words, width - longest - 4);
    return [`  ${id.padEnd(longest)}  ${first}`, ...rest.map((line) => ' '.repeat(longest + 4) + line)];
  });
}
