/** The folders of a run: which are near each other, without a look at all of them. */
import { dirname, isBelow } from '../util/paths.ts';

/** True when two folders are likely to be applied together: one within the other, or beside it. */
export function areNear(one: string, other: string): boolean {
  return isBelow(one, other) || isBelow(other, one) || (dirname(one) === dirname(other) && dirname(one) !== '');
}

export class Folders {
  readonly #sorted: readonly string[];
  readonly #byParent = new Map<string, string[]>();

  constructor(folders: Iterable<string>) {
    this.#sorted = [...new Set(folders)].sort();
    for (const folder of this.#sorted) {
      const parent = dirname(folder);
      const others = this.#byParent.get(parent);
      if (others) others.push(folder);
      else this.#byParent.set(parent, [folder]);
    }
  }

  /** Those for which `areNear` holds, the folder itself among them. */
  near(folder: string): readonly string[] {
    const beside = dirname(folder) === '' ? [] : (this.#byParent.get(dirname(folder)) ?? []);
    return [...new Set([...this.#above(folder), ...this.#below(folder), ...beside])].filter((one) => areNear(one, folder));
  }

  *#above(folder: string): Generator<string> {
    for (let one = folder; ; one = dirname(one)) {
      if (this.#sorted[this.#place(one)] === one) yield one;
      if (one === dirname(one)) return;
    }
  }

  #below(folder: string): readonly string[] {
    if (folder === '') return this.#sorted;
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    const start = this.#place(prefix);
    let end = start;
    while (this.#sorted[end]?.startsWith(prefix)) end++;
    return this.#sorted.slice(start, end);
  }

  /** The index of the first folder that is not before a text. */
  #place(text: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
