#!/usr/bin/env bash
# The first process of a node: makes namespaces of its own, a network with one address, and cgroups with a limit of memory, and runs
# a command in them. When the command or this process ends, everything in the namespaces is killed, and the cgroups are removed:
#
#   test/node/cluster/up.sh NAME COMMAND...
#
# Standard input is the life line: when it is closed, because whoever started the node was killed, the node ends too.
set -euo pipefail

readonly name=$1 memory=$((8 * 1024 * 1024 * 1024)) groups=/sys/fs/cgroup
shift

# hierarchies: the folders in which cgroups are made: one, or one for each controller in version 1.
hierarchies() {
  if [[ -f $groups/cgroup.controllers ]]; then
    echo "$groups"
  else
    for folder in "$groups"/*/; do
      if [[ -f $folder/cgroup.procs && $folder != */unified/ ]]; then echo "${folder%/}"; fi
    done
  fi
}

remove_groups() {
  local folder group try
  for folder in $(hierarchies) "$groups/unified"; do
    [[ -d $folder/$name ]] || continue
    for try in 1 2 3 4 5; do
      while read -r group; do rmdir "$group" 2>/dev/null || true; done < <(find "$folder/$name" -depth -type d)
      if [[ ! -d $folder/$name ]]; then break; fi
      sleep "0.$try"
    done
  done
}

make_groups() {
  local folder controllers file
  for folder in $(hierarchies); do
    mkdir -p "$folder/$name"
    if [[ -f $folder/cgroup.controllers ]]; then
      read -r controllers <"$folder/cgroup.controllers"
      echo "+${controllers// / +}" >"$folder/cgroup.subtree_control"
      echo "+${controllers// / +}" >"$folder/$name/cgroup.subtree_control"
      echo "$memory" >"$folder/$name/memory.max"
      echo 800 >"$folder/$name/cpu.weight"
    fi
    for file in cpuset.cpus cpuset.mems; do
      if [[ -f $folder/cpuset.cpus && ! -f $folder/cgroup.controllers ]]; then cat "$folder/$file" >"$folder/$name/$file"; fi
    done
    if [[ -f $folder/$name/memory.limit_in_bytes ]]; then echo "$memory" >"$folder/$name/memory.limit_in_bytes"; fi
    # Beside other work on the machine it counts as eight processes, as so many of its own have something to do.
    if [[ -f $folder/$name/cpu.shares ]]; then echo 8192 >"$folder/$name/cpu.shares"; fi
    mkdir -p "$folder/$name/parts"
    for file in cpuset.cpus cpuset.mems; do
      if [[ -f $folder/$file && ! -f $folder/cgroup.controllers ]]; then cat "$folder/$file" >"$folder/$name/parts/$file"; fi
    done
  done
}

if [[ ${KHARDEN_NODE-} != inside ]]; then
  remove_groups
  make_groups
  trap remove_groups EXIT
  # setpriv: when this process is killed, unshare dies, and the namespaces with it.
  KHARDEN_NODE=inside setpriv --pdeathsig KILL unshare --mount --net --pid --uts --ipc --fork --kill-child --mount-proc \
    --propagation private "$0" "$name" "$@" <&0 &
  node=$!
  trap 'kill -KILL "$node" 2>/dev/null || true' INT TERM
  status=0
  wait "$node" || status=$?
  exit "$status"
fi

for folder in $(hierarchies); do echo $$ >"$folder/$name/parts/cgroup.procs"; done
mount --make-rshared /
for folder in /run /var/log /srv; do mount -t tmpfs node "$folder"; done
hostname "$name"
ip link set lo up
ip link add eth0 type veth peer name eth1
ip address add 192.168.77.1/24 dev eth0
ip link set eth0 up
ip link set eth1 up
ip route add default via 192.168.77.254
echo 1 >/proc/sys/net/ipv4/ip_forward

"$@" </dev/null &
work=$!
(
  cat >/dev/null
  kill -KILL "$work" 2>/dev/null
) <&0 &
status=0
wait "$work" || status=$?
exit "$status"
