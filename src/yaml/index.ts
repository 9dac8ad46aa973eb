/** Lossless YAML: splitting, reading, locating and splicing. The only folder that imports the `yaml` package. */
export { Lines, locate, position, type Position } from './locate.ts';
export { duplicateKeys, isParsed, parseYaml, quotedRanges, type ParsedYaml, type ParseProblem } from './parse.ts';
export { mayHoldKind } from './prefilter.ts';
export { splice, writeDocument } from './splice.ts';
export { applyTextEdits, SpliceError, type TextEdit } from './text-edit.ts';
export { splitStream, type Slice } from './split.ts';
