/** Every id that a run can show: transforms, findings, and the messages of transforms. */
import { FINDINGS } from '../../observations/catalogue.ts';
import type { FindingKind } from '../../observations/finding-kind.ts';
import { RUN_FINDINGS } from '../run-findings.ts';
import { sharedMessages } from '../../transform/messages.ts';
import type { Transform } from '../../transform/transform.ts';
import { suggest } from '../../util/suggest.ts';
import { transforms } from '../../../transforms/index.ts';

/** What an id stands for. */
export type Meaning =
  | { readonly kind: 'transform'; readonly transform: Transform }
  | { readonly kind: 'finding'; readonly finding: FindingKind }
  | { readonly kind: 'message'; readonly text: string; readonly transforms: readonly Transform[] };

/** The findings that no transform declares, by id: about runs and inputs, then about what manifests hold. */
export function findingsById(): ReadonlyMap<string, FindingKind> {
  return new Map(Object.entries<FindingKind>({ ...RUN_FINDINGS, ...FINDINGS }));
}

/** What an id stands for; undefined when nothing has it. */
export function meaningOf(id: string): Meaning | undefined {
  const transform = transforms.find(({ meta }) => meta.id === id);
  if (transform) return { kind: 'transform', transform };
  const finding = findingsById().get(id);
  if (finding) return { kind: 'finding', finding };
  const sayers = transforms.filter(({ meta }) => Object.hasOwn(meta.messages, id));
  const text = sayers[0]?.meta.messages[id];
  return text === undefined ? undefined : { kind: 'message', text, transforms: sayers };
}

/** True for the id of a finding; those of transforms are not, they stand for changes. */
export function isFinding(id: string): boolean {
  const meaning = meaningOf(id);
  return meaning !== undefined && meaning.kind !== 'transform';
}

/** The id that is nearest to a word that is none. */
export function nearestId(word: string): string | undefined {
  const messages = transforms.flatMap(({ meta }) => Object.keys(meta.messages));
  const ids = [...transforms.map(({ meta }) => meta.id), ...findingsById().keys(), ...Object.keys(sharedMessages()), ...messages];
  return suggest(word, ids);
}
