import { listeningPorts, numberOf } from '../../src/evidence/ports.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { given } from './containers.ts';
import { linesIn } from './braces.ts';

const portsOf = (fields: JsonObject): readonly number[] => {
  const { container, commands } = given(fields);
  return listeningPorts(container, commands);
};

/** Arguments that make a server listen on port 80; braces hold choices. */
const LISTENS =
  'run --port 80; run --port=80; run -p 80; run -port=80; run --{http-port,httpport,https-port,httpsport} 80; ' +
  'run --{listen,bind,addr,address,listen-addr,listen-address,listenaddr,bind-addr,bind-address,listen-port,bind-port,bindport}=80; ' +
  'run --{web.listen-address,server.port,health-probe-bind-address,x-y.port}={:80,0.0.0.0:80}; ' +
  'run --listen={[::]:80,tcp://0.0.0.0:80,http://+:80,http://+:80/,localhost:80}';
/** Ports of others, and words that are no ports. */
const NOT =
  'run --{remote-port,target-port,upstream-port,db-port,database.port,redis-port,postgres-port,mysql-port,mongo-port} 80; ' +
  'run --{metrics-server-port,proxy-port,backend-port,peer-port,master-port,server-url-port} 80; run --{ports,support,xport,portal} 80; ' +
  'run port 80; run --port; run --port={x,80x,:http,123456}; run --port=80:x; run 80';

const VARIABLES =
  '{,HTTP_,HTTPS_,SERVER_,LISTEN_,APP_,WEB_,NGINX_,BIND_}{PORT,LISTEN,LISTEN_ADDR,LISTEN_ADDRESS,BIND_ADDR,BIND_ADDRESS}';
const OTHER_VARIABLES = '{DB_,XHTTP_,http_}PORT; PORTS; PORT_{NAME,X}; LISTENER; BIND';

suite('evidence/ports', (test) => {
  test('options', () => {
    for (const line of linesIn(LISTENS)) assert.equal(portsOf({ command: line.split(' ') }), [80], line);
    for (const line of linesIn(NOT)) assert.equal(portsOf({ command: line.split(' ') }), [], line);
    assert.equal(portsOf({ args: ['--port=80', '--metrics-bind-address', ':8080'] }), [80, 8080]);
    assert.equal(portsOf({ livenessProbe: { exec: { command: ['curl', '--port', '80'] } } }), []);
    assert.equal(portsOf({ command: ['sh', '-c', 'run --port 80'] }), []);
  });

  test('variables', () => {
    for (const name of linesIn(VARIABLES)) {
      assert.equal(portsOf({ env: [{ name, value: ':80' }] }), [80], name);
      assert.equal(portsOf({ env: [{ name, value: 80 }] }), [80], name);
    }
    for (const name of linesIn(OTHER_VARIABLES)) assert.equal(portsOf({ env: [{ name, value: '80' }] }), [], name);
    assert.equal(portsOf({ env: [{ name: 'PORT' }, { name: 'PORT', value: 'tcp://10.0.0.1:x' }, {}, null] }), []);
  });

  test('probes, by number and by name', () => {
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      for (const action of ['httpGet', 'tcpSocket', 'grpc']) assert.equal(portsOf({ [probe]: { [action]: { port: 80 } } }), [80]);
    }
    const ports = [{ name: 'x', containerPort: 1 }, { name: 'web', containerPort: 80 }, { name: 'y' }, 'web'];
    assert.equal(portsOf({ ports, livenessProbe: { httpGet: { port: 'web' } } }), [80]);
    assert.equal(
      portsOf({ ports, livenessProbe: { httpGet: { port: 'none' } }, readinessProbe: { httpGet: { port: 'y' } } }),
      [],
    );
    assert.equal(portsOf({ livenessProbe: { exec: {} } }), []);
    const { container } = given({ ports });
    assert.equal([numberOf(7, container), numberOf('web', container), numberOf(undefined, container)], [7, 80, undefined]);
  });
});
