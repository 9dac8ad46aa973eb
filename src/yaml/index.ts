/** Lossless YAML: splitting, reading, locating and splicing. The only folder that imports the `yaml` package. */
export type { TextEdit } from '../util/text-edit.ts';
export { Lines, position, type Position } from './source/positions.ts';
export { isBlank } from './source/blank.ts';
export { mayHoldContainers, mayHoldKind } from './source/prefilter.ts';
export { splitStream, type Slice } from './source/split.ts';
export { applyTextEdits, SpliceError } from './source/text-edit.ts';
export { duplicateKeys } from './read/inspect.ts';
export { locate, locateValue } from './read/locate.ts';
export { parseYaml } from './read/parse.ts';
export { readForProof } from './read/proof.ts';
export { templateOffset } from './read/template.ts';
export { isParsed, type ParsedYaml, type ParseProblem } from './read/tree/parsed-yaml.ts';
export { printYaml } from './write/new-text.ts';
export { splice, writeDocument } from './write/splice.ts';
