/** Lossless YAML: splitting, reading, locating and splicing. The only folder that imports the `yaml` package. */
export { Lines, locate, locateValue, position, type Position } from './read/locate.ts';
export { duplicateKeys, isParsed, parseYaml, quotedRanges, type ParsedYaml, type ParseProblem } from './read/parse.ts';
export { isBlank } from './source/blank.ts';
export { mayHoldKind } from './source/prefilter.ts';
export { splice, writeDocument } from './write/splice.ts';
export { applyTextEdits, SpliceError, type TextEdit } from './source/text-edit.ts';
export { splitStream, type Slice } from './source/split.ts';
