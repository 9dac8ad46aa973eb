/** What the ids on a page mean. */
import { ruleHelp } from '../explain/rule-help.ts';
import { code, escaped, prose } from './escape.ts';

/** Each id, with its title and its explanation, which opens on demand. */
export function glossaryView(ids: readonly string[]): string {
  const entries = ids.toSorted().map((id) => {
    const { title, text } = ruleHelp(id);
    const name = title === id ? '' : ` ${prose(title)}`;
    const paragraphs = text.split('\n').map((paragraph) => `<p>${prose(paragraph)}</p>`);
    return `<details id="about-${escaped(id)}"><summary>${code(id)}${name}</summary>${paragraphs.join('')}</details>`;
  });
  return entries.join('\n');
}
