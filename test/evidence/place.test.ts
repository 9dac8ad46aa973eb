import { placeOf, type Place } from '../../src/evidence/place.ts';
import { assert, suite } from '../harness.ts';

/** The kernel's interfaces (proc(5), sysfs(5)), devices that are for everybody (devices.txt), the Filesystem Hierarchy Standard. */
const PLACES: Readonly<Record<Place, string>> = {
  kernel:
    '/proc/sys /proc/sys/net/ipv4/ip_forward /proc/sysrq-trigger /sys /sys/fs/cgroup/x /dev/sda /dev/kmsg /dev/nullx /dev/net/tun',
  system: '/ /etc /etc/hosts /usr /usr/local/bin/x /bin/x /sbin/x /lib /lib/x /lib32/x /lib64/x /boot/x /root /root/.ssh/x',
  image: '/app /app/x /etcetera/x /var/lib/x /srv /opt/x /home/x /rootfs /data app/x . ../x usr/x /system/x /processes/x',
  writable:
    '/tmp /tmp/x /proc/self/fd/1 /dev /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty /dev/ptmx /dev/stdout /dev/stderr ' +
    '/dev/log /dev/termination-log /dev/fd/1 /dev/pts/0 /dev/shm/x /dev/mqueue/x /dev/tcp/a/1 /dev/udp/a/1 /mnt /mnt/x /mnt/x/y',
};

suite('evidence/place', (test) => {
  for (const [place, paths] of Object.entries(PLACES)) {
    test(place, () => {
      for (const path of paths.split(' ')) assert.is(placeOf(path, false, ['/mnt']), place, path);
    });
  }

  test('only root makes what was not there directly below the root', () => {
    assert.equal([placeOf('/www', true, []), placeOf('/www', false, [])], ['system', 'image']);
    assert.equal([placeOf('/www/x', true, []), placeOf('www', true, [])], ['image', 'image']);
    assert.equal([placeOf('/www', true, ['/www']), placeOf('/tmp', true, [])], ['writable', 'writable']);
  });

  test('a mount may cover a folder of the system, but none of the kernel', () => {
    assert.equal([placeOf('/etc/app/x', true, ['/etc/app']), placeOf('/etc/apple', true, ['/etc/app'])], ['writable', 'system']);
    assert.is(placeOf('/sys/x', false, ['/sys']), 'kernel');
  });
});
