import { hostsIn, type Setting } from '../../src/evidence/hosts.ts';
import { assert, suite } from '../harness.ts';

/** Each host as `scheme://host:port`, a mere word in parentheses. */
function found(setting: Setting): string[] {
  return hostsIn(setting).map(({ host, port, scheme, isCertain }) => {
    const text = `${scheme === undefined ? '' : `${scheme}://`}${host}${port === undefined ? '' : `:${port}`}`;
    return isCertain ? text : `(${text})`;
  });
}

suite('evidence: hosts', (test) => {
  type Case = readonly [what: string, setting: Setting, hosts: readonly string[]];
  const CASES: readonly Case[] = [
    ['a URL', { text: 'http://api:8080/v1/items', name: 'API' }, ['http://api:8080']],
    ['a URL with a login', { text: 'amqp://user:p:w@queue:5672/vhost', name: 'X' }, ['amqp://queue:5672']],
    ['several hosts in one URL', { text: 'mongodb://a:27017,b/db?x=y', name: 'X' }, ['mongodb://a:27017', 'mongodb://b']],
    ['a URL with an empty authority', { text: 'dns:///rpc:9000', name: 'X' }, ['dns://rpc:9000']],
    ['a URL of a file', { text: 'unix:///var/run/a.sock file:///etc/app', name: 'X' }, []],
    ['a URL in a command', { text: 'wget http://web/ready' }, ['http://web', '(wget)']],
    ['a port that is none', { text: 'http://web:port', name: 'X' }, ['http://web']],
    ['a host with its port', { text: 'redis:6379', name: 'CACHE' }, ['redis:6379']],
    ['a tag of an image', { text: 'redis:6.0.5', name: 'CACHE' }, ['(redis)']],
    ['a variable for a host', { text: 'db', name: 'DB_HOST' }, ['db']],
    ['a variable for a name', { text: 'wordpress', name: 'MYSQL_DATABASE' }, []],
    ['a variable for a name, with a port', { text: 'db:5432', name: 'DB_NAME' }, ['db:5432']],
    ['the name of a Service', { text: 'redis', name: 'REDIS_SERVICE_NAME' }, ['redis']],
    ['its own name', { text: 'web', name: 'OTEL_SERVICE_NAME' }, []],
    ['where it listens', { text: '0.0.0.0:8080', name: 'LISTEN_ADDR' }, []],
    ['any other variable', { text: 'mail', name: 'RELAY' }, ['(mail)']],
    ['an option for a host', { text: '--redis-host=cache --user web' }, ['(redis-host)', 'cache', '(user)']],
    [
      'the variables of a Service',
      { text: '$(REDIS_MASTER_SERVICE_HOST):6379', name: 'X' },
      ['(REDIS_MASTER_SERVICE_HOST)', 'redis-master'],
    ],
    ['a variable named like that of a Service', { text: '10.0.0.1', name: 'DB_PORT_5432_TCP_ADDR' }, ['10.0.0.1', 'db']],
    ['a word in a file', { text: 'welcome to the shop\n', isFile: true }, []],
    ['a host in a file', { text: 'host: db\n', isFile: true }, ['db']],
    ['a comment in a file', { text: '# see http://docs:80\n  ; server a:1\nreplicaof leader 6379', isFile: true }, ['leader']],
    ['a group of hosts in a file', { text: 'proxy_pass http://backend;', isFile: true }, ['(http://backend)']],
    ['a domain in a file', { text: 'url = https://example.com/x', isFile: true }, ['https://example.com']],
  ];
  for (const [what, setting, hosts] of CASES) test(what, () => assert.equal(found(setting), hosts));

  test('a long text without hosts takes no time that grows with its square', () => {
    const text = 'a'.repeat(200_000);
    const started = performance.now();
    hostsIn({ text, isFile: true });
    hostsIn({ text: `${text}@`, name: 'X_HOST' });
    assert.ok(performance.now() - started < 2000);
  });
});
