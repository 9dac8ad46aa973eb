#!/usr/bin/env bash
# Brings what a node (node) or its images (images) are made of into CACHE, from Debian's packages and Go modules alone:
#
#   test/node/install.sh CACHE node|images
#
#   CACHE/bin      the programs of Kubernetes, containerd and etcd
#   CACHE/tools    runc, CNI plugins, iptables, conntrack and debootstrap, unpacked but not installed
#   CACHE/base     a small Debian, the lowest layer of the images
#   CACHE/programs what images without a distribution hold, each with a file that changes with it
#
# What is there in the pinned version is left alone. Nothing is written outside CACHE and the caches of Go.
set -euo pipefail
shopt -s inherit_errexit

readonly kubernetes=v1.36.3 containerd=v2.2.9 etcd=v3.6.8 suite=bookworm
readonly helm=v4.3.1 kustomize=v5.8.2 coredns=v1.12.4 metrics_server=v0.8.0 kube_state_metrics=v2.18.0 traefik=v3.6.12
readonly packages=(runc libseccomp2 containernetworking-plugins iptables libip4tc2 libip6tc2 libxtables12 libmnl0 libnftnl11
  libnfnetlink0 libnetfilter-conntrack3 conntrack debootstrap)
readonly memory=$((16 * 1024 * 1024))

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here modules=$here/../integration/api-server built=$here/../../.tools
mkdir -p "$1/bin" "$1/versions" "$1/log"
cache=$(cd "$1" && pwd)
readonly cache part=$2

# once NAME VERSION SECONDS COMMAND...: runs a step with a limit of time and memory, unless it is done in this version.
once() {
  local name=$1 version=$2 seconds=$3 stamp=$cache/versions/$1 log=$cache/log/install-$1 start=$SECONDS
  shift 3
  if [[ -f $stamp && $(<"$stamp") == "$version" ]]; then
    return
  fi
  rm -f "$stamp"
  export -f "${1?}"
  if ! (ulimit -v "$memory" && nice -n 10 timeout -k 10 "$seconds" bash -euo pipefail -c '"$@"' - "$@") >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "failed: $name, see $log" >&2
    return 1
  fi
  echo "$version" >"$stamp"
  echo "$name $version: installed in $((SECONDS - start)) s"
}

# own_program NAME PACKAGE VERSION: a program whose versions are in the module beside the integration tests; theirs is taken when it is there.
own_program() {
  if [[ -f $built/versions/$1 && $(<"$built/versions/$1") == "$3" ]]; then
    cp "$built/bin/$1" "$cache/bin/$1"
  else
    CGO_ENABLED=0 go build -C "$modules" -trimpath -ldflags '-s -w' -o "$cache/bin/$1" "$2"
  fi
}

containerd_programs() {
  CGO_ENABLED=0 GOBIN=$cache/bin go install -trimpath -ldflags '-s -w' \
    github.com/containerd/containerd/v2/cmd/{containerd,containerd-shim-runc-v2,ctr}@"$1"
}

debian_tools() {
  rm -rf "$cache/tools"
  mkdir -p "$cache/tools" "$cache/debs"
  cd "$cache/debs"
  apt-get download "$@"
  for package in "$cache"/debs/*.deb; do dpkg -x "$package" "$cache/tools"; done
  rm -rf "$cache/debs"
  # Debian makes these links when a package is installed.
  for name in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do
    ln -sf xtables-nft-multi "$cache/tools/usr/sbin/$name"
  done
}

debian_base() {
  rm -rf "$cache/base"
  DEBOOTSTRAP_DIR=$cache/tools/usr/share/debootstrap "$cache/tools/usr/sbin/debootstrap" \
    --variant=minbase --include=ca-certificates,libcap2-bin "$1" "$cache/base" http://deb.debian.org/debian
  printf '#!/bin/sh\nexit 101\n' >"$cache/base/usr/sbin/policy-rc.d"
  chmod +x "$cache/base/usr/sbin/policy-rc.d"
  printf 'deb http://deb.debian.org/%s main\n' "debian $1" "debian $1-updates" "debian-security $1-security" \
    >"$cache/base/etc/apt/sources.list"
  chroot "$cache/base" apt-get update
  echo force-unsafe-io >"$cache/base/etc/dpkg/dpkg.cfg.d/no-sync"
  printf 'APT::Install-Recommends "false";\nAcquire::Languages "none";\n' >"$cache/base/etc/apt/apt.conf.d/90small"
}

# go_program NAME PACKAGE VERSION: a program of others, which the integration tests may have built already.
go_program() {
  if [[ -f $built/versions/$1 && $(<"$built/versions/$1") == "$3" ]]; then
    cp "$built/bin/$1" "$cache/bin/$1"
  else
    CGO_ENABLED=0 GOBIN=$cache/bin/partial go install -trimpath -ldflags '-s -w' "$2@$3"
    mv "$cache"/bin/partial/* "$cache/bin/$1"
    rmdir "$cache/bin/partial"
  fi
}

# image_program NAME PACKAGE VERSION: a program of others that an image holds.
image_program() {
  mkdir -p "$cache/programs"
  CGO_ENABLED=0 GOBIN=$cache/programs go install -trimpath -ldflags '-s -w' "$2@$3"
  echo "$3" >"$cache/programs/$1.digest"
}

# copied_module NAME MODULE VERSION: the source of a module in sources/NAME, to be changed.
copied_module() {
  local folder
  folder=$(go mod download -json "$2@$3" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  rm -rf "$cache/sources/$1"
  mkdir -p "$cache/sources" "$cache/programs"
  cp -r --no-preserve=mode "$folder" "$cache/sources/$1"
}

# copied_program NAME PACKAGE VERSION: the program that a copied module makes.
copied_program() {
  CGO_ENABLED=0 go build -C "$cache/sources/$1" -trimpath -ldflags '-s -w' -o "$cache/programs/$1" "$2"
  echo "$3" >"$cache/programs/$1.digest"
  rm -rf "$cache/sources"
}

# kube_state_metrics_program VERSION: from a copy too, as Go installs nothing from a module whose versions it cannot list.
kube_state_metrics_program() {
  copied_module kube-state-metrics k8s.io/kube-state-metrics/v2 "$1"
  copied_program kube-state-metrics . "$1"
}

# coredns_program VERSION: CoreDNS without the plugins that ask the services of clouds, which are most of its code.
coredns_program() {
  copied_module coredns github.com/coredns/coredns "$1"
  sed -i -E '/plugin\/(azure|clouddns|dnssec|etcd|geoip|grpc|quic|route53|trace)"/d' "$cache/sources/coredns/core/plugin/zplugin.go"
  copied_program coredns . "$1"
}

# traefik_program VERSION: Traefik out of its own module, as that replaces others, without ECS and without the clients of the DNS services
# that can prove a domain.
traefik_program() {
  copied_module traefik github.com/traefik/traefik/v3 "$1"
  cd "$cache/sources/traefik"
  copied_module lego github.com/go-acme/lego/v4 "$(go list -m -f '{{.Version}}' github.com/go-acme/lego/v4)"
  sed -i '/providers\/dns\//d; /^\tcase /d; /\.NewDNSProvider/d' ../lego/providers/dns/zz_gen_dns_providers.go
  sed -i '/provider\/ecs"/d; /\*ecs\.Provider/d' pkg/config/static/static_config.go
  sed -i '/conf\.Ecs != nil/,/^\t}/d' pkg/provider/aggregator/aggregator.go
  go mod edit -replace github.com/go-acme/lego/v4=../lego
  copied_program traefik ./cmd/traefik "$1"
}

# stand_in: the program of our own that images hold.
stand_in() {
  mkdir -p "$cache/programs"
  CGO_ENABLED=0 go build -C "$here/programs" -trimpath -ldflags '-s -w' -o "$cache/programs/stand-in" .
  cksum <"$cache/programs/stand-in" >"$cache/programs/stand-in.digest"
}

export cache here modules built
export -f copied_module copied_program
if [[ $part == images ]]; then
  once tools "${packages[*]}" 300 debian_tools "${packages[@]}"
  once base "$suite" 900 debian_base "$suite"
  once coredns "$coredns" 1800 coredns_program "$coredns"
  once metrics-server "$metrics_server" 1800 image_program metrics-server sigs.k8s.io/metrics-server/cmd/metrics-server "$metrics_server"
  once kube-state-metrics "$kube_state_metrics" 1800 kube_state_metrics_program "$kube_state_metrics"
  once traefik "$traefik" 1800 traefik_program "$traefik"
  once stand-in "$(cat "$here"/programs/* | cksum | cut -d ' ' -f 1)" 300 stand_in
  exit
fi
once etcd "$etcd" 1800 own_program etcd go.etcd.io/etcd/server/v3 "$etcd"
for program in kube-apiserver kubelet kube-controller-manager kube-scheduler kube-proxy kubectl; do
  once "$program" "$kubernetes" 1800 own_program "$program" "k8s.io/kubernetes/cmd/$program" "$kubernetes"
done
once containerd "$containerd" 1800 containerd_programs "$containerd"
once helm4 "$helm" 1800 go_program helm4 helm.sh/helm/v4/cmd/helm "$helm"
once kustomize "$kustomize" 1800 go_program kustomize sigs.k8s.io/kustomize/kustomize/v5 "$kustomize"
