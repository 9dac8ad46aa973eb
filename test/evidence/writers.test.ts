/** Where commands write, as their manual pages say it: with each option that names a place, and each other one with a value. */
import { fileWrites } from '../../src/evidence/file-writes.ts';
import { WRITERS } from '../../src/evidence/writers.ts';
import { readCommands } from '../../src/shell/read-commands.ts';
import { assert, suite } from '../harness.ts';
import { linesIn } from './braces.ts';

/** They write `/t` and nothing else. */
const TO_PLACE: readonly string[] = [
  '{chmod,chown,chgrp} 1 /t',
  '{cp,ln} a /t; {cp,ln,mv,install} -t /t a b; {cp,ln,mv,install} --target-directory=/t a',
  'install {-g,-m,-o,--group,--mode,--owner} x a /t; install -D a b /t',
  'mv /t; {mkdir,mkfifo} /t; {mkdir,mkfifo} {-m,--mode} 755 /t; mkdir -p /t',
  'tee /t; tee -a /t; touch /t; touch {-d,-r,-t,--date,--reference} x /t; truncate {-r,-s,--reference,--size} x /t',
  'dd if=a of=/t bs=1; sed {-i,-ni,-Ei,--in-place,--in-place=.bak} s/a/b/ /t',
  'rsync a /t; rsync -a {-B,-e,-f,-M,-T,--exclude,--filter,--include,--rsh} x a /t',
  'openssl req {-out,-keyout} /t -in x; keytool {-import,-importcert,-delete,-genkey,-genkeypair} -keystore /t',
  'curl {-o,-so,--output,--output-dir} /t host; curl -o/t host; curl --output=/t host; curl -O --output-dir /t host',
  'wget {-O,-P,-qO,--output-document,--directory-prefix} /t host',
  'tar -x{,z,v}f a.tar -C /t; tar {xf,xzf,x} a.tar -C /t; tar {--extract,--get} --file=a --directory=/t; tar {-b,-f,-T,-X} a -x -C /t',
  'tar -c{,z}f /t a; tar --create --file /t a; tar {cf,czf} /t a; tar -c -f /t {-b,-C,-T,-X} x a',
  'unzip a.zip -d /t; unzip -o a -d /t',
  'git clone a:b /t; git clone {-b,-c,-j,-o,-u} x a:b /t; git clone --depth 1 {--branch,--config,--filter,--jobs,--origin,--reference} x a:b /t',
  'git -C /t {pull,fetch,checkout,switch,reset,init,submodule,merge,rebase,commit,apply,am} x; git -C /t clone a:b',
  '{npm,pnpm,bun} install {--prefix,--dir,-C} /t; npm install -g --prefix /t x; yarn {install,add} --cwd /t; composer install -d /t',
  'pip install {-t,--target,--prefix,--root} /t x; python -m venv /t; virtualenv {-p,--prompt,--python} x /t',
  'go build {-o,-C} /t .; cargo build {--target-dir,--manifest-path} /t; {mvn,mvnw} package {-f,--file} /t; {gradle,gradlew} build {-p,--project-dir} /t',
];

/** They write to the working directory. */
const HERE: readonly string[] = [
  'curl {-O,--remote-name,--remote-name-all} host/x',
  'curl -{0,1,2,3,4,6,a,B,f,g,G,i,I,j,J,k,l,L,M,n,N,p,q,R,s,S,v,Z,#}O host/x; curl -sSfLO host/x',
  'wget host/x; wget -q host/x; wget -nv --tries=3 host/x',
  'tar {-x,-xf,-xzf,-zxvf,--extract,--get} a.tar; tar {x,xf,xzf,xvf} a.tar',
  'unzip a.zip; unzip -{o,q,n,j} a.zip',
  'git clone a:b; git {pull,fetch,checkout,switch,reset,init,submodule,merge,rebase,commit,apply,am} x',
  '{npm,pnpm,bun} {install,i,in,add,ci,clean-install,update,up,upgrade,uninstall,remove,rm,prune,dedupe,rebuild}',
  'npm {--registry,--loglevel,--cache,--userconfig,--workspace,--filter,-w} x install',
  'yarn; yarn {install,add,remove,up,upgrade}; yarn --frozen-lockfile',
  'composer {install,i,update,u,require,r,remove,create-project} x',
  'go {build,generate,mod,work} x; cargo {build,b,run,r,test,t,bench,check,c,doc,fetch,update}',
  '{mvn,mvnw,gradle,gradlew} {package,spring-boot:run,a.b-c}; mvn -q package; gradle --no-daemon build',
];

/** They write nothing, or only what they print. */
const NOTHING: readonly string[] = [
  'chmod 755; cp a; ln -s a; install a; tee; tee -; mkdir; dd if=a; sed s/a/b/ /t; sed -n p /t; rsync a host:/t; rsync a',
  'openssl x509 -in a; keytool {-list,-printcert,-exportcert} -keystore /t',
  'curl host; curl -o - host; curl -{A,b,c,C,d,D,e,E,F,H,K,m,P,Q,r,t,T,u,U,w,x,X,y,Y,z}o host; curl -X GET host',
  'wget; wget {--spider,--version,--help,-V,-h} host; wget -O - host; wget -{a,A,B,D,e,i,I,l,o,t,Q,R,T,U,w,X,Y} x',
  'tar {-t,-tf,--list,tf,tzf} a.tar; tar -xO a; tar xOf a.tar; tar -x --to-stdout -f a; tar -cz a; tar cz a; tar -cf - a; tar cf - a; tar c f a',
  'unzip; unzip -{l,p,t,v,z,Z} a.zip',
  'git {status,log,diff,show,config,remote,ls-remote,push,cloned} x; git',
  '{npm,pnpm,bun} {start,test,run,ls,exec,x,view}; npm; npm install {-g,--global} x',
  'yarn {start,run,test,-v,-V,-h,--version,--help}; composer {show,validate}; pip {list,freeze}; pip install x; venv; virtualenv',
  'go {version,vet,env,test} x; go; cargo {version,search,clippy}; cargo; {mvn,gradle,mvnw,gradlew} {-v,-V,-h,--version,--help}; mvn; mvn -q; mvn Package',
];

/** The places that a command line names when it runs in `/w`; `.` for the working directory that no word names. */
function placesIn(line: string): string[] {
  const commands = readCommands({ command: ['sh', '-c', line], workingDir: '/w' });
  const words = commands.flatMap((command) => fileWrites(command, [])).map(({ word }) => word);
  return [...new Set(words.map((word) => /(?<=[ =])\/\S*$/.exec(word)?.[0] ?? '.'))];
}

suite('evidence/writers', (test) => {
  for (const [lists, expected] of [
    [TO_PLACE, ['/t']],
    [HERE, ['.']],
    [NOTHING, []],
  ] as const) {
    for (const lines of lists) {
      test(`${expected[0] ?? 'nothing'}: ${lines}`, () => {
        for (const line of linesIn(lines)) assert.equal(placesIn(line), expected, line);
      });
    }
  }

  test('several operands', () => {
    assert.equal(placesIn('mv /a /b'), ['/a', '/b']);
    assert.equal(placesIn('mkdir /a /b'), ['/a', '/b']);
    assert.equal(placesIn('cp /a /b /c'), ['/c']);
    assert.equal(placesIn('chown 1 /a /b'), ['/a', '/b']);
    assert.equal(placesIn('tar cf /a /b /c'), ['/a']);
  });

  test('every command of the table is here', () => {
    const names = new Set([...TO_PLACE, ...HERE].flatMap(linesIn).flatMap((line) => line.split(' ')[0] ?? []));
    assert.equal(
      [...WRITERS.keys()].filter((name) => !names.has(name) && name !== 'venv'),
      [],
    );
  });
});
