/** Stands in for the harness in the build with the mutants: keeps the tests to run them one by one, in any order. */
export interface Declared {
  readonly name: string;
  readonly body: () => void | Promise<void>;
}

export const tests: Declared[] = [];

export function suite(name: string, define: (test: (title: string, body: () => void | Promise<void>) => void) => void): void {
  define((title, body) => tests.push({ name: `${name}: ${title}`, body }));
}

export * as assert from '../assert.ts';
