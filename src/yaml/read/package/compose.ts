/** Composes one document with the `yaml` package, with the scalars of Go, and refuses texts that are nested too deeply. */
import { Composer, Lexer, Parser, type CST, type Document } from 'yaml';
import { GO_SCHEMA } from './go-schema.ts';

/**
 * Far below what the stack can take: the package composes by recursion, and V8 ends the process when it comes to compile a
 * regular expression on the last of the stack.
 */
const DEEPEST = 256;

const OPTIONS = { version: '1.1', schema: GO_SCHEMA, uniqueKeys: false, keepSourceTokens: true, logLevel: 'silent' } as const;

/**
 * The document of a text, with the errors that the package finds; `tokens` when they are known already.
 *
 * @throws RangeError when it is nested too deeply
 */
export function composeDocument(text: string, tokens?: readonly CST.Token[]): Document.Parsed {
  // A text may have an error in each of its characters, and V8 takes longer to note the stack of each than for all else.
  const v8 = Error as { stackTraceLimit?: number | undefined };
  const limit = v8.stackTraceLimit;
  v8.stackTraceLimit = 0;
  try {
    const [document] = new Composer(OPTIONS).compose(tokens ?? withinDepth(tokensOf(text)), true, text.length);
    if (!document) throw new Error('there is no document');
    return document;
  } finally {
    v8.stackTraceLimit = limit;
  }
}

/**
 * The tokens of a text. Too many open brackets are an error at once, because the parser needs much memory for each. The
 * lexeme of a scalar is never one bracket alone, but where a block scalar ends the text.
 */
function* tokensOf(text: string): Generator<CST.Token> {
  const parser = new Parser();
  let depth = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === '[' || lexeme === '{') depth++;
    if (lexeme === ']' || lexeme === '}') depth = Math.max(0, depth - 1);
    if (depth > DEEPEST) throw new RangeError('nested too deeply');
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

function* withinDepth(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  for (const token of tokens) {
    let level = [token];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > DEEPEST) throw new RangeError('nested too deeply');
      level = level.flatMap(collectionsIn);
    }
    yield token;
  }
}

function collectionsIn(token: CST.Token): CST.Token[] {
  const inner = 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : 'value' in token ? [token.value] : [];
  return inner.filter((one): one is CST.Token => one !== null && one !== undefined && 'items' in one);
}
