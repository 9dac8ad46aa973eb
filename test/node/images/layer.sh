#!/usr/bin/env bash
# Makes one layer of an image: runs SCRIPT on top of the folders LOWER (the topmost first, with colons between), keeps what it
# changed in the folder DIR/upper and packs it as DIR/layer.tar:
#
#   test/node/images/layer.sh CACHE LOWER DIR SCRIPT [scratch]
#
# With `scratch` the layer is what SCRIPT puts below /image, and LOWER only lends its tools. Needs root; all mounts are in a
# namespace of their own, so that nothing is left when it is killed.
set -euo pipefail

if [[ ${KHARDEN_INSIDE-} != yes ]]; then
  KHARDEN_INSIDE=yes exec unshare --mount --pid --fork --kill-child --propagation private "$0" "$@"
fi

cache=$1 lower=$2 dir=$3 script=$4 kind=${5-}
rm -rf "$dir/upper" "$dir/work" "$dir/merged"
mkdir -p "$dir/upper" "$dir/work" "$dir/merged" "$cache/archives/partial"
root=$dir/merged
if [[ $kind == scratch ]]; then
  mount -t tmpfs tools "$dir/work"
  mkdir "$dir/work/upper" "$dir/work/work"
  mount -t overlay -o "lowerdir=$lower,upperdir=$dir/work/upper,workdir=$dir/work/work" layer "$root"
  mkdir "$root/image"
  mount --bind "$dir/upper" "$root/image"
else
  mount -t overlay -o "lowerdir=$lower,upperdir=$dir/upper,workdir=$dir/work" layer "$root"
fi
mount --bind "$cache/archives" "$root/var/cache/apt/archives"
mount -t tmpfs programs "$root/mnt"
cp -a "$cache/programs/." "$root/mnt/"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
cp "$script" "$root/mnt/script"
# The environment of an image is its own: none of the machine's gets in, except what tells how to reach Debian.
env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive \
  ${http_proxy+http_proxy="$http_proxy"} \
  chroot "$root" /bin/sh -eu /mnt/script
umount -R "$root"
if [[ $kind == scratch ]]; then umount "$dir/work"; fi

cd "$dir/upper"
rm -rf var/lib/apt var/cache/apt var/cache/debconf var/lib/dpkg/*-old var/log/dpkg.log var/log/apt usr/share/doc usr/share/man
# What a layer removes is a file of that name with the prefix .wh., where the file system has a device 0/0.
find . -type c -print0 | while IFS= read -r -d '' gone; do
  if [[ $(stat -c %t:%T "$gone") == 0:0 ]]; then
    rm "$gone"
    : >"${gone%/*}/.wh.${gone##*/}"
  fi
done
tar --create --file "$dir/layer.tar" --numeric-owner --xattrs --xattrs-include=security.capability --sort=name .
rm -rf "$dir/work" "$dir/merged"
