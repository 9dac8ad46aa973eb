/** Lossless YAML: splitting, reading, locating and splicing. The only folder that imports the `yaml` package. */
export { Lines, locate, position, type Position } from './locate.ts';
export { duplicateKeys, isFlowDocument, isParsed, parseYaml, quotedRanges, type ParsedYaml, type ParseProblem } from './parse.ts';
export { mayHoldKind } from './prefilter.ts';
export { applyTextEdits, splice, SpliceError, writeDocument, type TextEdit } from './splice.ts';
export { splitStream, type Slice } from './split.ts';
