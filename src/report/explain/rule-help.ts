/** What an id means in a few sentences, for tools that show rules. */
import { meaningOf } from './ids.ts';
import { rulesOf, rulesOfFinding, type AskedBy } from './rules.ts';

export interface RuleHelp {
  readonly title: string;
  readonly text: string;
  readonly markdown: string;
}

/** The help about an id; one that nothing has stands for itself. */
export function ruleHelp(id: string): RuleHelp {
  const meaning = meaningOf(id);
  switch (meaning?.kind) {
    case 'transform': {
      const { title, description, rationale, breaks, references } = meaning.transform.meta;
      const paragraphs = [
        description,
        rationale,
        ...(breaks === undefined ? [] : [`What may break: ${breaks}`]),
        `Opt out with the annotation kharden.dev/skip: ${id}.`,
      ];
      return help(title, paragraphs, rulesOf(references));
    }
    case 'finding': {
      const { title, advice, controls } = meaning.finding;
      return help(title, [`${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`], rulesOfFinding(id, controls));
    }
    case 'message': {
      const names = meaning.transforms.map(({ meta }) => meta.id);
      return help(id, [meaning.text, `Said by ${names.join(', ')}.`], []);
    }
    case undefined:
      return help(id, [id], []);
  }
}

function help(title: string, paragraphs: readonly string[], askedBy: readonly AskedBy[]): RuleHelp {
  const rules = askedBy.map(({ title: name, url, rules: ids }) => ({ name, url, ids: ids.join(', ') }));
  return {
    title,
    text: [...paragraphs, ...rules.map(({ name, ids }) => `${name}: ${ids}`)].join('\n'),
    markdown: [...paragraphs, ...rules.map(({ name, url, ids }) => `- [${name}](${url}): ${ids}`)].join('\n\n'),
  };
}
