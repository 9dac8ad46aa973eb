/** Which entry decides for which image reference. */
import { createImageLookup, type ImageKnowledge } from '../../src/images/index.ts';
import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import { assert, suite } from '../harness.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

function find(image: string, prefixes: readonly string[] = []): ImageKnowledge | undefined {
  const reference = parseImageReference(image);
  return reference && createImageLookup([], prefixes)(reference);
}

/** Entry and user in short: `nginx 101:101`. */
function short(image: string, prefixes?: readonly string[]): string | undefined {
  const found = find(image, prefixes);
  return found && `${found.id} ${found.user.uid === undefined ? found.nonRoot : `${found.user.uid}:${found.user.gid}`}`;
}

/** The images that most repositories use, test doubles left out. */
const MOST_USED: Readonly<Record<string, string>> = {
  busybox: 'busybox 10001:10001',
  nginx: 'nginx 101:101',
  alpine: 'base-os 10001:10001',
  redis: 'redis 999:999',
  ubuntu: 'base-os 10001:10001',
  mysql: 'mysql 999:999',
  postgres: 'postgres 999:999',
  'prom/prometheus': 'prometheus 65534:65534',
  'grafana/grafana': 'grafana 472:472',
  mongo: 'mongo 999:999',
  'curlimages/curl': 'curl 100:101',
  'registry.k8s.io/kube-state-metrics/kube-state-metrics': 'kube-state-metrics 65534:65534',
  perl: 'perl 10001:10001',
  'registry.k8s.io/pause': 'pause 65535:65535',
  rabbitmq: 'rabbitmq 999:999',
  'quay.io/prometheus/node-exporter': 'node-exporter 65534:65534',
  debian: 'base-os 10001:10001',
  'cockroachdb/cockroach': 'cockroachdb 10001:10001',
  'ghcr.io/dexidp/dex': 'dex 1001:1001',
  'registry.k8s.io/nginx-slim': 'nginx-slim 10001:10001',
  wordpress: 'wordpress 33:33',
  'quay.io/jetstack/cert-manager-webhook': 'cert-manager 1000:1000',
  'quay.io/jetstack/cert-manager-controller': 'cert-manager 1000:1000',
  'registry.k8s.io/ingress-nginx/kube-webhook-certgen': 'kube-webhook-certgen 65532:65532',
  'registry.k8s.io/ingress-nginx/controller': 'ingress-nginx 101:82',
  'gcr.io/google-samples/node-hello': 'node-hello 10001:10001',
  'quay.io/brancz/kube-rbac-proxy': 'kube-rbac-proxy 65532:65532',
  'gcr.io/google-samples/cassandra': 'google-samples-cassandra impossible',
  'gcr.io/google-samples/xtrabackup': 'google-samples-xtrabackup 999:999',
  vault: 'vault 100:1000',
  'registry.k8s.io/e2e-test-images/agnhost': 'e2e-test-images 10001:10001',
  'gcr.io/google_samples/gb-frontend': 'guestbook-frontend 33:33',
  'kbudde/rabbitmq-exporter': 'rabbitmq-exporter 65535:65535',
  'quay.io/jetstack/cert-manager-cainjector': 'cert-manager 1000:1000',
  'registry.k8s.io/prometheus-adapter/prometheus-adapter': 'prometheus-adapter 10001:10001',
  'quay.io/prometheus-operator/prometheus-operator': 'prometheus-operator 65534:65534',
  registry: 'registry 10001:10001',
  'registry.k8s.io/sig-storage/csi-node-driver-registrar': 'csi-sidecars 65532:65532',
  'docker.io/bitnami/redis': 'bitnami-redis 1001:0',
  'hashicorp/http-echo': 'http-echo 65532:65532',
  'mcr.microsoft.com/windows/servercore': 'windows impossible',
  'docker.io/bitnami/postgresql': 'bitnami-postgresql 1001:0',
  python: 'python 10001:10001',
  'quay.io/metallb/speaker': 'metallb-speaker impossible',
  'ghcr.io/kyverno/kyverno': 'kyverno 65532:65532',
  'gcr.io/cloudsql-docker/gce-proxy': 'cloud-sql-proxy 65532:65532',
  'docker.io/library/busybox': 'busybox 10001:10001',
  'k8s.gcr.io/nginx-slim': 'nginx-slim 10001:10001',
  'kubernetesui/dashboard': 'kubernetes-dashboard 1001:2001',
  'docker.io/grafana/grafana': 'grafana 472:472',
  'weaveworksdemos/catalogue': 'sock-shop 10001:10001',
  'weaveworksdemos/payment': 'sock-shop 10001:10001',
  'weaveworksdemos/user': 'sock-shop 10001:10001',
  'jenkins/jenkins': 'jenkins 1000:1000',
  'docker.io/library/alpine': 'base-os 10001:10001',
  'weaveworksdemos/carts': 'sock-shop 10001:10001',
  'weaveworksdemos/catalogue-db': 'sock-shop-catalogue-db 999:999',
  'weaveworksdemos/front-end': 'sock-shop-front-end 10001:10001',
  'weaveworksdemos/orders': 'sock-shop 10001:10001',
  'weaveworksdemos/queue-master': 'sock-shop 10001:10001',
  'weaveworksdemos/shipping': 'sock-shop 10001:10001',
  'weaveworksdemos/user-db': 'sock-shop-user-db impossible',
  'minio/minio': 'minio 10001:10001',
  memcached: 'memcached 11211:11211',
  'prom/pushgateway': 'pushgateway 65534:65534',
  'envoyproxy/envoy': 'envoy 101:101',
};

suite('image lookup: the most used images', (test) => {
  for (const [image, expected] of Object.entries(MOST_USED)) {
    test(image, () => assert.is(short(image), expected));
  }
});

suite('image lookup: variants', (test) => {
  const VARIANTS: Readonly<Record<string, string>> = {
    'redis:7': 'redis 999:999',
    'redis:7.2-alpine': 'redis-alpine 999:1000',
    'redis:alpine3.20': 'redis-alpine 999:1000',
    'postgres:16': 'postgres-17 999:999',
    'postgres:9.6.24': 'postgres-17 999:999',
    'postgres:16-alpine': 'postgres-17-alpine 70:70',
    'postgres:18': 'postgres 999:999',
    'postgres:18.1-alpine3.22': 'postgres-alpine 70:70',
    'postgres:alpine': 'postgres-alpine 70:70',
    'postgis/postgis:16-3.4': 'postgres-17 999:999',
    'pgvector/pgvector:pg16': 'postgres-17 999:999',
    'pgvector/pgvector:0.8.0-pg18': 'postgres 999:999',
    'rabbitmq:4-management': 'rabbitmq 999:999',
    'rabbitmq:4-management-alpine': 'rabbitmq-alpine 100:101',
    'httpd:2.4': 'httpd 33:33',
    'httpd:2.4-alpine': 'httpd-alpine 82:82',
    'php:8.3-apache': 'php-apache 33:33',
    'php:8.3-fpm': 'php-fpm 33:33',
    'php:8.3-fpm-alpine3.20': 'php-fpm-alpine 82:82',
    'php:8.3-alpine': 'php-alpine 82:82',
    'wordpress:6.5-fpm-alpine': 'wordpress-fpm-alpine 82:82',
    'influxdb:1.8': 'influxdb-1.8 10001:10001',
    'influxdb:1.8.10-alpine': 'influxdb-1.8 10001:10001',
    'influxdb:1.11.8': 'influxdb-1 1500:1500',
    'influxdb:2.7': 'influxdb-2 1000:1000',
    'docker:27-dind': 'docker-dind impossible',
    'docker:27-dind-rootless': 'docker-rootless impossible',
    'docker:27': 'docker-cli 1000:1000',
    'gitea/gitea:1.22-rootless': 'gitea-rootless 1000:1000',
    'gitea/gitea:1.22': 'gitea impossible',
    'gcr.io/distroless/static:nonroot': 'distroless-nonroot 65532:65532',
    'mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled': 'dotnet-chiseled 1654:1654',
    'nginxinc/nginx-unprivileged:1.27-alpine': 'nginx-unprivileged 101:101',
  };
  for (const [image, expected] of Object.entries(VARIANTS)) {
    test(image, () => assert.is(short(image), expected));
  }

  test('the volume of PostgreSQL moved with 18', () => {
    const data = (image: string): string | undefined => find(image)?.writable.find(({ kind }) => kind === 'data')?.path;
    assert.is(data('postgres:17'), '/var/lib/postgresql/data');
    assert.is(data('postgres:18'), '/var/lib/postgresql');
  });

  test('an entry of its own stands before its family', () => {
    assert.is(short('bitnami/kubectl'), 'bitnami-kubectl 1001:0');
    assert.is(short('bitnami/redis-exporter'), 'bitnami-exporters 1001:0');
    assert.is(short('bitnami/redis-cluster'), 'bitnami-redis 1001:0');
    assert.is(short('bitnami/discourse'), 'bitnami 1001:0');
    assert.is(short('calico/kube-controllers'), 'calico-controllers 999:999');
    assert.is(short('calico/node'), 'calico impossible');
    assert.is(short('istio/examples-bookinfo-reviews-v1'), 'bookinfo-reviews 1000:1000');
  });
});

suite('image lookup: digests', (test) => {
  test('beside a tag the digest changes nothing', () => {
    assert.is(short(`postgres:16-alpine@${DIGEST}`), 'postgres-17-alpine 70:70');
    assert.is(find(`postgres:16-alpine@${DIGEST}`)?.confidence, 'high');
  });

  test('without a tag the variant is unknown, so the general entry is of low confidence where users differ', () => {
    assert.is(short(`postgres@${DIGEST}`), 'postgres 999:999');
    assert.is(find(`postgres@${DIGEST}`)?.confidence, 'low');
    assert.is(find('postgres')?.confidence, 'high');
  });

  test('without variants, or with the same user in all, it changes nothing', () => {
    assert.is(find(`nginx@${DIGEST}`)?.confidence, 'high');
    assert.is(find(`mariadb@${DIGEST}`)?.confidence, 'high');
  });
});

suite('image lookup: other names of the same repository', (test) => {
  for (const image of [
    'docker.io/nginx',
    'index.docker.io/library/nginx',
    'registry-1.docker.io/library/nginx',
    'registry.hub.docker.com/library/nginx',
    'public.ecr.aws/docker/library/nginx:1.27',
    'mirror.gcr.io/nginx',
    'mirror.gcr.io/library/nginx',
    `nginx:1.27@${DIGEST}`,
    'm.daocloud.io/docker.io/library/nginx',
    'harbor.example.com:8443/cache/docker.io/nginx:1.27',
  ]) {
    test(image, () => assert.is(short(image), 'nginx 101:101'));
  }

  test('old homes of the Kubernetes images', () => {
    const names = ['k8s.gcr.io/pause:3.9', 'gcr.io/google_containers/pause-amd64:3.1', 'eu.gcr.io/k8s-artifacts-prod/pause'];
    for (const image of names) assert.is(short(image), 'pause 65535:65535', image);
  });

  test('Bitnami by all of its names', () => {
    const old = ['bitnamilegacy/redis', 'bitnamisecure/redis'];
    const names = [...old, 'public.ecr.aws/bitnami/redis', 'mcr.microsoft.com/oss/bitnami/redis'];
    for (const image of names) assert.is(short(image), 'bitnami-redis 1001:0', image);
  });

  test('a copy of another registry', () => {
    assert.is(short('cache.example.com/quay.io/prometheus/node-exporter:v1.8.2'), 'node-exporter 65534:65534');
    assert.is(short('cache.example.com/k8s/registry.k8s.io/pause:3.9'), 'pause 65535:65535');
  });

  for (const [image, expected] of [
    ['registry.local/dockerhub/redis:7', 'redis 999:999'],
    ['registry.local/docker-hub/library/redis:7', 'redis 999:999'],
    ['registry.local/team/docker-io/library/redis:7', 'redis 999:999'],
    ['registry.local:5000/proxy-quay-io/prometheus/node-exporter', 'node-exporter 65534:65534'],
    ['artifacts.example.com/quay-io-remote/prometheus/node-exporter', 'node-exporter 65534:65534'],
    ['harbor.example.com/dockerhub-proxy/grafana/grafana', 'grafana 472:472'],
    ['harbor.example.com/registry-k8s-io/pause:3.9', 'pause 65535:65535'],
    ['harbor.example.com/library/nginx', 'nginx 101:101'],
    ['harbor.example.com/team/library/nginx', 'nginx 101:101'],
    ['europe-docker.pkg.dev/shop/dockerhub/prom/prometheus', 'prometheus 65534:65534'],
    ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/docker-hub/library/redis:7', 'redis 999:999'],
    ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/kubernetes/pause:3.9', 'pause 65535:65535'],
    ['ecr-public.aws.com/docker/library/redis:7-alpine', 'redis-alpine 999:1000'],
    ['gcr.io/k8s-staging-metrics-server/metrics-server:master', 'metrics-server 65534:65534'],
    ['mcr.microsoft.com/oss/kubernetes-csi/livenessprobe:v2.10.0', 'csi-sidecars 65532:65532'],
  ] as const) {
    test(`a copy that a folder of its path names: ${image}`, () => assert.is(short(image), expected));
  }

  test('a folder that is an owner on a public registry, or of another name, is no copy', () => {
    const names = ['quay.io/dockerhub/redis', 'dockerhub/redis', 'ghcr.io/library/nginx', 'registry.local/dockerhubs/redis'];
    const others = ['registry.local/quay/prometheus/node-exporter', 'registry.local/library/shop', 'library/shop/nginx'];
    for (const image of [...names, ...others]) assert.is(short(image), undefined, image);
  });

  test('mirrors of the user', () => {
    const prefixes = ['registry.local/dockerhub/', 'mirror.example.com'];
    assert.is(short('registry.local/dockerhub/library/redis:7-alpine', prefixes), 'redis-alpine 999:1000');
    assert.is(short('registry.local/dockerhub/redis:7', prefixes), 'redis 999:999');
    assert.is(short('registry.local/dockerhub/prom/prometheus', prefixes), 'prometheus 65534:65534');
    assert.is(short('mirror.example.com/quay.io/metallb/speaker', prefixes), 'metallb-speaker impossible');
    assert.is(short('mirror.example.com/redis:7'), undefined);
    assert.is(short('mirror.example.community/redis:7', prefixes), undefined);
  });
});

suite('image lookup: nothing known', (test) => {
  const unparsable = ['', '${IMAGE}', '{{ .Values.image }}', 'Nginx', 'nginx:'];
  for (const image of [...unparsable, 'foo/bar', 'example.com/nginx', 'nginx-custom', 'my/nginx']) {
    test(JSON.stringify(image), () => assert.is(find(image), undefined));
  }
});
