/** Which tests to run against a mutant, and in which order. */
import type { NumberedMutant } from './bundle.ts';
import type { Loaded, Profile, Task } from './worker.ts';

/** How long the tests may take, when nothing is changed, that a mutant is run against: what outlives them has survived. */
const MOST_MILLISECONDS = 1500;

export class Plan {
  readonly #mutants: readonly NumberedMutant[];
  /** Those that reach least first: they say most about what they reach. */
  readonly #profiles: readonly Profile[];
  readonly #loaded: Loaded;
  /** By file: how many of its mutants a test has killed. Those that killed many come first. */
  readonly #kills = new Map<string, Map<number, number>>();
  /** By file: the tests that reach it. */
  readonly #reaching = new Map<string, readonly Profile[]>();

  constructor(mutants: readonly NumberedMutant[], loaded: Loaded, profiles: readonly Profile[]) {
    this.#mutants = mutants;
    this.#loaded = loaded;
    this.#profiles = profiles
      .map((profile) => ({ profile, reach: profile.reached.reduce((sum, one) => sum + one, 0) }))
      .sort((left, right) => left.reach - right.reach || left.profile.milliseconds - right.profile.milliseconds)
      .map(({ profile }) => profile);
  }

  isReached({ id }: NumberedMutant): boolean {
    return this.#loaded.atLoad[id] === 1 || this.#profiles.some(({ reached }) => reached[id] === 1);
  }

  noteKill({ file }: NumberedMutant, test: number): void {
    const kills = this.#kills.get(file) ?? new Map<number, number>();
    this.#kills.set(file, kills.set(test, (kills.get(test) ?? 0) + 1));
  }

  #reachingFile(file: string): readonly Profile[] {
    const known = this.#reaching.get(file);
    if (known) return known;
    const ids = this.#mutants.flatMap((other) => (other.file === file ? [other.id] : []));
    const found = this.#profiles.filter(({ reached }) => ids.some((id) => reached[id] === 1));
    this.#reaching.set(file, found);
    return found;
  }

  /**
   * The tests that reach the mutant, those that are called after its file before all others (`yaml/read/quick` after
   * `src/yaml/read/quick/token-tree.ts`), then those that reach its file: what one test left in a cache, the next one does not
   * come to. A mutant that is reached before any test may show in each of them.
   */
  taskOf({ id, file }: NumberedMutant): Task {
    const reaching = this.#reachingFile(file);
    const isDirect = ({ reached }: Profile): boolean => reached[id] === 1;
    const direct = reaching.filter(isDirect);
    const near = reaching.filter((one) => !isDirect(one));
    const inFile = new Set(reaching);
    const others = this.#loaded.atLoad[id] === 1 ? this.#profiles.filter((one) => !inFile.has(one)) : [];
    const isOwn = ({ index }: Profile): boolean => isCalledAfter(this.#loaded.names[index] ?? '', file);
    const isOther = (one: Profile): boolean => !isOwn(one);
    const chosen = [
      ...[...direct, ...near, ...others].filter(isOwn),
      ...within(direct.filter(isOther), MOST_MILLISECONDS),
      ...within(near.filter(isOther), MOST_MILLISECONDS / 2),
      ...within(others.filter(isOther), MOST_MILLISECONDS / 2),
    ];
    const kills = ({ index }: Profile): number => this.#kills.get(file)?.get(index) ?? 0;
    const sorted = chosen.sort((left, right) => kills(right) - kills(left));
    return { mutant: id, tests: sorted.map(({ index, steps }) => ({ index, mostSteps: 20 * steps + 2_000_000 })) };
  }
}

function within(profiles: readonly Profile[], most: number): Profile[] {
  let sum = 0;
  return profiles.filter(({ milliseconds }) => (sum += milliseconds) <= most);
}

function isCalledAfter(test: string, file: string): boolean {
  const [suite = ''] = test.split(': ');
  return suite !== '' && file.replace(/^.*?src\//, '').startsWith(suite);
}
