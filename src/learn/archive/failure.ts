/** What the user is told when an image cannot be read. */

/** An image that cannot be read: the message is one line for people, without credentials and without addresses that hold them. */
export class LearnError extends Error {
  override readonly name = 'LearnError';
}

/** An amount of bytes as people write it: `10.0 GiB`. */
export function size(bytes: number): string {
  const [unit, divisor] = bytes >= 2 ** 30 ? ['GiB', 2 ** 30] : bytes >= 2 ** 20 ? ['MiB', 2 ** 20] : ['KiB', 2 ** 10];
  return `${(bytes / divisor).toFixed(1)} ${unit}`;
}
