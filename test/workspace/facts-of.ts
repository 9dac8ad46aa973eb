/** Facts over files that are given as texts, with a reach told by the names of the files. */
import { parseAllDocuments } from 'yaml';
import type { Json } from '../../src/util/json.ts';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { collectFacts, type Facts } from '../../src/workspace/facts.ts';
import type { Reach } from '../../src/workspace/reach.ts';
import type { Membership } from '../../src/workspace/workspace.ts';
import type { SourceFile } from '../../src/workspace/source-file.ts';
import { KINDS, readObjects } from '../objects.ts';

/** Everything is in reach, but for files whose names say otherwise: `far`, `rival`, `outside`. */
export const REACH: Reach = {
  isAlongside: (file) => !/far|rival|outside/.test(file),
  isWithin: (file) => !file.includes('outside'),
  isInOtherBuild: (file) => file.includes('rival'),
  place: { folder: '' },
  isNear: (file) => !file.includes('far'),
  namespaces: 'written',
  isRenamed: false,
};

/** No file is part of a kustomization. */
export const NO_UNITS = (): Membership => ({ units: [], isListed: false });

function parse(text: string, file: string): KubernetesObject[] {
  const documents = parseAllDocuments(text).flatMap((document) => ('toJS' in document ? [document.toJS() as Json] : []));
  return documents.flatMap((value, index) => readObjects(value, { file, lineOf: () => index + 1 }));
}

function sourceFile(path: string, text: string): SourceFile {
  return { path, text, objects: () => parse(text, path) };
}

export function facts(files: Readonly<Record<string, string>>, reach: Partial<Reach> = {}): Facts {
  return collectFacts(
    Object.entries(files).map(([file, text]) => sourceFile(file, text)),
    KINDS,
    NO_UNITS,
  )({ ...REACH, ...reach });
}

export const inNamespace = (namespace?: string): string => (namespace === undefined ? '' : `, namespace: ${namespace}`);
