/** Reads a page strictly: every element is closed, every attribute is in quotes, every mark in a text is an entity. */

export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: (HtmlElement | string)[];
}

const VOID = new Set(['br', 'input', 'link', 'meta']);
const RAW = new Set(['script', 'style']);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<]*")?)*)>|[^<]+/y;
const ENTITY = /&(?:(amp|lt|gt|quot)|#(\d+));/g;
const NAMES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/**
 * The root of a page.
 *
 * @throws Error for what is not well-formed
 */
export function readHtml(page: string): HtmlElement {
  const head = '<!doctype html>\n';
  if (!page.startsWith(head)) throw new Error('no doctype');
  const top: HtmlElement = { name: '', attributes: {}, content: [] };
  const open = [top];
  TAG.lastIndex = head.length;
  while (TAG.lastIndex < page.length) {
    const at = TAG.lastIndex;
    const [token, close, name, list = ''] = TAG.exec(page) ?? [];
    if (token === undefined) throw new Error(`not well-formed: ${page.slice(at, at + 80)}`);
    if (name === undefined) open.at(-1)?.content.push(decoded(token));
    else if (close) {
      if (open.pop()?.name !== name) throw new Error(`${name} is closed and not open: ${page.slice(at - 80, at)}`);
    } else {
      const element: HtmlElement = { name, attributes: attributesIn(list), content: [] };
      open.at(-1)?.content.push(element);
      if (!VOID.has(name)) open.push(element);
      if (RAW.has(name)) {
        const end = page.indexOf(`</${name}`, TAG.lastIndex);
        element.content.push(page.slice(TAG.lastIndex, end));
        TAG.lastIndex = end;
      }
    }
  }
  const root = top.content.find((one) => typeof one !== 'string');
  if (open.length !== 1 || !root) throw new Error('not closed to the end');
  return root;
}

function attributesIn(list: string): Record<string, string> {
  const pairs = [...list.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, decoded(value)] as const);
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`an attribute twice: ${list}`);
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  if (/[&>]/.test(text.replace(ENTITY, ''))) throw new Error(`a bare mark in ${text}`);
  return text.replace(ENTITY, (_, name: string, number: string) => NAMES[name] ?? String.fromCharCode(Number(number)));
}

/** All elements of a tree, itself among them. */
export function elementsOf(element: HtmlElement): HtmlElement[] {
  return [element, ...element.content.flatMap((one) => (typeof one === 'string' ? [] : elementsOf(one)))];
}

/** The text of a tree without that of the elements which `isLeftOut` names. */
export function textOf(element: HtmlElement, isLeftOut: (element: HtmlElement) => boolean = () => false): string {
  return element.content.map((one) => (typeof one === 'string' ? one : isLeftOut(one) ? '' : textOf(one, isLeftOut))).join('');
}
