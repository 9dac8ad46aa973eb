import { dataFolders, pathOfRoot } from '../../src/evidence/named-paths.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { given } from './containers.ts';
import { linesIn } from './braces.ts';

/** Each folder as its path, with `!` where a volume there would hide files of the image. */
function foldersOf(fields: JsonObject, volumes?: Json, writable: readonly string[] = []): string[] {
  const { container, commands } = given(fields, volumes);
  return dataFolders(container, commands, writable).map(({ path, canBeVolume }) => `${path}${canBeVolume ? '' : '!'}`);
}

const ofLine = (line: string): string[] => foldersOf({ command: line.split(' ') });
const ofVariable = (name: string, value: string): string[] => foldersOf({ env: [{ name, value }] });

/** Options that are told to write to `/x/y`. */
const TOLD =
  'run --{data,datadir,database,databases,db,cache,state,storage,store,log,logs,tmp,temp,upload,uploads,spool,work,workdir} /x/y; ' +
  'run --{work-dir,run,pid,queue,wal,tsdb,snapshot,snapshots,backup,backups,output,outputs,download,downloads,session,sessions} /x/y; ' +
  'run {data,log-dir}=/x/y; run --{repo.data,repos,repository,repositories}=/x/y; run --{data-dir,data.dir,data_dir,datapath,data-path,x-data,x.data.y,DATA}=/x/y; ' +
  'run -data-dir /x/y/; run -Ddata.dir=/x/y; run --data-dir=/x//y; run --db=/x/y/app.db; run --config-data=/x/y';
/** Options for what is read, and values that are no folder. */
const NOT_TOLD =
  'run --{config,configuration,conf,cert,certs,cert-file,key,keys,ca,tls,ssl,secret,secrets,password,token,credentials}=/data/y; ' +
  'run --{template,templates,static,plugin,plugins,lib,library,bin,classpath,script,source,src,schema,url,endpoint,prefix}=/data/y; ' +
  'run --{route,context,health,metrics,probe,socket,sock,kubeconfig,java,manifest,host,rootfs,format,level,driver}=/data/y; ' +
  'run --{x,mydata,xdb}=/x/y; run --data=x; run --data={/x*,$X}; run --data -v /x/y; run --data; run /data/y; run {conf,x}=/x/y data=x =/data; ' +
  'run --data={/tmp,/tmp/x,/dev,/dev/shm/x,/x/a.sock}; run --data=/var/lib/{kubelet,docker,containerd,containers,cni,dockershim}/x';
/** Folders that are called after what is written there, whatever the option is called. */
const DATA_PATHS =
  '/{data,cache,caches,storage,store,state,db,database,log,logs,upload,uploads,download,downloads,backup,backups,output,work,workspace}; ' +
  '/data/x; /var/{cache,lib,log,run,spool,tmp}/x; /run/x';
const OTHER_PATHS = '/x; /datas; /x/data; /var/lib; /var/www/x; /run; /logsx';

suite('evidence/named-paths: folders of data', (test) => {
  test('options by their names', () => {
    for (const line of linesIn(TOLD)) assert.equal(ofLine(line), ['/x/y'], line);
    for (const line of linesIn(NOT_TOLD)) assert.equal(ofLine(line), [], line);
  });

  test('options by the folder that they name', () => {
    for (const path of linesIn(DATA_PATHS)) assert.equal(ofLine(`run --x ${path}`), [path], path);
    for (const path of linesIn(OTHER_PATHS)) assert.equal(ofLine(`run --x ${path}`), [], path);
  });

  test('variables that name a folder', () => {
    for (const name of linesIn('{APP_,}{HOME,DIR,PATH,DIRECTORY,FOLDER}; XDG_CONFIG_HOME'))
      assert.equal(ofVariable(name, '/x/y'), [name.startsWith('XDG') ? '/x/y' : '/x/y!'], name);
    for (const name of linesIn(
      'DATA; APPDIR; HOME_X; MY_XDG_X; {JAVA,GO,PYTHON,NODE,LD_LIBRARY}_{HOME,PATH}; TLS_DIR; CONFIG_PATH',
    ))
      assert.equal(ofVariable(name, '/x/y'), [], name);
    assert.equal(ofVariable('APP_HOME', '/data/x'), ['/data/x']);
  });

  test('a volume would hide what the image has there', () => {
    for (const path of linesIn(
      '/{etc,usr,bin,sbin,lib,lib32,lib64,boot,root,proc,sys}/x; /{app,home,mnt,opt,srv,src,var,run}; /; /var/{cache,lib,log,run,spool}',
    ))
      assert.equal(ofLine(`run --data=${path}`), [`${path}!`], path);
    for (const path of linesIn('/{app,home,opt,srv,src}/x; /x; /etcx; /var/{cache,lib}/x'))
      assert.equal(ofLine(`run --data=${path}`), [path], path);
  });

  test('a file stands for its folder', () => {
    const files = {
      '/x/app.db': '/x',
      '/x/v1.2': '/x/v1.2',
      '/x/.cache': '/x/.cache',
      '/x/a.b1': '/x',
      '/a.db': '/!',
      '/x/1.5': '/x/1.5',
    };
    for (const [file, folder] of Object.entries(files)) assert.equal(ofLine(`run --data=${file}`), [folder], file);
  });

  test('what a volume covers, or is mounted there, is left out; each folder comes once', () => {
    const command = ['run', '--data=/x/y', '--cache', '/x/y', '--log-dir=/z'];
    assert.equal(foldersOf({ command }), ['/x/y', '/z']);
    assert.equal(foldersOf({ command }, [], ['/x']), ['/z']);
    const volumeMounts = [{ name: 'a', mountPath: '/z' }];
    assert.equal(foldersOf({ command, volumeMounts }, [{ name: 'a', configMap: {} }]), ['/x/y']);
  });

  test('only the first command counts, and none of hooks', () => {
    assert.equal(foldersOf({ command: ['sh', '-c', 'run --data=/x'] }), []);
    assert.equal(foldersOf({ lifecycle: { preStop: { exec: { command: ['run', '--data=/x'] } } } }), []);
  });
});

suite('evidence/named-paths: the home of root', (test) => {
  const rootOf = (fields: JsonObject): string | undefined => {
    const { container, commands } = given(fields);
    const found = pathOfRoot(container, commands);
    return found && `${found.path} at ${found.pointer}`;
  };
  const variable = (value: string): string | undefined =>
    rootOf({
      env: [
        { name: 'A', value: 'x' },
        { name: 'B', value },
      ],
    });

  test('a mount, a variable or an argument names it', () => {
    const volumeMounts = [
      { name: 'a', mountPath: '/a' },
      { name: 'b', mountPath: '/root//.ssh/' },
    ];
    assert.is(rootOf({ volumeMounts, command: ['a', '/root'] }), '/root/.ssh at /volumeMounts/1');
    assert.is(rootOf({ command: ['a', '--x=/root/.kube/config'] }), '/root/.kube/config at /command/1');
    assert.is(rootOf({ command: ['/root/run'] }), '/root/run at /command/0');
    for (const value of ['/root', '/bin:/root', 'a=/root', 'x,/root', '/root:/x', '/root,y', '/root y'])
      assert.is(variable(value), '/root at /env/1/value', value);
    assert.is(variable('/root/a;b'), '/root/a at /env/1/value');
  });

  test('others do not', () => {
    for (const value of ['/rootfs', '/x/root', 'root', '/rooted/x', 'x/root', '-/root'])
      assert.is(variable(value), undefined, value);
    assert.is(rootOf({ volumeMounts: [{ name: 'a', mountPath: '/rootfs' }] }), undefined);
  });
});
