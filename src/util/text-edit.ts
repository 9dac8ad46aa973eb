/** An edit of a text: replaces `text.slice(start, end)` with `text`. Offsets count UTF-16 code units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
