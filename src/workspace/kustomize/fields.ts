/** What kustomizations change by fields of their own: images, and annotations for everything. */
import { isArray, isObject, member, objectAt, stringAt, type Json, type JsonObject } from '../../util/json.ts';

/** The object with the images that an entry of `images` replaces (kustomize, "images"). */
export function replaceImages(value: JsonObject, entry: Json): JsonObject {
  const name = stringAt(entry, 'name') ?? '';
  return mapContainers(value, (container) => {
    const image = stringAt(container, 'image');
    const rest = image?.startsWith(name) ? image.slice(name.length) : undefined;
    if (rest === undefined || !/^(?::[\w.{}-]*)?(?:@.*)?$/.test(rest)) return container;
    return { ...container, image: (stringAt(entry, 'newName') ?? name) + versionOf(entry, rest) };
  });
}

/** The tag and the digest: those of the entry, or those that the image has. */
function versionOf(entry: Json, rest: string): string {
  const [tag, digest] = [member(entry, 'newTag'), stringAt(entry, 'digest')];
  if (tag === undefined && digest === undefined) return rest + (stringAt(entry, 'tagSuffix') ?? '');
  return (tag === undefined ? '' : `:${String(tag)}`) + (digest === undefined ? '' : `@${digest}`);
}

function mapContainers(value: Json, change: (container: JsonObject) => JsonObject): JsonObject {
  return mapped(value) as JsonObject;

  function mapped(inner: Json): Json {
    if (isArray(inner)) return inner.map(mapped);
    if (!isObject(inner)) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([key, field]) => [
        key,
        (key === 'containers' || key === 'initContainers') && isArray(field)
          ? field.map((item) => (isObject(item) ? change(item) : item))
          : mapped(field),
      ]),
    );
  }
}

/** The object with `commonAnnotations` on it and on its pod template (kustomize, "commonAnnotations.go"). */
export function addAnnotations(value: JsonObject, annotations: JsonObject): JsonObject {
  const here = {
    ...value,
    metadata: { ...objectAt(value, 'metadata'), annotations: { ...objectAt(value, 'metadata', 'annotations'), ...annotations } },
  };
  return inTemplates(here, annotations);
}

function inTemplates(value: JsonObject, annotations: JsonObject): JsonObject {
  const spec = member(value, 'spec');
  if (!isObject(spec)) return value;
  const templates = ['template', 'jobTemplate'].filter((key) => isObject(member(spec, key)));
  const changed = templates.map((key) => [key, addAnnotations(objectAt(spec, key), annotations)] as const);
  return templates.length === 0 ? value : { ...value, spec: { ...spec, ...Object.fromEntries(changed) } };
}
