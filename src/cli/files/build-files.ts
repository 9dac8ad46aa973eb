/** Which Dockerfiles, files that name their images, and scripts of these a run reads. */
import { basename } from 'node:path';
import { isBuildFile, isDockerfile, isScript, wordsOf } from '../../workspace/build-files.ts';
import type { FoundFile } from './walk.ts';

/** Those among the files of a root that say how images are built; none without a Dockerfile. Of scripts those that one of them names. */
export function buildFilesAmong(files: readonly FoundFile[], textOf: (file: FoundFile) => string): readonly FoundFile[] {
  const found = files.filter(({ real }) => isBuildFile(real));
  const dockerfiles = found.filter(({ real }) => isDockerfile(real));
  if (dockerfiles.length === 0) return [];
  const words = wordsOf(dockerfiles.map(textOf).join('\n'));
  return found.filter(({ real }) => !isScript(real) || words.has(basename(real)));
}
