/** The images that Skaffold builds from Dockerfiles (skaffold.dev/docs/references/yaml, `build.artifacts`). */
import { itemsAt, path, stringAt } from '../../util/json.ts';
import { imageName, type GivenBuild } from './build.ts';
import { argumentsIn, valuesIn } from './documents.ts';

/** What builds without a Dockerfile. */
const OTHER_BUILDERS = ['bazel', 'buildpacks', 'custom', 'jib', 'ko'];

/** Those of a file in a folder, its profiles among them. */
export function skaffoldBuilds(text: string, folder: string, by: string): GivenBuild[] {
  const artifacts = valuesIn(text)
    .flatMap((file) => [file, ...itemsAt(file, 'profiles')])
    .flatMap((part) => itemsAt(part, 'build', 'artifacts'));
  return artifacts
    .filter((artifact) => OTHER_BUILDERS.every((builder) => path(artifact, builder) === undefined))
    .map((artifact) => {
      const builder = path(artifact, 'docker') ?? path(artifact, 'kaniko') ?? undefined;
      return {
        names: [imageName(stringAt(artifact, 'image') ?? '')],
        folder,
        context: stringAt(artifact, 'context'),
        dockerfile: stringAt(builder, 'dockerfile'),
        target: stringAt(builder, 'target'),
        args: argumentsIn(path(builder, 'buildArgs')),
        by,
      };
    });
}
