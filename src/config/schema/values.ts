/** The types of values that several keys of the configuration have. Each `title` says to people what is expected. */
import * as Type from 'typebox/type';
import { transforms } from '../../../transforms/index.ts';
import { FINDINGS } from '../../observations/catalogue.ts';
import { PROFILES, type Profile } from '../../transform/profiles.ts';

/** The id of a transform. */
const transformId = Type.Enum(
  transforms.map(({ meta }) => meta.id),
  { type: 'string', title: 'a transform' },
);

/** Ids of transforms. */
export function transformIds(declared: Type.TArrayOptions = {}) {
  return Type.Array(transformId, { title: 'a list of transforms such as [resources]', uniqueItems: true, ...declared });
}

/** The name of a profile. */
export function profile(declared: Type.TSchemaOptions = {}) {
  return Type.Enum(Object.keys(PROFILES) as Profile[], { type: 'string', title: 'a profile', ...declared });
}

/** Options of transforms by id; what is left out is not set here. */
export function transformOptions(declared: Type.TObjectOptions) {
  const options = Object.fromEntries(transforms.map(({ meta }) => [meta.id, Type.Optional(meta.options)]));
  return Type.Object(options, { additionalProperties: false, ...declared });
}

/** A glob of image names. */
export const imageGlob = Type.String({
  title: 'an image without tag such as nginx or registry.local/shop/*',
  pattern: '^[^\\s:@]+(:[0-9]+/[^\\s:@]+)?$',
});

/** The beginning of image names. */
export const registryPrefix = Type.String({
  title: 'a prefix of image names such as registry.local/dockerhub',
  pattern: '^[^\\s:@/*?]+(:[0-9]+)?(/[^\\s:@/*?]+)*/?$',
});

/** A folder in a container. */
export const writableFolder = Type.String({
  title: 'an absolute path such as /var/cache/shop',
  pattern: '^(/(?!\\.{1,2}(/|$))[^/\\s*:]+)+/?$',
});

/** A glob of files. */
export const pathGlob = Type.String({
  title: 'a path relative to this file such as legacy/**',
  pattern: '^(?![!/]|\\.\\.(/|$)|\\./*$)\\S',
});

/** A glob of names. */
const nameGlob = Type.String({ title: 'a name such as legacy-*', pattern: '^[^\\s!]+$' });

/** One value, or a list of values that are alternatives. */
function oneOrMore(item: Type.TString, title: string, declared: Type.TSchemaOptions = {}) {
  return Type.Optional(Type.Union([item, listOf(item, { title })], declared));
}

/** A list with at least one item, none of them twice. */
export function listOf(item: Type.TString, declared: Type.TArrayOptions) {
  return Type.Array(item, { minItems: 1, uniqueItems: true, ...declared });
}

/** Where a kind of custom resource has a pod spec; a kind with several pod specs has several entries. The patterns are those of the Kubernetes API for groups and kinds. */
export const customWorkload = Type.Object(
  {
    apiVersion: Type.String({
      title: 'a group with a version such as argoproj.io/v1alpha1',
      pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?/v[0-9]+((alpha|beta)[0-9]+)?$',
    }),
    kind: Type.String({ title: 'a kind such as Rollout', pattern: '^[A-Z][A-Za-z0-9]*$' }),
    podSpec: Type.String({
      description:
        'Where the pod spec is in the object: a JSON Pointer (RFC 6901); * stands for every item of a list or every member of a map.',
      title: 'a JSON Pointer such as /spec/template/spec',
      pattern: '^(/([^/~]|~[01])+)+$',
    }),
  },
  { additionalProperties: false },
);

/** A text for people. */
function sentence(declared: Type.TSchemaOptions) {
  return Type.String({ title: 'a sentence', pattern: '\\S', ...declared });
}

/** Which workloads or containers are meant. */
const match = Type.Object(
  {
    path: oneOrMore(pathGlob, 'a list of paths', { description: 'Files, as globs relative to this file.' }),
    namespace: oneOrMore(nameGlob, 'a list of names'),
    kind: oneOrMore(nameGlob, 'a list of names'),
    name: oneOrMore(nameGlob, 'a list of names', { description: 'Names of workloads.' }),
    container: oneOrMore(nameGlob, 'a list of names', {
      description: 'Names of containers; without it the whole workload is meant.',
    }),
  },
  {
    description: 'All that is given must fit; of a list one is enough.',
    title: 'a map with path, namespace, kind, name or container',
    minProperties: 1,
    additionalProperties: false,
  },
);

/** An exception for the workloads or containers that match. */
export const override = Type.Object(
  {
    match,
    skip: Type.Optional(
      Type.Union([Type.Literal('all'), transformIds()], { description: 'The transforms that leave it alone, or all.' }),
    ),
    reason: Type.Optional(sentence({ description: 'Shown in reports.' })),
    profile: Type.Optional(profile({ description: 'The profile whose transforms run here.' })),
    enable: Type.Optional(transformIds({ description: 'Transforms that run here besides.', minItems: 1 })),
    transforms: Type.Optional(transformOptions({ description: 'Options of transforms that count here.' })),
  },
  {
    additionalProperties: false,
    anyOf: ['skip', 'profile', 'enable', 'transforms'].map((key) => ({ required: [key] })),
  },
);

/** The ids of findings that can be accepted. */
const FINDING_IDS = [
  ...new Set([
    ...Object.entries(FINDINGS).flatMap(([id, { severity }]) => (severity === 'error' ? [] : [id])),
    ...transforms.flatMap(({ meta }) => Object.keys(meta.messages)),
  ]),
];

/** Findings that were seen and are accepted. */
export const acceptance = Type.Object(
  {
    findings: Type.Array(Type.Enum(FINDING_IDS, { type: 'string', title: 'a finding that is no error (kharden list)' }), {
      description: 'The ids of the findings.',
      title: 'a list of findings such as [host-path]',
      minItems: 1,
      uniqueItems: true,
    }),
    reason: sentence({ description: 'Why; shown in reports.' }),
    match: Type.Optional(match),
  },
  { additionalProperties: false },
);
