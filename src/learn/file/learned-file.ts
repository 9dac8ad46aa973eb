/** The file `kharden.images.yaml`: which entry is about which image, and how new entries come into it. */
import { canonicalName, type ImageEntry, type LearnedFrom } from '../../images/index.ts';
import { formatRepository, type ImageReference } from '../../kubernetes/image-reference.ts';
import { isArray, type Json } from '../../util/json.ts';
import { compileImageGlob } from '../../util/glob.ts';
import { isParsed, locateValue, parseYaml } from '../../yaml/index.ts';
import type { Findings } from '../derive/findings.ts';
import { entryOf, HEADER, printEntry } from './print.ts';

/** What was learned about one image. */
export interface Lesson {
  /** The name under which manifests use it. */
  readonly reference: ImageReference;
  readonly from: LearnedFrom;
  readonly findings: Findings;
}

/** An entry with its text in the file. */
interface Item {
  readonly entry: ImageEntry;
  readonly text: string;
}

/** The entry that was learned for an image. An image without a tag and with a digest has the entry without tags. */
export function entryFor(entries: readonly ImageEntry[], reference: ImageReference): ImageEntry | undefined {
  const name = canonicalName(formatRepository(reference));
  const tag = tagOf(reference);
  return entries.find(({ match, tags, learned }) => {
    if (!learned || !match.some((glob) => compileImageGlob(canonicalName(glob))(name))) return false;
    return tags === undefined ? tag === undefined : tag !== undefined && tags.some((glob) => compileImageGlob(glob)(tag));
  });
}

function tagOf({ tag, digest }: ImageReference): string | undefined {
  return tag ?? (digest === undefined ? 'latest' : undefined);
}

/** True when an entry was learned from just this image. */
export function isFresh(entry: ImageEntry | undefined, from: Pick<LearnedFrom, 'digest' | 'platform'>): boolean {
  return entry?.learned?.digest === from.digest && entry.learned.platform === from.platform;
}

/**
 * The text of the file with what was learned: an entry of another digest is replaced and keeps its tags, a new one is added, the text
 * of all others stays.
 *
 * @param text the file as it is, which must be valid; empty for none
 */
export function withLessons(text: string, lessons: readonly Lesson[]): string {
  const { head, items } = split(text);
  for (const { reference, from, findings } of lessons) {
    const before = entryFor(
      items.map(({ entry }) => entry),
      reference,
    );
    const tag = tagOf(reference);
    const tags = before ? before.tags : tag === undefined ? undefined : [tag];
    const names = { match: before?.match ?? [formatRepository(reference)], ...(tags && { tags }), learned: from };
    const entry = entryOf(names, findings);
    const item = { entry, text: printEntry(entry, findings.reasons) };
    const place = items.findIndex((one) => one.entry === before);
    if (before) items[place] = item;
    else items.splice(placeFor(entry, items), 0, item);
  }
  return head + items.map((item) => item.text).join('');
}

/** At the end, but before an entry of the same image for every tag, which would count first. */
function placeFor({ match: [name = ''], tags }: ImageEntry, items: readonly Item[]): number {
  const general = items.findIndex(
    ({ entry }) => tags && !entry.tags && entry.match.some((glob) => canonicalName(glob) === canonicalName(name)),
  );
  return general === -1 ? items.length : general;
}

/** The text before the first entry, and the entries with the lines of each; entries in another style are written again. */
function split(text: string): { head: string; items: Item[] } {
  const parsed = parseYaml(text);
  const images = isParsed(parsed) && !isArray(parsed.value) ? (parsed.value as { images?: Json } | null)?.images : undefined;
  const entries = (isArray(images) ? images : []) as unknown as readonly ImageEntry[];
  if (!isParsed(parsed) || entries.length === 0) return { head: HEADER, items: [] };
  const starts = entries.map((_, index) => text.lastIndexOf('\n', locateValue(parsed, `/images/${index}`)) + 1);
  const isOneALine = starts.every((start, index) => /^ {2}- /.test(text.slice(start, start + 4)) && start !== starts[index + 1]);
  if (!isOneALine) return { head: HEADER, items: entries.map((entry) => ({ entry, text: printEntry(entry) })) };
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const items = entries.map((entry, index) => ({ entry, text: whole.slice(starts[index], starts[index + 1]) }));
  return { head: whole.slice(0, starts[0]), items };
}
