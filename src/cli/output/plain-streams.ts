/** Standard streams without Node's streams, whose loading takes a tenth of Node's own start. */
import { fstatSync, readSync, statSync, writeSync } from 'node:fs';

/** What the program itself uses of `process.stdin`, `process.stdout` and `process.stderr`. */
interface PlainStream extends AsyncIterable<Uint8Array> {
  readonly isTTY: false;
  write(text: string): boolean;
  on(event: 'error', listener: (error: unknown) => void): unknown;
}

type Name = 'stdin' | 'stdout' | 'stderr';
const NAMES: readonly Name[] = ['stdin', 'stdout', 'stderr'];

/**
 * Replaces the standard streams of the process that are no terminal. What is written is out when `write` returns, and an error in it
 * goes to the listeners at once. Node's stream takes over where a pipe would have to be waited for, and where more of a stream is asked
 * for than the program itself uses, as Node does for a warning.
 */
export function usePlainStreams(): void {
  // Pipes end in other ways there.
  if (process.platform === 'win32') return;
  NAMES.forEach((name, fd) => {
    if (mayBeTerminal(fd)) return;
    const original = Object.getOwnPropertyDescriptor(process, name) ?? {};
    const stream = plainStream(fd, () => {
      Object.defineProperty(process, name, original);
      return process[name];
    });
    plain.add(stream);
    Object.defineProperty(process, name, { ...PROPERTY, value: stream });
  });
}

/** True when all that was written is out: no stream of Node's has taken over. */
export function isAllWritten(): boolean {
  return plain.has(process.stdout) && plain.has(process.stderr);
}

const plain = new WeakSet<object>();

const PROPERTY = { configurable: true, enumerable: true, writable: true };

/** True for a device other than the one that drops everything, and for what is closed. */
function mayBeTerminal(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isCharacterDevice() && stat.rdev !== statSync('/dev/null').rdev;
  } catch {
    return true;
  }
}

const AT_ONCE = 65_536;

type Listener = (error: unknown) => void;

function plainStream(fd: number, original: () => NodeJS.Process[Name]): PlainStream {
  const listeners: Listener[] = [];
  let node: NodeJS.Process[Name] | undefined;
  const takeOver = (): NodeJS.Process[Name] => {
    if (node) return node;
    node = original();
    for (const listener of listeners) node.on('error', listener);
    return node;
  };
  const stream: PlainStream = {
    isTTY: false,
    on: (_, listener) => (node ? node.on('error', listener) : listeners.push(listener)),
    write: (text) =>
      node ? (node as NodeJS.WriteStream).write(text) : writeNow(fd, text, listeners, takeOver as () => NodeJS.WriteStream),
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const chunk = readNow(fd);
        if (chunk === undefined) return yield* takeOver() as NodeJS.ReadStream;
        if (chunk.length === 0) return;
        yield chunk;
      }
    },
  };
  return new Proxy(stream, {
    get(own, key) {
      if (key in own) return own[key as keyof PlainStream];
      const whole = takeOver();
      const value: unknown = Reflect.get(whole, key);
      return typeof value === 'function' ? value.bind(whole) : value;
    },
  });
}

/** Writes a text, or what finds no room of it by Node's stream. */
function writeNow(fd: number, text: string, listeners: readonly Listener[], takeOver: () => NodeJS.WriteStream): boolean {
  const bytes = Buffer.from(text);
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(fd, bytes, done);
    return true;
  } catch (error) {
    if (mustWait(error)) return takeOver().write(bytes.subarray(done));
    for (const listener of listeners) listener(error);
    return false;
  }
}

/** What a file or pipe has next, nothing at its end; undefined where it would have to be waited for. */
function readNow(fd: number): Uint8Array | undefined {
  const buffer = Buffer.allocUnsafe(AT_ONCE);
  try {
    return buffer.subarray(0, readSync(fd, buffer));
  } catch (error) {
    if (mustWait(error)) return undefined;
    throw error;
  }
}

function mustWait(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN';
}
