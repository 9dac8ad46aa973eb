/** Reads the XML of a report strictly: elements and attributes, nothing else. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

const TOKEN = /\s*<(\/?)([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.-]*="[^"<]*")*)\s*(\/?)>\s*/y;
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d+));/g;
const NAMES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The root of a document.
 *
 * @throws Error for what is not well-formed, for characters that XML 1.0 does not have, and for text between elements
 */
export function readXml(text: string): Element {
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text))
    throw new Error('a character that XML does not have');
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(head)) throw new Error('no declaration');
  const top: Element = { name: '', attributes: {}, children: [] };
  const open = [top];
  TOKEN.lastIndex = head.length;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const [, close, name = '', list = '', isEmpty] = TOKEN.exec(text) ?? [];
    if (name === '') throw new Error(`not well-formed: ${text.slice(at, at + 60)}`);
    if (close) {
      if (open.pop()?.name !== name) throw new Error(`${name} is closed and not open`);
      continue;
    }
    const element: Element = { name, attributes: attributesIn(list), children: [] };
    open.at(-1)?.children.push(element);
    if (!isEmpty) open.push(element);
  }
  const [root] = top.children;
  if (open.length !== 1 || top.children.length !== 1 || !root) throw new Error('not one root');
  return root;
}

function attributesIn(list: string): Record<string, string> {
  const pairs = [...list.matchAll(/([\w.-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => {
    if (/&/.test(value.replace(ENTITY, ''))) throw new Error(`a bare & in ${value}`);
    return [
      key,
      value.replace(ENTITY, (_, name: string, code: string) => NAMES[name] ?? String.fromCharCode(Number(code))),
    ] as const;
  });
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error('an attribute twice');
  return Object.fromEntries(pairs);
}
