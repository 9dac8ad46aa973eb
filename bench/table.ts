/** Tables of the results, in Markdown. */

/** A table with a title; the first row is its head, the first column its names. */
export function table(title: string, [head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return `### ${title}\n\n${[head, rule, ...rows].map(line).join('\n')}\n`;
}

/** A ratio with as many digits as it deserves. */
export function ratio(value: number, base: number): string {
  const times = value / base;
  return times.toFixed(times < 10 ? 2 : times < 100 ? 1 : 0);
}

/** Seconds with three digits. */
export function seconds(value: number): string {
  return value.toPrecision(3);
}
