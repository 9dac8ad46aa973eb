/** The images that Compose builds (docs.docker.com/reference/compose-file/build). */
import { isObject, member, objectAt, stringAt, type Json } from '../../util/json.ts';
import { imageName, shortName, type GivenBuild } from './build.ts';
import { argumentsIn, valuesIn } from './documents.ts';

/** Those of a file in a folder. A service without `image` is known by its own name. */
export function composeBuilds(text: string, folder: string, by: string): GivenBuild[] {
  return valuesIn(text).flatMap((file) =>
    Object.entries(objectAt(file, 'services')).flatMap(([service, value]): GivenBuild[] => {
      const build = member(value, 'build');
      const image = stringAt(value, 'image');
      const names = [image === undefined ? shortName(service) : imageName(image)];
      if (typeof build === 'string') return [{ names, folder, context: build, by }];
      return isObject(build) && member(build, 'dockerfile_inline') === undefined ? [described(build, names, folder, by)] : [];
    }),
  );
}

function described(build: Json, names: GivenBuild['names'], folder: string, by: string): GivenBuild {
  return {
    names,
    folder,
    context: stringAt(build, 'context'),
    dockerfile: stringAt(build, 'dockerfile'),
    target: stringAt(build, 'target'),
    args: argumentsIn(member(build, 'args')),
    by,
  };
}
