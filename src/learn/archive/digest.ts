/** Digests, by which everything in an image is named (OCI image-spec, descriptor.md, "Digests"). */
import { createHash } from 'node:crypto';
import type { Bytes } from './bytes.ts';
import { LearnError } from './failure.ts';

const DIGEST = /^(?:(sha256):[a-f0-9]{64}|(sha512):[a-f0-9]{128})$/;

/** True for a digest that kharden can check. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** The SHA-256 digest of bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** @throws LearnError when bytes do not have the digest that names them */
export function checkDigest(bytes: Uint8Array, digest: string, what: string): void {
  const algorithm = algorithmOf(digest, what);
  if (digest !== `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`) throw mismatch(what, digest);
}

/**
 * The same bytes; at their end a LearnError is thrown when they do not have the digest.
 *
 * @param length how many there must be, when that is known
 */
export async function* withDigest(source: Bytes, digest: string, what: string, length?: number): Bytes {
  const algorithm = algorithmOf(digest, what);
  const hash = createHash(algorithm);
  let found = 0;
  for await (const piece of source) {
    found += piece.length;
    if (length !== undefined && found > length) throw new LearnError(`${what} is longer than its ${length} bytes`);
    hash.update(piece);
    yield piece;
  }
  if (length !== undefined && found < length) throw new LearnError(`${what} is cut off: ${found} of ${length} bytes`);
  if (digest !== `${algorithm}:${hash.digest('hex')}`) throw mismatch(what, digest);
}

function algorithmOf(digest: string, what: string): string {
  const [, shorter, longer] = DIGEST.exec(digest) ?? [];
  const algorithm = shorter ?? longer;
  if (algorithm === undefined) throw new LearnError(`${what} has a digest that kharden does not read: ${digest.slice(0, 40)}`);
  return algorithm;
}

function mismatch(what: string, digest: string): LearnError {
  return new LearnError(`${what} is not what its digest ${digest} says: it is damaged, or was changed on the way`);
}
