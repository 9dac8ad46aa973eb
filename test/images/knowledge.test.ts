/** Every entry of the image knowledge: its form, its sources, and what must hold between its fields. */
import { fileURLToPath } from 'node:url';
import {
  applicableArgs,
  applicableEnv,
  canonicalName,
  completeEntry,
  createImageLookup,
  type ImageEntry,
  type ImageUser,
  type Need,
} from '../../src/images/index.ts';
import imageSchema from '../../src/images/knowledge.schema.json' with { type: 'json' };
import { readImageFiles } from '../../scripts/image-files.ts';
import { compareQuantities, parseQuantity } from '../../src/kubernetes/quantity.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { validate } from '../json-schema.ts';
import { UNREAD } from './coverage.ts';

const schema = imageSchema as JsonObject;
const entries = readImageFiles(fileURLToPath(new URL('../../', import.meta.url))).flatMap((file) => file.entries);

/** The names of the entries for which `holds` is false. */
function failing(holds: (entry: ImageEntry) => boolean): string[] {
  return entries.filter((entry) => !holds(entry)).map(({ id }) => id ?? '');
}

suite('image knowledge: form', (test) => {
  test('the entries fit their schema', () => {
    assert.equal(validate(schema, entries as unknown as Json), []);
  });

  for (const [what, change] of Object.entries<(entry: Record<string, Json>) => void>({
    'an unknown key': (entry) => (entry['usr'] = 1),
    'a UID of 0': (entry) => (entry['user'] = { uid: 0 }),
    'an unknown need': (entry) => (entry['needs'] = ['port']),
    'a relative path': (entry) => (entry['writable'] = [{ path: 'tmp' }]),
    'a path with a wildcard': (entry) => (entry['doNotMount'] = [{ path: '/opt/*/conf' }]),
    'a tag in a repository': (entry) => (entry['match'] = ['docker.io/library/nginx:1']),
    'a capability that a container does not have by default': (entry) => (entry['capabilitiesIfRoot'] = ['SYS_ADMIN']),
    'a port above 1023': (entry) => (entry['privilegedPorts'] = [8080]),
    'no source': (entry) => delete entry['source'],
    'an empty source': (entry) => (entry['source'] = ['']),
    'an amount that is none': (entry) => (entry['resources'] = { limits: { memory: 'much' } }),
  })) {
    test(`the schema refuses ${what}`, () => {
      const entry: Record<string, Json> = { ...(entries[0] as unknown as JsonObject) };
      assert.equal(validate(schema, [entry]), []);
      change(entry);
      assert.is(validate(schema, [entry]).length > 0, true);
    });
  }

  test('an entry of a config file needs nothing but what it matches', () => {
    const entry = { $ref: '#/$defs/entry', $defs: schema['$defs'] as Json };
    assert.equal(validate(entry, { match: ['example.com/app'] }), []);
    assert.equal(validate(entry, { user: { uid: 1 } }), [{ at: '', message: 'lacks match' }]);
  });

  test('names are unique', () => {
    assert.is(new Set(entries.map(({ id }) => id)).size, entries.length);
  });

  test('globs are unique among entries for the same tags, and in their one spelling', () => {
    const globs = entries.flatMap(({ match, tags = ['*'] }) => match.flatMap((glob) => tags.map((tag) => `${glob}:${tag}`)));
    assert.equal(
      globs.filter((glob, index) => globs.indexOf(glob) !== index),
      [],
    );
    assert.equal(
      failing(({ match }) => match.every((glob) => canonicalName(glob) === glob)),
      [],
    );
  });

  test('every repository that an entry names is decided by that entry', () => {
    const named = entries.filter(({ tags }) => !tags).flatMap(({ id, match }) => match.map((glob) => ({ id, glob })));
    const lookup = createImageLookup([]);
    const lost = named.filter(({ id, glob }) => {
      const [registry = '', ...path] = glob.replaceAll('*', 'x').split('/');
      return lookup({ registry, repository: path.join('/'), tag: undefined, digest: undefined })?.id !== id;
    });
    assert.equal(lost, []);
  });
});

suite('image knowledge: facts', (test) => {
  test('every entry names a source; what nobody read is of low confidence', () => {
    assert.equal(
      failing(({ source = [] }) => source.length > 0),
      [],
    );
    assert.equal(
      failing(({ source = [], confidence }) => source.some((text) => text !== UNREAD) || confidence === 'low'),
      [],
    );
  });

  test('UID and GID are above 0 where a Linux image works without root, but for a group that it requires', () => {
    const hasNumbers = ({ uid = 0, gid = 0, requiresGid }: ImageUser): boolean => uid > 0 && (gid > 0 || requiresGid === 0);
    const isFine = ({ os, nonRoot, user = {} }: ImageEntry): boolean =>
      os === 'windows' || nonRoot === 'impossible' || nonRoot === 'unknown' || hasNumbers(user);
    assert.equal(failing(isFine), []);
    assert.equal(
      failing(({ nonRoot, user }) => nonRoot !== 'impossible' || user?.uid === undefined),
      [],
    );
  });

  test('no UID is 1337, which istio exempts from its redirection, but for istio itself', () => {
    assert.equal(
      failing(({ id, user }) => user?.uid !== 1337 || id === 'istio'),
      [],
    );
  });

  test('no path is writable and not to be mounted', () => {
    const isFine = ({ writable = [], doNotMount = [] }: ImageEntry): boolean =>
      !writable.some(({ path }) => doNotMount.some((kept) => kept.path === path));
    assert.equal(failing(isFine), []);
  });

  test('every path says why, and no path is listed twice', () => {
    assert.equal(
      failing(({ writable = [], doNotMount = [] }) => [...writable, ...doNotMount].every(({ why }) => why)),
      [],
    );
    assert.equal(
      failing(({ writable = [] }) => new Set(writable.map(({ path }) => path)).size === writable.length),
      [],
    );
  });

  test('an image that writes no temporary files has no path below /tmp, and somebody read so', () => {
    const isFine = ({ writesTmp, writable = [], readOnlyRootFilesystem, confidence }: ImageEntry): boolean =>
      writesTmp === undefined ||
      (readOnlyRootFilesystem === 'works' && confidence !== 'low' && !writable.some(({ path }) => path.startsWith('/tmp')));
    assert.equal(failing(isFine), []);
  });

  test('amounts have a reason', () => {
    const isFine = ({ resources }: ImageEntry): boolean => !resources || resources.why !== undefined;
    assert.equal(failing(isFine), []);
  });

  test('an image that writes among its own files says so', () => {
    const isFine = ({ writable = [], needs = [], readOnlyRootFilesystem }: ImageEntry): boolean =>
      !writable.some(({ prepopulated, optional }) => prepopulated && !optional) ||
      needs.includes('config') ||
      readOnlyRootFilesystem === 'breaks';
    assert.equal(failing(isFine), []);
  });

  test('needs and facts agree', () => {
    const has = (entry: ImageEntry, need: Need): boolean => entry.needs?.includes(need) ?? false;
    assert.equal(
      failing((entry) => !has(entry, 'low-port') || (entry.privilegedPorts ?? []).length > 0),
      [],
    );
    assert.equal(
      failing((entry) => has(entry, 'file-cap') === (entry.fileCaps ?? []).length > 0),
      [],
    );
    assert.equal(
      failing((entry) => !has(entry, 'env') || (entry.env ?? []).some((item) => item.for?.includes('non-root'))),
      [],
    );
    assert.equal(
      failing((entry) => !has(entry, 'args') || (entry.args?.for ?? []).length > 0),
      [],
    );
  });

  test('an image works without root when it needs nothing that mounts and groups do not give', () => {
    const more = ['low-port', 'file-cap', 'data-ownership', 'host-access', 'env', 'args', 'privilege-escalation'];
    const needsMore = ({ needs = [] }: ImageEntry): boolean => needs.some((need) => more.includes(need));
    assert.equal(
      failing((entry) => entry.nonRoot !== 'works' || !needsMore(entry)),
      [],
    );
    assert.equal(
      failing((entry) => entry.nonRoot !== 'needs-change' || needsMore(entry)),
      [],
    );
  });

  test('a request is never above its limit', () => {
    const isAtMost = (request: string, limit: string): boolean => {
      const [less, more] = [parseQuantity(request), parseQuantity(limit)];
      return less !== undefined && more !== undefined && compareQuantities(less, more) <= 0;
    };
    const isFine = ({ resources: { requests = {}, limits = {} } = {} }: ImageEntry): boolean =>
      (['cpu', 'memory', 'ephemeral-storage'] as const).every((name) => {
        const [request, limit] = [requests[name], limits[name]];
        return !request || !limit || isAtMost(request, limit);
      });
    assert.equal(failing(isFine), []);
  });
});

suite('image knowledge: what is applied', (test) => {
  const none = new Set<string>();

  test('environment and arguments are applied for entries of high confidence only', () => {
    for (const entry of entries.map(completeEntry)) {
      if (entry.confidence === 'high') continue;
      assert.equal(applicableEnv(entry, 'non-root', none), [], entry.id);
      assert.equal(applicableEnv(entry, 'read-only-root', none), [], entry.id);
      assert.is(applicableArgs(entry, 'non-root'), undefined, entry.id);
    }
  });

  test('these variables are applied, each with a reason', () => {
    const applied = entries
      .map(completeEntry)
      .flatMap((entry) => applicableEnv(entry, 'non-root', none).map((item) => ({ entry, item })));
    assert.equal(
      applied.filter(({ item }) => !item.why),
      [],
    );
    assert.equal(applied.map(({ entry, item }) => `${entry.id} ${item.name}=${item.value}`).sort(), [
      'aks-store-demo NPM_CONFIG_CACHE=/tmp/.npm',
      'consul CONSUL_DISABLE_PERM_MGMT=true',
      'hello-kubernetes NPM_CONFIG_CACHE=/tmp/.npm',
      'node HOME=/tmp',
      'pgadmin4 PGADMIN_DISABLE_POSTFIX=true',
      'pgadmin4 PGADMIN_LISTEN_PORT=80',
      'python HOME=/tmp',
      'vault SKIP_CHOWN=true',
      'vault SKIP_SETCAP=true',
      'vault VAULT_DISABLE_MLOCK=true',
    ]);
  });

  test('a variable that the author sets, or one that excludes it, keeps it out', () => {
    const pgadmin = entries.map(completeEntry).filter(({ id }) => id === 'pgadmin4');
    const names = (given: string): string[] =>
      pgadmin.flatMap((entry) => applicableEnv(entry, 'non-root', new Set([given])).map(({ name }) => name));
    assert.equal(names('PGADMIN_LISTEN_PORT'), ['PGADMIN_DISABLE_POSTFIX']);
    assert.equal(names('PGADMIN_ENABLE_TLS'), ['PGADMIN_DISABLE_POSTFIX']);
    assert.equal(names('HOME'), ['PGADMIN_LISTEN_PORT', 'PGADMIN_DISABLE_POSTFIX']);
  });

  test('arguments of a sure entry are applied for their purpose', () => {
    const entry = completeEntry({ match: ['a/b'], args: { value: ['--x'], for: ['non-root'] } });
    assert.equal(applicableArgs(entry, 'non-root'), ['--x']);
    assert.is(applicableArgs(entry, 'read-only-root'), undefined);
  });
});
