import { fileWrites } from '../../src/evidence/file-writes.ts';
import { readCommands } from '../../src/shell/read-commands.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';

/** Shell text that writes no file, or none whose place can be known. */
const NOTHING: readonly string[] = [
  'npm start && npm run ci && npm test && npm --version && npx serve .',
  'node server.js; python app.py; python -m http.server; java -jar app.jar; go version; go vet ./...',
  'yarn start; yarn --version; yarn run install; pnpm run build; bun run dev',
  'tar tzf a.tgz; tar -tf a.tar; tar -czf /tmp/x.tgz nginx proxy; tar --list -f x; tar tf x x; tar xzOf a.tgz x; tar czf - . | cat; tar -C x -cf - .; tar -cz .; tar -x --to-stdout -f a',
  'unzip -l a.zip; unzip -p a.zip x; unzip -t a.zip; unzip',
  'git status; git log --oneline; git config --global safe.directory /src; git ls-remote https://host/x',
  'curl -sf http://host/health; curl -XPOST -HOrigin:x -d@f -w "%{http_code}" -o /dev/null http://host; curl -o - host; curl -K O',
  'wget --spider -q http://host; wget -qO- http://host/health; wget -O - http://host; wget -q -O/dev/null http://host; wget --help',
  'mvn -v; gradle --version; cargo --version; composer show; composer --version; mvn; cargo clippy-x',
  'cat a < b; a 2>&1; a >&2; a 2>&-; a >&-; a <<< b; sed s/a/b/ x; sed -n -e 1p x',
  'echo x > "$DIR/y"; mkdir -p "$DIR" ~/x; touch $(mktemp); cp a "$DIR"; cd "$DIR"; echo x > y; git clone https://host/x',
  'cd; npm ci; cd -; npm ci',
  'find . -exec chmod 755 {} +; chmod 755; chown 1000:1000; ls | xargs chmod +x',
  'cp a; ln -s /x; rsync -e "ssh -p 1" a host:/b; rsync a rsync://host/b; mv --help; rm -f x',
  'openssl x509 -in a -noout; keytool -list -keystore a; keytool -printcert -file x; dd if=/dev/zero',
  'echo ">" x; echo a \\> b; [[ a > b ]]; (( a > b )); echo $(( a > b ))',
  'pip install x; npm install -g x; go install x; cargo install x; bundle install; pnpm add --global x',
];

/** Shell text and its writes below the working directory of the image. */
const HERE: readonly (readonly [text: string, words: readonly string[]])[] = [
  ['npm ci && npm start', ['npm ci']],
  ['npm --registry https://host install; npm i --omit=dev; pnpm i; bun add x', ['npm install', 'npm i', 'pnpm i', 'bun add']],
  ['yarn && yarn start', ['yarn']],
  ['yarn --frozen-lockfile; yarn install', ['yarn', 'yarn install']],
  ['composer --no-dev install; composer require a/b', ['composer install', 'composer require']],
  ['go build -o server . && ./server', ['go build -o server']],
  ['go build -mod=vendor ./...; go mod download', ['go build', 'go mod']],
  ['cargo build --release; cargo run', ['cargo build', 'cargo run']],
  [
    'mvn -q package; ./mvnw spring-boot:run; ./gradlew --no-daemon bootRun',
    ['mvn package', 'mvnw spring-boot:run', 'gradlew bootRun'],
  ],
  ['python -m venv .venv; python3 -m venv --prompt x a; virtualenv -p python3 b', ['venv .venv', 'venv a', 'virtualenv b']],
  ['pip install --target lib x; pip install -t . y', ['pip install --target lib', 'pip install -t .']],
  ['git clone --depth 1 -b main https://host/x.git; git clone $REPO', ['git clone']],
  ['git clone git@host:x.git y; git pull --rebase; git -c a=b checkout z', ['git clone … y', 'git pull', 'git checkout']],
  ['wget https://host/x.tgz; wget -nv -T 5 "$URL"', ['wget']],
  ['wget -O x.tgz https://host; wget -P lib https://host/x', ['wget -O x.tgz', 'wget -P lib']],
  [
    'curl -sSLO https://host/x; curl -O host/x; curl --remote-name-all host/x',
    ['curl -sSLO', 'curl -O', 'curl --remote-name-all'],
  ],
  ['curl -fsSLo x https://host; curl --output=y https://host', ['curl -o x', 'curl --output y']],
  [
    'tar xzf a.tgz; tar -xf a.tar; curl host | tar -xzv; tar --extract --file=a',
    ['tar xzf', 'tar -xf', 'tar -xzv', 'tar --extract'],
  ],
  [
    'tar czf a.tgz . && tar -czf b.tgz x -C y; tar --create --file=c x',
    ['tar czf a.tgz', 'tar -czf b.tgz', 'tar --create --file c'],
  ],
  ['unzip -qo a.zip; unzip a.zip -d b', ['unzip', 'unzip -d b']],
  ['echo hi > out.txt; a >> b; a &> c; a >| d; a >& e', ['> out.txt', '>> b', '&> c', '>| d', '>& e']],
  ['exec > log 2>&1; { a; } > b', ['> log', '> b']],
  ['mkdir -p -m 755 a b; touch -d now c; truncate -s 0 d; tee -a e', ['mkdir a', 'mkdir b', 'touch c', 'truncate d', 'tee e']],
  ['cp a b; cp -t c a b; mv a b; ln -s /a b; rsync -a x/ y', ['cp … b', 'cp -t c', 'mv a', 'mv b', 'ln … b', 'rsync … y']],
  [
    'chmod +x run.sh; chown -R 1000 data; sed -i s/a/b/ x; install -m 644 a b',
    ['chmod … run.sh', 'chown … data', 'sed -i … x', 'install … b'],
  ],
  [
    'openssl req -x509 -keyout a -out b; keytool -genkey -keystore c',
    ['openssl -keyout a', 'openssl -out b', 'keytool -genkey -keystore c'],
  ],
  ['cd app && npm ci && echo x > ../y', ['npm ci', '> y']],
];

/** Shell text, the working directory, where volumes are mounted, and each write with its place. */
const PLACES: readonly (readonly [text: string, workingDir: string, mounts: readonly string[], expected: readonly string[]])[] = [
  ['npm ci', '/app', [], ['npm ci: image']],
  ['npm ci', '/app', ['/app'], ['npm ci: writable']],
  ['npm ci', '/app/web/', ['/app'], ['npm ci: writable']],
  ['npm ci', '/application', ['/app'], ['npm ci: image']],
  ['npm ci', '/tmp/x', [], ['npm ci: writable']],
  ['npm ci', '/usr/src/app', [], ['npm ci: system']],
  ['echo x > y', '/', [], ['> /y: system']],
  ['cd /data && npm ci; echo x > y', '/app', ['/data'], ['npm ci: writable', '> /data/y: writable']],
  ['(cd /data && npm ci); echo x > y', '/app', ['/data'], ['npm ci: writable', '> /app/y: image']],
  ['cd sub; touch a ../../b', '/data', ['/data'], ['touch /data/sub/a: writable', 'touch /b: system']],
  [
    'npm ci --prefix /data; git -C /data pull; yarn --cwd /data',
    '/app',
    ['/data'],
    ['npm ci --prefix /data: writable', 'git pull -C /data: writable', 'yarn --cwd /data: writable'],
  ],
  ['npm install -g --prefix /opt/x serve', '/app', [], ['npm install --prefix /opt/x: image']],
  [
    'tar xzf a -C /opt; unzip a -d /opt; git clone a:b /src; go build -o /out/x .',
    '/app',
    [],
    ['tar xzf -C /opt: image', 'unzip -d /opt: image', 'git clone … /src: image', 'go build -o /out/x: image'],
  ],
  [
    'wget -qO/srv/x host; curl --output=/srv/y z; wget -P /srv/z w',
    '/app',
    [],
    ['wget -O /srv/x: image', 'curl --output /srv/y: image', 'wget -P /srv/z: image'],
  ],
  [
    'dd if=a of=/dev/sda; echo 1 > /proc/sys/x; echo x | tee /sys/x',
    '/app',
    [],
    ['dd of=/dev/sda: kernel', '> /proc/sys/x: kernel', 'tee /sys/x: kernel'],
  ],
  [
    'a > /dev/null; a > /dev/stdout; a >> /proc/1/fd/1; a 3<> /dev/tcp/db/5432; touch /tmp/x',
    '/app',
    [],
    [
      '> /dev/null: writable',
      '> /dev/stdout: writable',
      '>> /proc/1/fd/1: writable',
      '<> /dev/tcp/db/5432: writable',
      'touch /tmp/x: writable',
    ],
  ],
  ['mkdir /www; cp x /www', '/app', [], ['mkdir /www: system', 'cp … /www: image']],
  ['touch /srv//a/ /etc/./x', '/app', [], ['touch /srv/a: image', 'touch /etc/x: system']],
  ["cat > run.sh <<'E'\nnpm ci\nE", '/data', ['/data'], ['> /data/run.sh: writable', 'npm ci: writable']],
  ['sudo -u app npm ci; find . -exec touch x ";"', '/data', ['/data'], ['npm ci: writable', 'touch /data/x: writable']],
];

suite('evidence/file-writes', (test) => {
  const writesIn = (container: JsonObject, mounts: readonly string[] = []): ReturnType<typeof fileWrites> =>
    readCommands(container).flatMap((command) => fileWrites(command, mounts));
  const shell = (text: string): JsonObject => ({ command: ['sh', '-c', text] });

  for (const text of NOTHING) {
    test(`sees no write in ${text}`, () => {
      const writes = writesIn(shell(text)).filter(({ place }) => place !== 'writable');
      assert.equal(writes, []);
    });
  }

  for (const [text, words] of HERE) {
    test(`sees the working directory written by ${text}`, () => {
      const writes = writesIn(shell(text));
      assert.equal([...new Set(writes.map(({ word }) => word))], words);
      assert.ok(writes.every(({ place }) => place === 'image'));
    });
  }

  for (const [text, workingDir, mounts, expected] of PLACES) {
    test(`knows where ${text} writes in ${workingDir}`, () => {
      const writes = writesIn({ ...shell(text), workingDir }, mounts);
      assert.equal([...new Set(writes.map(({ word, place }) => `${word}: ${place}`))], expected);
    });
  }

  test('takes relative paths in arguments for the entrypoint as words of its own', () => {
    const words = (container: JsonObject): readonly string[] => writesIn(container).map(({ word }) => word);
    assert.equal(words({ args: ['install', 'chart', 'web'] }), []);
    assert.equal(words({ args: ['cp', 'a', '/b'] }), ['cp … /b']);
    assert.equal([...new Set(words({ args: ['npm', 'ci'] }))], ['npm ci']);
    assert.equal(words({ command: ['cp'], args: ['a', 'b'] }), ['cp … b']);
  });

  test('reads the working directory of hooks and probes', () => {
    const exec = { command: ['touch', 'ready'] };
    assert.equal(writesIn({ workingDir: '/srv', lifecycle: { postStart: { exec } }, readinessProbe: { exec } }), [
      { word: 'touch /srv/ready', path: '/srv/ready', place: 'image' },
      { word: 'touch /srv/ready', path: '/srv/ready', place: 'image' },
    ]);
  });
});
