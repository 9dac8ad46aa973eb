/** A table by command name, from rows that name several commands with one entry. */
export function table<T>(rows: readonly (readonly [names: string, entry: T])[]): ReadonlyMap<string, T> {
  return new Map(rows.flatMap(([names, entry]) => names.split(' ').map((name) => [name, entry] as const)));
}
