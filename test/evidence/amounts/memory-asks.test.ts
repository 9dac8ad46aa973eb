/** What options say about memory: each row is a text and the Mi that the container needs for it. */
import { memoryAsks, type OptionText } from '../../../src/evidence/amounts/memory-asks.ts';
import { assert, suite } from '../../harness.ts';

const MIB = 2 ** 20;

function asksOf(text: OptionText | string, program = 'library/app', variables: Readonly<Record<string, string>> = {}) {
  const source = typeof text === 'string' ? { text, place: 'its arguments' } : text;
  return memoryAsks([source], new Map(Object.entries(variables)), program);
}

/** What a container needs in Mi, `hidden` when an option shows no amount. */
function needOf(...given: Parameters<typeof asksOf>): number | 'hidden' {
  const { need, hidden } = asksOf(...given);
  return hidden === undefined ? Math.ceil(need / MIB) : 'hidden';
}

const ARGUMENTS: readonly (readonly [text: string, need: number | 'hidden', program?: string])[] = [
  ['java -Xmx3g -jar app.jar', 3840 + 256],
  ['java -Xmx1g -Xmx2g -jar app.jar', 2560 + 256],
  ['sh -c exec java -Xmx512M', 640 + 256],
  ['java -Xmx1073741824', 1280 + 256],
  ['java -XX:MaxHeapSize=1g -XX:MaxDirectMemorySize=512m -XX:MaxMetaspaceSize=256m', 1280 + 256 + 512 + 256],
  ['java -XX:MaxRAMPercentage=75.0', 1024],
  ['java -XX:MaxRAMPercentage=90', 2560],
  ['java -XX:MaxRAMPercentage=100', 'hidden'],
  ['java -Xmx${HEAP:-1g}', 1280 + 256],
  ['java -Xmx$HEAP', 'hidden'],
  ['java -Xmx$(SIZE)', 2560 + 256],
  ['java -Xms4g', 0],
  ['bin/elasticsearch -Xmx2g', 4096, 'elasticsearch/elasticsearch'],
  ['node --max-old-space-size=1536 main.js', 2048],
  ['node --max_old_space_size 1536 main.js', 2048],
  ['redis-server --maxmemory 2gb --maxmemory-policy allkeys-lru', 4096],
  ['redis-server --maxmemory=100mb', 200],
  ['redis-server --maxmemory 0', 0],
  ['mysqld --innodb-buffer-pool-size=4G', Math.ceil(4096 * 1.1) + 512],
  ['mysqld --innodb_buffer_pool_size=1073741824', Math.ceil(1024 * 1.1) + 512],
  ['mysqld --innodb-buffer-pool-instances=8', 0],
  ['postgres -c shared_buffers=2GB -c max_connections=300', 5120],
  ['postgres -c shared_buffers=16384', 320],
  ['memcached -m 1024 -c 2048', 1280 + 64],
  ['-m 1024', 1280 + 64, 'library/memcached'],
  ['-m1024', 1280 + 64, 'library/memcached'],
  ['--memory-limit=1024', 1280 + 64, 'library/memcached'],
  ['tool -m 1024', 0],
  ['mongod --wiredTigerCacheSizeGB 0.5', 2048],
  ['mongod --wiredTigerCacheSizeGB=2', 5120],
  ['varnishd -s malloc,1G', 1280 + 128],
  ['worker --memory-limit 4GB', 5120 + 128],
  ['worker --memory-limit 4', 0],
  ['proxy --cache-size=512Mi', 640 + 128],
  ['proxy --disk-cache-size=512Gi', 0],
  ['victoria -memory.allowedBytes=2GiB', 2560 + 128],
  ['app --memory-limit=50%', 0],
  ['app --memory-limit=$(LIMIT)', 'hidden'],
  ['app --verbose', 0],
  ['', 0],
];

const VARIABLES: readonly (readonly [name: string, value: string, need: number | 'hidden'])[] = [
  ['JAVA_OPTS', '-Xms256m -Xmx1g', 1280 + 256],
  ['KAFKA_HEAP_OPTS', '-Xmx1G', 1280 + 256],
  ['ES_JAVA_OPTS', '-Xms4g -Xmx4g', 8192],
  ['OPENSEARCH_JAVA_OPTS', '-Xmx1g', 2048],
  ['NODE_OPTIONS', '--max-old-space-size=3072', 4096],
  ['GOMEMLIMIT', '1000MiB', 1100],
  ['ZK_SERVER_HEAP', '1000', 1250 + 256],
  ['ES_HEAP_SIZE', '2g', 4096],
  ['HADOOP_HEAPSIZE', '1073741824', 1280 + 256],
  ['NEO4J_server_memory_heap_max__size', '2G', 2560 + 256],
  ['NEO4J_server_memory_pagecache_size', '1G', 1024],
  ['HEAP_NEWSIZE', '100m', 0],
  ['REDIS_MAXMEMORY', '1gb', 2048],
  ['POSTGRES_SHARED_BUFFERS', '1GB', 2560],
  ['MYSQL_EXTRA_FLAGS', '--innodb-buffer-pool-size=1G', Math.ceil(1024 * 1.1) + 512],
  ['RABBITMQ_VM_MEMORY_HIGH_WATERMARK', '0.6', 0],
  ['PHP_MEMORY_LIMIT', '1024M', 1280 + 128],
  ['PHP_MEMORY_LIMIT', '-1', 0],
  ['VARNISH_SIZE', '2G', 2560 + 128],
  ['UPLOAD_LIMIT', '2G', 0],
];

const FILES: readonly (readonly [text: string, need: number])[] = [
  ['# maxmemory 4gb\nmaxmemory 1gb\n', 2048],
  ['[mysqld]\ninnodb_buffer_pool_size = 1G # half\n; innodb_buffer_pool_size = 9G\n', Math.ceil(1024 * 1.1) + 512],
  ["shared_buffers = '1GB'   # min 128kB\n#shared_buffers = 8GB\n", 2560],
  ['storage:\n  wiredTiger:\n    engineConfig:\n      cacheSizeGB: 1\n', 3072],
  ['vm_memory_high_watermark.absolute = 2GB\n', 4096],
  ['vm_memory_high_watermark.relative = 0.6\n', 0],
  ['-Xms1g\n-Xmx1g\n', 1280 + 256],
  ['JAVA_OPTS="-Xmx1g -Dx=y"\n', 1280 + 256],
  ['resources:\n  limits:\n    memory: 8Gi\nmemory_limit: 8Gi\n', 0],
];

suite('evidence: memory that options ask for', (test) => {
  for (const [text, need, program] of ARGUMENTS)
    test(`arguments: ${text}`, () => assert.is(needOf(text, program, { SIZE: '2g' }), need));

  for (const [name, value, need] of VARIABLES)
    test(`variables: ${name}=${value}`, () => assert.is(needOf({ text: value, place: name, variable: name }), need));

  for (const [text, need] of FILES)
    test(`files: ${JSON.stringify(text)}`, () => assert.is(needOf({ text, place: 'a.conf', isFile: true }), need));

  test('the reason quotes the option, its place and what comes on top', () => {
    assert.is(
      asksOf({ text: '--max-old-space-size=3072', place: 'NODE_OPTIONS', variable: 'NODE_OPTIONS' }).why,
      '--max-old-space-size=3072 in NODE_OPTIONS: Node.js should get three quarters of the memory as old space (Node.js documentation, --max-old-space-size)',
    );
    assert.match(asksOf({ text: '1gb', place: 'REDIS_MAXMEMORY', variable: 'REDIS_MAXMEMORY' }).why, /^REDIS_MAXMEMORY=1gb: /);
  });

  test('the heap at the start is what is reserved', () => {
    assert.is(asksOf('java -Xms1g -Xmx2g').initial, 1024 * MIB);
    assert.is(asksOf('java -Xmx2g').initial, 0);
  });

  test('a variable that may hold options, and whose value is not shown, hides what is asked for', () => {
    const hidden = (name: string): string | undefined => memoryAsks([], new Map([[name, undefined]]), '').hidden;
    for (const name of [
      'JAVA_OPTS',
      'JAVA_TOOL_OPTIONS',
      'KAFKA_HEAP_OPTS',
      'NODE_OPTIONS',
      'GOMEMLIMIT',
      'CATALINA_OPTS',
      'SOLR_HEAP',
    ])
      assert.is(hidden(name), name);
    for (const name of ['PASSWORD', 'JAVA_HOME', 'NODE_ENV', 'DATABASE_URL']) assert.is(hidden(name), undefined);
  });
});
