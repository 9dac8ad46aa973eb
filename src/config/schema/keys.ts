/** The keys of the configuration: the one source of their types, defaults, JSON Schema and documentation. */
import * as Type from 'typebox/type';
import { transforms } from '../../../transforms/index.ts';
import { DEFAULT_SETTINGS } from '../../decisions/basis/settings.ts';
import type { ImageEntry } from '../../images/index.ts';
import { defaultsOf, listOptions } from '../../transform/options.ts';
import { DEFAULT_PROFILE, PROFILES } from '../../transform/profiles.ts';
import type { JsonObject } from '../../util/json.ts';
import {
  acceptance,
  customWorkload,
  imageGlob,
  listOf,
  override,
  pathGlob,
  profile,
  registryPrefix,
  transformIds,
  transformOptions,
  writableFolder,
} from './values.ts';

/** Which transforms run. */
const CHOICE = {
  profile: profile({
    description: `The transforms to run. ${Object.entries(PROFILES)
      .map(([name, text]) => `${name}: ${text}`)
      .join('. ')}.`,
    default: DEFAULT_PROFILE,
  }),
  only: transformIds({
    description: 'The transforms to run, instead of those of the profile.',
    minItems: 1,
    default: transforms.filter(({ meta }) => meta.profiles.includes(DEFAULT_PROFILE)).map(({ meta }) => meta.id),
  }),
  skip: transformIds({ description: 'Transforms to leave out.', default: [] }),
  enable: transformIds({ description: 'Transforms to run besides those of the profile.', default: [] }),
};

/** The settings of a run. */
const SETTINGS = {
  override: Type.Boolean({
    description: 'Replace explicit values that are less safe, instead of keeping and reporting them.',
    default: DEFAULT_SETTINGS.override,
  }),
  safeOnly: Type.Boolean({
    description: 'Leave out every change that may break a workload.',
    default: DEFAULT_SETTINGS.safeOnly,
  }),
  platform: Type.Enum(['kubernetes', 'openshift'], {
    description: 'openshift: write no user, group or fsGroup; its security context constraints assign them.',
    default: DEFAULT_SETTINGS.platform,
  }),
  kubeVersion: Type.String({
    description:
      'The oldest Kubernetes that the manifests are applied to, in quotes: fields that it does not have are not written.',
    title: 'a version in quotes such as "1.30"',
    pattern: '^v?[0-9]+\\.[0-9]+(\\.[0-9]+)?([-+].*)?$',
    default: `${DEFAULT_SETTINGS.kubeVersion.major}.${DEFAULT_SETTINGS.kubeVersion.minor}`,
  }),
  unknownImages: Type.Enum(['report', 'harden'], {
    description:
      'report: leave user, capabilities and root file system alone where nothing is known about the image; harden: write them all the same, as changes that may break.',
    default: DEFAULT_SETTINGS.unknownImages,
  }),
  hooks: Type.Enum(['harden', 'skip'], {
    description: 'skip: leave workloads that are Helm hooks alone.',
    default: DEFAULT_SETTINGS.hooks,
  }),
  transforms: transformOptions({
    description: 'Options of transforms, by id. What is left out keeps its default.',
    default: Object.fromEntries(
      transforms
        .filter(({ meta }) => listOptions(meta.options).length > 0)
        .map(({ meta }) => [meta.id, defaultsOf(meta.options)]),
    ),
  }),
};

/** What the user knows about images and kinds. */
const KNOWLEDGE = {
  writablePaths: Type.Unsafe<Readonly<Record<string, readonly string[]>>>({
    description: 'Paths that must stay writable when the root file system becomes read-only, by image.',
    type: 'object',
    propertyNames: imageGlob,
    additionalProperties: listOf(writableFolder, { title: 'a list of paths' }),
    default: {},
    examples: [{ 'registry.local/shop/*': ['/var/lib/shop', '/var/cache/shop'] }],
  }),
  images: Type.Array(Type.Unsafe<ImageEntry>({ $ref: '#/definitions/entry' }), {
    description: 'What you know about your images; these entries come before those of kharden.',
    default: [],
    examples: [[{ match: ['registry.local/shop/cart'], user: { uid: 2000, gid: 2000 }, writable: [{ path: '/var/lib/cart' }] }]],
  }),
  mirrors: Type.Array(registryPrefix, {
    description: 'Prefixes of image names behind which your registry mirrors Docker Hub.',
    uniqueItems: true,
    default: [],
    examples: [['registry.local/dockerhub']],
  }),
  workloads: Type.Array(customWorkload, {
    description: 'Kinds of custom resources that hold a pod spec, besides those that kharden knows (docs/custom-resources.md).',
    uniqueItems: true,
    default: [],
    examples: [[{ apiVersion: 'example.com/v1', kind: 'Worker', podSpec: '/spec/template/spec' }]],
  }),
};

/** What is left alone. */
const EXCEPTIONS = {
  exclude: Type.Array(pathGlob, {
    description: 'Files that are never changed, as globs relative to this file.',
    uniqueItems: true,
    default: [],
    examples: [['legacy/', '**/vendor/**']],
  }),
  overrides: Type.Array(override, {
    description: 'Exceptions for the workloads or containers that match.',
    default: [],
    examples: [
      [
        {
          match: { namespace: 'legacy-*', kind: 'Deployment' },
          skip: ['read-only-root-fs'],
          reason: 'writes its sessions to the working directory',
        },
      ],
    ],
  }),
  accept: Type.Array(acceptance, {
    description: 'Findings that were seen and no longer warn, everywhere or for the workloads or containers that match.',
    default: [],
    examples: [
      [
        {
          findings: ['host-path', 'host-namespace'],
          match: { namespace: 'monitoring', name: 'node-exporter' },
          reason: 'reads the metrics of its node',
        },
      ],
    ],
  }),
};

const KEYS = { ...CHOICE, ...SETTINGS, ...KNOWLEDGE, ...EXCEPTIONS };

// `Type.Partial` would say that no key is required, and bring 30 KB into the bundle.
const { required, ...schema } = Type.Object(KEYS, { additionalProperties: false });

/** The JSON Schema of the configuration; every key may be left out. */
export const CONFIGURATION = schema as unknown as JsonObject;

/** A configuration as written, when it is valid. */
export type Written = Partial<Type.Static<Type.TObject<typeof KEYS>>>;
