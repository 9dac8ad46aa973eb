/** `kharden explain`: what a transform or a finding is, why, what may break, and how to refuse it. */
import { expectation } from '../../config/check/wording.ts';
import type { FindingKind } from '../../observations/finding-kind.ts';
import { paintLines } from '../diff.ts';
import { RUN_FINDINGS } from '../run-findings.ts';
import { wrap } from '../terminal/wrap.ts';
import type { Layout } from '../terminal/findings.ts';
import { controlsOfSkip } from '../../transform/messages.ts';
import { listOptions } from '../../transform/options.ts';
import type { Transform } from '../../transform/transform.ts';
import { meaningOf } from './ids.ts';
import { rulesOf, rulesOfFinding, type AskedBy } from './rules.ts';
import { exampleOf } from './samples.ts';

/** The lines about an id; undefined when nothing has it. */
export function explanationOf(id: string, layout: Layout): string[] | undefined {
  const meaning = meaningOf(id);
  switch (meaning?.kind) {
    case 'transform':
      return ofTransform(meaning.transform.meta, layout);
    case 'finding':
      return ofFinding(id, meaning.finding, layout);
    case 'message':
      return ofMessage(id, meaning.text, meaning.transforms, layout);
    case undefined:
      return undefined;
  }
}

function ofTransform(meta: Transform['meta'], layout: Layout): string[] {
  const { id, title, description, rationale, breaks, profiles, since, safety } = meta;
  const profile =
    profiles.length === 0 ? 'in no profile' : `in the profile${profiles.length > 1 ? 's' : ''} ${profiles.join(' and ')}`;
  const example = exampleOf(meta);
  return [
    ...heading(`${id}: ${title}`, layout),
    ...text(`A transform, ${profile}, since kharden ${since}.`, layout),
    ...section('What it does', [description], layout),
    ...section('Why', [rationale], layout),
    ...section('What may break', [breaks ?? (safety === 'safe' ? 'Nothing that is known.' : 'See above.')], layout),
    ...section('How to opt out', optOuts(id), layout),
    ...section('Options', optionsOf(meta), layout),
    ...section(
      'What it says',
      Object.entries(meta.messages).map(([message, words]) => `${message}: ${words}`),
      layout,
    ),
    ...section('Rules that it answers', rulesOf(meta.references).map(spelled), layout),
    '',
    layout.paint.bold('Example'),
    ...paintLines(example, layout.paint, true)
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

function optOuts(id: string): string[] {
  return [
    `One workload: the annotation kharden.dev/skip: ${id}, or kharden.dev/skip.<container> for one container, with kharden.dev/reason.`,
    `Several: under overrides in .kharden.yaml, skip: [${id}] with match and reason; for all, skip: [${id}] at the top.`,
    `One run: --skip ${id}.`,
  ];
}

function optionsOf({ id, options }: Transform['meta']): string[] {
  return listOptions(options).map(({ keys, schema }) => {
    const value = expectation(schema, (inner) => inner);
    return `transforms.${id}.${keys.join('.')}: ${value}, by default ${JSON.stringify(schema['default'])}. ${String(schema['description'])}`;
  });
}

function ofFinding(id: string, { title, severity, advice, controls }: FindingKind, layout: Layout): string[] {
  return [
    ...heading(`${id}: ${title}`, layout),
    ...text(`A finding (${severity}): ${SEVERITIES[severity]}.`, layout),
    ...section('What to do', [`${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`], layout),
    ...(severity === 'error' || Object.hasOwn(RUN_FINDINGS, id) ? [] : section('How to accept it', acceptance(id), layout)),
    ...section('Asked for by', rulesOfFinding(id, controls).map(spelled), layout),
  ];
}

/** How the author says that a finding has been seen. */
function acceptance(id: string): string[] {
  return [
    `One workload: the annotation kharden.dev/accept: ${id}, or kharden.dev/accept.<container> for one container, with kharden.dev/reason.`,
    `Several: under accept in .kharden.yaml, findings: [${id}] with reason, and with match where it is not for all.`,
    'It no longer warns then; --verbose shows it.',
  ];
}

const SEVERITIES: Readonly<Record<FindingKind['severity'], string>> = {
  error: 'what it is about was left as it was',
  warning: 'something is less safe than it could be',
  info: 'good to know',
};

function ofMessage(id: string, words: string, sayers: readonly Transform[], layout: Layout): string[] {
  const names = sayers.map(({ meta }) => meta.id);
  const controls = sayers.flatMap(({ meta }) => controlsOfSkip(id, meta.references.pss));
  return [
    ...heading(id, layout),
    ...text(`What ${names.join(', ')} ${names.length === 1 ? 'says' : 'say'} of a change, or of what is left alone.`, layout),
    ...section('Message', [words], layout),
    ...section('How to accept it where it is a finding', acceptance(id), layout),
    ...section('Controls that it can name', controls.length === 0 ? [] : [[...new Set(controls)].join(', ')], layout),
    ...section(
      'More',
      names.map((name) => `kharden explain ${name}`),
      layout,
    ),
  ];
}

function spelled({ title, url, rules }: AskedBy): string {
  return `${title}: ${rules.join(', ')}, ${url}`;
}

function heading(words: string, { paint, width }: Layout): string[] {
  return wrap(words, width).map((line) => paint.bold(line));
}

function text(words: string, { width }: Layout, indent = ''): string[] {
  return wrap(words, width, indent);
}

/** A heading with its paragraphs; nothing without any. */
function section(title: string, paragraphs: readonly string[], layout: Layout): string[] {
  if (paragraphs.length === 0) return [];
  return ['', layout.paint.bold(title), ...paragraphs.flatMap((words) => text(words, layout, '  '))];
}
