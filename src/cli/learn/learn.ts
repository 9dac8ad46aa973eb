/** `kharden learn`: reads images, and writes what they show into a file that kharden reads. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findConfig, LEARNED_NAME, readLearned, type Config } from '../../config/index.ts';
import type { ImageEntry } from '../../index.ts';
import { parseImageReference, type ImageReference } from '../../kubernetes/image-reference.ts';
import { derive } from '../../learn/derive/derive.ts';
import { LearnError } from '../../learn/archive/failure.ts';
import { entryFor, isFresh, withLessons, type Lesson } from '../../learn/file/learned-file.ts';
import type { OpenImage } from '../../learn/image/image.ts';
import { readLayers } from '../../learn/image/layers.ts';
import type { CliOptions } from '../arguments/options.ts';
import type { LearnOptions } from '../arguments/request.ts';
import { loadConfigFor, loadLearned } from '../files/load-config.ts';
import { shownPath } from '../files/paths.ts';
import { reasonOf } from '../files/reason.ts';
import { createFile, replaceFile } from '../files/write-file.ts';
import { NOTHING, refused, remark, type Outcome } from '../output/outcome.ts';
import { liveTargets } from './live.ts';
import { openPlace, type OpenOptions } from './open.ts';
import { learnedBefore, targetsOf, type Target, type Targets } from './targets.ts';

/** Learns the images that words name, or with `--check` says which of them are not as they were learned. */
export async function learn(words: readonly string[], learning: LearnOptions, options: CliOptions): Promise<Outcome> {
  const { config, problems } = loadConfigFor(process.cwd(), options.config);
  if (!config) return refused(2, problems);
  const path = outputPath(learning.output, options.config);
  const before = path === undefined ? { images: [], problems: [] } : loadLearned(path);
  if (!before.images) return refused(2, before.problems);
  const found = await targetsFor(words, learning, config, before.images);
  if (words.length === 0 && found.targets.length === 0)
    return remark(2, 'name images, or files with manifests (--help shows more)');
  const opening: OpenOptions = {
    platform: learning.imagePlatform ?? 'linux/amd64',
    plainHttp: learning.plainHttp ?? false,
    mirrors: config.options.mirrors ?? [],
  };
  const lines = knownLines(found.known);
  const results: Result[] = [];
  for (const target of found.targets) {
    const result = await learnOne(target, learning.as, before.images, opening, options.check ?? false);
    results.push(result);
    lines.push(`${target.name}: ${result.line}`);
  }
  const hasFailed = found.problems.length > 0 || results.some(({ isFailure }) => isFailure);
  const outcome = { ...NOTHING, result: { problems: [...problems, ...found.problems], files: [] } };
  if (options.check)
    return { ...outcome, exitCode: hasFailed ? 2 : results.some(({ isStale }) => isStale) ? 1 : 0, remarks: lines };
  const lessons = results.flatMap(({ lesson }) => lesson ?? []);
  const written = writeLessons(path, lessons);
  return {
    ...outcome,
    exitCode: hasFailed || written.isFailure ? 2 : 0,
    stdout: () => written.stdout,
    remarks: [...lines, ...written.lines],
  };
}

async function targetsFor(
  words: readonly string[],
  { live }: LearnOptions,
  config: Config,
  entries: readonly ImageEntry[],
): Promise<Targets> {
  if (live) return liveTargets(words, config);
  return words.length > 0 ? targetsOf(words, config) : { targets: learnedBefore(entries), problems: [], known: 0 };
}

function knownLines(count: number): string[] {
  if (count === 0) return [];
  return [count === 1 ? '1 image is known already' : `${count} images are known already`];
}

/** What became of one image. */
interface Result {
  /** What the user is told. */
  readonly line: string;
  readonly isFailure?: true;
  readonly isStale?: true;
  readonly lesson?: Lesson;
}

async function learnOne(
  target: Target,
  name: string | undefined,
  entries: readonly ImageEntry[],
  options: OpenOptions,
  isCheck: boolean,
): Promise<Result> {
  try {
    const reference = referenceOf(target, name);
    const image = await openPlace(target.place, options);
    const from = {
      image: target.name,
      digest: image.digest,
      platform: image.platform,
      date: new Date().toISOString().slice(0, 10),
    };
    const entry = entryFor(entries, reference);
    if (isFresh(entry, from)) return { line: `as it was on ${entry?.learned?.date}` };
    if (isCheck)
      return { line: entry ? `changed since ${entry.learned?.date}: learn it again` : 'not learned yet', isStale: true };
    const findings = derive(image.config, await readLayers(image.layers));
    return { line: summary(findings.fields, image), lesson: { reference, from, findings } };
  } catch (error) {
    if (!(error instanceof LearnError)) throw error;
    return { line: error.message, isFailure: true };
  }
}

/** The name under which manifests use an image. */
function referenceOf({ place, reference }: Target, name: string | undefined): ImageReference {
  if (name !== undefined) {
    const given = parseImageReference(name);
    if (!given) throw new LearnError(`--as ${name}: this is no name of an image`);
    return given;
  }
  if (place.kind === 'docker') return place.reference;
  const inside = place.tag?.includes('/') ? parseImageReference(place.tag) : undefined;
  const found = reference ?? inside;
  if (!found) throw new LearnError('the name that manifests use for it is not known: add --as NAME');
  return found;
}

function summary(
  { user, nonRoot, readOnlyRootFilesystem, writable = [] }: Omit<ImageEntry, 'match'>,
  { platform }: OpenImage,
): string {
  const who = user?.uid === undefined ? `USER ${user?.default ?? '0'}` : `user ${user.uid}:${user.gid}`;
  const paths = writable.filter(({ prepopulated }) => !prepopulated).map(({ path }) => path);
  const facts = [
    who,
    `without root: ${nonRoot ?? 'not shown'}`,
    `read-only root file system: ${readOnlyRootFilesystem ?? 'not shown'}`,
    ...(paths.length > 0 ? [`writes to ${paths.join(', ')}`] : []),
  ];
  return `learned (${platform}): ${facts.join('; ')}`;
}

/** The file beside the configuration; undefined for stdout. */
function outputPath(output: string | undefined, config: string | undefined): string | undefined {
  return output === '-' ? undefined : (output ?? defaultPath(config));
}

function defaultPath(config: string | undefined): string {
  return join(config === undefined ? findConfig(process.cwd(), existsSync).root : dirname(config), LEARNED_NAME);
}

interface WrittenLessons {
  readonly stdout: readonly string[];
  readonly lines: readonly string[];
  readonly isFailure?: true;
}

function writeLessons(path: string | undefined, lessons: readonly Lesson[]): WrittenLessons {
  if (lessons.length === 0) return { stdout: [], lines: [] };
  try {
    const before = path !== undefined && existsSync(path) ? readFileSync(path) : undefined;
    const text = withLessons(before?.toString('utf8') ?? '', lessons);
    const checked = readLearned(text, path ?? 'stdout');
    // The next run would refuse the file.
    if ('errors' in checked) throw new LearnError(`what was learned cannot be written: ${checked.errors[0].message}`);
    if (path === undefined) return { stdout: [text], lines: [] };
    const after = Buffer.from(text);
    if (before) replaceFile(path, before, after);
    else createFile(path, after);
    return { stdout: [], lines: [`wrote ${shownPath(path)}`] };
  } catch (error) {
    return { stdout: [], lines: [`${path === undefined ? 'stdout' : shownPath(path)}: ${reasonOf(error)}`], isFailure: true };
  }
}
