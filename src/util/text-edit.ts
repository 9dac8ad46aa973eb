/**
 * An edit of a text: replaces `text.slice(start, end)` with `text`. Offsets count UTF-16 code units. It is part of the library's
 * types, which must not need the types of the `yaml` package.
 */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
