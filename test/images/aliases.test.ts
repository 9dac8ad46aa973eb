/** The names under which registries, publishers and caches offer one repository. */
import { canonicalName } from '../../src/images/aliases.ts';
import { assert, suite } from '../harness.ts';

/** The first name of each line is the one name of all the others. */
const SAME: readonly string[] = [
  // https://docs.docker.com/docker-hub, https://docs.docker.com/docker-hub/image-library/mirror
  'docker.io/library/nginx nginx docker.io/nginx index.docker.io/nginx index.docker.io/library/nginx registry-1.docker.io/library/nginx',
  'docker.io/library/nginx registry.hub.docker.com/library/nginx mirror.gcr.io/library/nginx mirror.gcr.io/nginx',
  'docker.io/library/nginx public.ecr.aws/docker/library/nginx ecr-public.aws.com/docker/library/nginx',
  'docker.io/acme/api acme/api index.docker.io/acme/api',
  // https://kubernetes.io/blog/2022/11/28/registry-k8s-io-faster-cheaper-ga
  'registry.k8s.io/pause k8s.gcr.io/pause gcr.io/google_containers/pause gcr.io/google-containers/pause',
  'registry.k8s.io/a/b us.gcr.io/k8s-artifacts-prod/a/b eu.gcr.io/k8s-artifacts-prod/a/b asia.gcr.io/k8s-artifacts-prod/a/b',
  'registry.k8s.io/a/b gcr.io/k8s-staging-a/b us-central1-docker.pkg.dev/k8s-staging-images/a/b',
  'gcr.io/google-samples/hello-app gcr.io/google_samples/hello-app',
  'registry.k8s.io/sig-storage/livenessprobe mcr.microsoft.com/oss/kubernetes-csi/livenessprobe',
  'registry.k8s.io/sig-storage/livenessprobe mcr.microsoft.com/oss/v2/kubernetes-csi/livenessprobe',
  // https://github.com/bitnami/containers/issues/83267
  'docker.io/bitnami/redis docker.io/bitnamilegacy/redis bitnamisecure/redis public.ecr.aws/bitnami/redis mcr.microsoft.com/oss/bitnami/redis',
  'quay.io/calico/node registry.istio.io/testing/calico/node',
  // Caches that carry the registry in the path, as a folder or with dashes.
  'docker.io/library/redis harbor.local/docker.io/redis harbor.local/x/docker.io/library/redis harbor.local/index.docker.io/redis',
  'docker.io/library/redis harbor.local/registry-1.docker.io/redis localhost/dockerhub/redis harbor.local/docker-hub/redis',
  'docker.io/library/redis harbor.local/proxy-dockerhub/redis harbor.local/cache-docker-io/redis harbor.local/mirror-docker-hub/redis',
  'docker.io/library/redis harbor.local/dockerhub-proxy/redis harbor.local/dockerhub-cache/redis harbor.local/dockerhub-mirror/redis',
  'docker.io/library/redis harbor.local/docker-io-remote/redis harbor.local:5000/library/redis harbor.local/team/library/redis',
  'quay.io/a/b c.local/quay.io/a/b c.local/quay-io/a/b',
  'ghcr.io/a/b c.local/ghcr.io/a/b c.local/ghcr-io/a/b',
  'gcr.io/a/b c.local/gcr.io/a/b c.local/gcr-io/a/b',
  'registry.k8s.io/a/b c.local/registry.k8s.io/a/b c.local/k8s.gcr.io/a/b c.local/registry-k8s-io/a/b',
  'public.ecr.aws/a/b c.local/public.ecr.aws/a/b',
  'mcr.microsoft.com/a/b c.local/mcr.microsoft.com/a/b',
  'docker.elastic.co/a/b c.local/docker.elastic.co/a/b',
  'registry.access.redhat.com/a/b c.local/registry.access.redhat.com/a/b',
  'nvcr.io/a/b c.local/nvcr.io/a/b',
  'cgr.dev/a/b c.local/cgr.dev/a/b',
  'lscr.io/a/b c.local/lscr.io/a/b',
  // Amazon ECR User Guide, "Creating a pull through cache rule"
  ...[
    ['docker.io/library/b', 'docker-hub/library/b'],
    ['public.ecr.aws/a/b', 'ecr-public/a/b'],
    ['ghcr.io/a/b', 'github/a/b'],
    ['registry.k8s.io/a/b', 'kubernetes/a/b'],
    ['quay.io/a/b', 'quay/a/b'],
  ].map(([name, copy]) => `${name} 111122223333.dkr.ecr.eu-west-1.amazonaws.com/${copy}`),
];

/** Names of their own: owners on a public registry, folders of other names, hosts that only look alike. */
const OWN =
  'quay.io/dockerhub/redis registry.local/quay/a/b registry.local/library/shop/web registry.local/dockerhubs/redis ' +
  '11112222333.dkr.ecr.eu-west-1.amazonaws.com/quay/a/b registry.local/kubernetes/a k8s.gcr.iox/pause docker.io/bitnamix/redis ' +
  'gcr.io/k8s-staging-a registry.local/redis ghcr.io/library/nginx localhost/redis registry.local/library/*';

suite('images/aliases', (test) => {
  for (const [index, line] of SAME.entries()) {
    const [name = '', ...others] = line.split(' ');
    test(`${name} by its other names (${index})`, () => {
      for (const other of [name, ...others]) assert.is(canonicalName(other), name, other);
    });
  }

  test('names of their own', () => {
    for (const name of OWN.split(' ')) assert.is(canonicalName(name), name);
  });

  test('a mirror of the user may end with a slash', () => {
    for (const prefix of ['mirror.example.com/hub', 'mirror.example.com/hub//'])
      assert.is(canonicalName('mirror.example.com/hub/redis', [prefix]), 'docker.io/library/redis');
    assert.is(canonicalName('mirror.example.com/hubs/redis', ['mirror.example.com/hub']), 'mirror.example.com/hubs/redis');
  });
});
