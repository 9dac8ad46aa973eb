/** What is known of images that others are built on, besides the entries of `images/`: accounts, variables, and which have no program. */
import type { ImageReference } from '../../kubernetes/image-reference.ts';
import type { Account, Numbering } from './accounts.ts';

interface BaseFacts {
  readonly users: ReadonlyMap<string, Account>;
  readonly env: ReadonlyMap<string, string>;
  readonly numbering: Numbering | undefined;
  /** True for a system or a language: the program comes with what is built on it. */
  readonly isRuntime: boolean;
}

const RUNTIME = new RegExp(
  '^(?:docker\\.io/library/(?:alpine|debian|ubuntu|busybox|centos|fedora|amazonlinux|rockylinux|almalinux|oraclelinux|photon|' +
    'buildpack-deps|bash|node|python|pypy|golang|ruby|jruby|rust|perl|openjdk|eclipse-temurin|amazoncorretto|sapmachine|' +
    'ibm-semeru-runtimes|maven|gradle|swift|elixir|erlang|haskell|julia|r-base|clojure|dart|gcc|php)|' +
    'gcr\\.io/distroless/.*|cgr\\.dev/chainguard/(?:static|glibc-dynamic|wolfi-base|jre|jdk|node|python|go|busybox|bash)|' +
    'mcr\\.microsoft\\.com/dotnet/(?:runtime|runtime-deps|aspnet|sdk)|registry\\.access\\.redhat\\.com/ubi\\d+/ubi(?:-minimal|-micro|-init)?)$',
);

/** `nobody` in debian/base-passwd, alpine/aports (alpine-baselayout), busybox of docker-library, GoogleContainerTools/distroless. */
const NOBODY =
  /^(?:docker\.io\/library\/(?:alpine|debian|ubuntu|busybox|node|python|golang|ruby|php|nginx|eclipse-temurin)|gcr\.io\/distroless\/.*)$/;

/** The users that publishers add, with where they say so. */
const USERS: readonly (readonly [base: RegExp, tag: RegExp | undefined, name: string, uid: number, gid: number])[] = [
  // nodejs/docker-node, 22/bookworm/Dockerfile and 22/alpine3.23/Dockerfile
  [/^docker\.io\/library\/node$/, undefined, 'node', 1000, 1000],
  // GoogleContainerTools/distroless, common/variables.bzl; edu.chainguard.images, "nonroot"
  [/^gcr\.io\/distroless\/|^cgr\.dev\/chainguard\//, undefined, 'nonroot', 65532, 65532],
  // dotnet/dotnet-docker, src/runtime-deps/8.0/bookworm-slim/amd64/Dockerfile
  [/^mcr\.microsoft\.com\/dotnet\//, /^(?:[89]|[1-9]\d)\./, 'app', 1654, 1654],
  // debian/base-passwd, passwd.master; docker-library/php, 8.3/alpine3.20/fpm/Dockerfile
  [/^docker\.io\/library\/(?:php|httpd|debian|ubuntu)$/, /^(?!.*alpine)/, 'www-data', 33, 33],
  [/^docker\.io\/library\/php$/, /alpine/, 'www-data', 82, 82],
  // nginx/docker-nginx, stable/debian/Dockerfile and stable/alpine-slim/Dockerfile
  [/^docker\.io\/(?:library\/nginx|nginxinc\/nginx-unprivileged)$/, undefined, 'nginx', 101, 101],
  // gradle/docker-gradle, jdk21-noble/Dockerfile
  [/^docker\.io\/library\/gradle$/, undefined, 'gradle', 1000, 1000],
  // oven-sh/bun, dockerhub/debian/Dockerfile
  [/^docker\.io\/oven\/bun$/, undefined, 'bun', 1000, 1000],
];

/** Images whose accounts are those of Debian or Alpine, and what is added above. */
const COUNTED = /^docker\.io\/library\/(?:alpine|debian|node|python|golang|ruby|rust|perl|php|buildpack-deps|eclipse-temurin)$/;

/** Copies under another name: prometheus/busybox, README. */
const COPIES: readonly (readonly [RegExp, string])[] = [
  [/^quay\.io\/prometheus\/busybox(?:-linux-\w+)?$/, 'docker.io/library/busybox'],
];

/** The name of the image that another one is a copy of; else its own. */
export function originalName(name: string): string {
  return COPIES.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}

/** Red Hat's builder images start as users of their own; only the plain ones start as root. */
const OF_RED_HAT = /^registry\.(?:access\.)?redhat\.(?:com|io)\//;

/** The facts about a base by its full name. */
export function baseFacts(name: string, { tag }: Pick<ImageReference, 'tag'>): BaseFacts {
  const added = USERS.filter(([base, tags]) => base.test(name) && (tags?.test(tag ?? '') ?? true));
  const all = [
    ...(NOBODY.test(name) ? [['nobody', 65534, 65534] as const] : []),
    ...added.map(([, , user, uid, gid]) => [user, uid, gid] as const),
  ];
  const app = added.find(([, , user]) => user === 'app');
  return {
    users: new Map(all.map(([user, uid, gid]) => [user, { uid, gid, home: undefined }])),
    env: new Map(app ? [['APP_UID', String(app[3])]] : []),
    numbering: numberingOf(name, tag),
    isRuntime: RUNTIME.test(name),
  };
}

/** False for an image whose entry says less about it than its publisher does. */
export function isTold(name: string): boolean {
  return !OF_RED_HAT.test(name) || RUNTIME.test(name);
}

/** Temurin is built on Ubuntu, which has a user of its own from 23.04 on, unless its tag says Alpine. */
function numberingOf(name: string, tag = ''): Numbering | undefined {
  if (!COUNTED.test(name)) return undefined;
  if (name.endsWith('/alpine') || tag.includes('alpine')) return 'busybox';
  return name.endsWith('/eclipse-temurin') && !/jammy|focal/.test(tag) ? undefined : 'shadow';
}
