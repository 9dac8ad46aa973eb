#!/usr/bin/env bash
# Installs the programs that the integration tests run, built from the package
# registries alone, into DIR/bin, libraries into DIR/npm, and the CRDs that they
# read into DIR/crds. Chromium comes from Debian:
#
#   test/integration/install-tools.sh DIR [TOOL...]
#
# Without tools it installs all of them. A tool that is there in the pinned
# version is left alone. Chromium needs root and apt-get unless it is there; it
# is left out where it cannot be had, and its tests say so. Needs Go, Python 3 with venv, and npm, each only for
# its own tools; GOPROXY, GOFLAGS, PIP_INDEX_URL and the like are respected.
set -euo pipefail
shopt -s inherit_errexit

# tool        version   package                                     variable that holds the version
readonly table='
judge         -         -
netpol-judge  -         -
knative-webhook -       -
kubeconform   v0.8.0    github.com/yannh/kubeconform/cmd/kubeconform main.version
kube-score    v1.20.0   github.com/zegl/kube-score/cmd/kube-score   main.version
kustomize     v5.8.2    sigs.k8s.io/kustomize/kustomize/v5
helm3         v3.22.0   helm.sh/helm/v3/cmd/helm                    helm.sh/helm/v3/internal/version.version
helm4         v4.3.1    helm.sh/helm/v4/cmd/helm                    helm.sh/helm/v4/internal/version.version
checkov       3.3.30    PyPI
pre-commit    4.7.0     PyPI
lint-staged   15.5.2    npm
node-newer    24.21.0   npm
typescript    5.9.3     npm
puppeteer-core 25.16.0  npm-library
axe-core      4.14.1    npm-library
chromium      Debian    apt
registry      v3.0.0    github.com/distribution/distribution/v3/cmd/registry github.com/distribution/distribution/v3/version.version
etcd          v3.6.8    api-server:go.etcd.io/etcd/server/v3
kube-apiserver v1.36.3  api-server:k8s.io/kubernetes/cmd/kube-apiserver
crds          -         CRDs
report-schemas -        schemas
'
# kustomize v5.8.3 needs Go 1.27. The API server takes four minutes of two cores.

usage() {
  echo "usage: ${0##*/} DIR [TOOL...]" >&2
  awk 'BEGIN { printf "tools:" } NF { printf " %s", $1 } END { print "" }' <<<"$table" >&2
  exit 2
}

# quietly COMMAND...: its output is shown only if it fails.
quietly() {
  if ! "$@" >"$scratch/log" 2>&1; then
    cat "$scratch/log" >&2
    echo "failed: $*" >&2
    return 1
  fi
}

# own_version TOOL: changes with its sources, because it has no version itself.
own_version() {
  case $1 in
    crds | report-schemas) cat "$here/install-$1.sh" ;;
    *) cat "$here/$1"/*.go "$here/$1"/go.mod "$here/$1"/go.sum ;;
  esac | cksum | cut -d ' ' -f 1
}

# install_judge TOOL: a program of our own, in the folder of that name here.
install_judge() {
  quietly go build -C "$here/$1" -trimpath -ldflags '-s -w' -o "$dir/bin/$1" .
}

# install_module TOOL MODULE:PACKAGE: a program whose versions are in the go.mod
# of a folder here, because it cannot be installed by itself.
install_module() {
  CGO_ENABLED=0 quietly go build -C "$here/${2%%:*}" -trimpath -ldflags '-s -w' -o "$dir/bin/$1" "${2#*:}"
}

# install_go TOOL VERSION PACKAGE [VARIABLE]
install_go() {
  local tool=$1 version=$2 package=$3 ldflags='-s -w' built
  if [[ -n ${4-} ]]; then
    ldflags+=" -X $4=$version"
  fi
  if [[ $tool == helm3 ]]; then
    ldflags+=$(helm3_kubernetes "$version")
  fi
  GOBIN=$scratch/gobin quietly go install -trimpath -ldflags "$ldflags" "$package@$version"
  built=("$scratch"/gobin/*)
  mv -f "${built[0]}" "$dir/bin/$tool"
}

# helm3_kubernetes VERSION: linker flags for the Kubernetes version that charts
# see. Helm 3 believes it is 1.20 otherwise and refuses many charts; its own
# releases are built with the version of the client-go that they require.
helm3_kubernetes() {
  local module=helm.sh/helm/v3 gomod minor package
  quietly go mod download "$module@$1"
  gomod=$(go env GOMODCACHE)/cache/download/$module/@v/$1.mod
  minor=$(sed -n 's/^[[:space:]]*k8s\.io\/client-go v0\.\([0-9]*\)\..*/\1/p' "$gomod")
  for package in pkg/chartutil pkg/lint/rules; do
    printf ' -X %s/%s.k8sVersionMajor=1 -X %s/%s.k8sVersionMinor=%s' \
      "$module" "$package" "$module" "$package" "$minor"
  done
}

# install_python TOOL VERSION
install_python() {
  if [[ ! -x $dir/venv/bin/python ]]; then
    quietly python3 -m venv "$dir/venv"
  fi
  quietly "$dir/venv/bin/python" -m pip install --disable-pip-version-check "$1==$2"
  ln -sfn "../venv/bin/$1" "$dir/bin/$1"
}

# install_npm TOOL VERSION. For node-newer it takes one of the packages that the
# package "node" chooses from: they hold the program and need no install script.
# This TypeScript is the last that knows moduleResolution node10.
install_npm() {
  local tool=$1 package=$1 program=.bin/$1
  if [[ $tool == node-newer ]]; then
    package=node-$(node -p 'process.platform + "-" + process.arch')
    program=$package/bin/node
  elif [[ $tool == typescript ]]; then
    program=.bin/tsc
  fi
  mkdir -p "$dir/npm/$tool"
  quietly npm install --prefix "$dir/npm/$tool" --ignore-scripts --no-save --no-package-lock --no-audit --no-fund \
    "$package@$2"
  ln -sfn "../npm/$tool/node_modules/$program" "$dir/bin/$tool"
}

# install_library TOOL VERSION: a package without a program.
install_library() {
  mkdir -p "$dir/npm/$1"
  quietly npm install --prefix "$dir/npm/$1" --ignore-scripts --no-save --no-package-lock --no-audit --no-fund "$1@$2"
}

# install_chromium: links the one of the system, which apt-get installs if it is
# not there; fails where that cannot be done.
install_chromium() {
  if ! command -v chromium >/dev/null; then
    if [[ $EUID != 0 ]] || ! command -v apt-get >/dev/null; then
      echo "chromium: needs root and apt-get, or a chromium in PATH" >&2
      return 1
    fi
    quietly apt-get update || return 1
    DEBIAN_FRONTEND=noninteractive quietly apt-get install -y --no-install-recommends chromium fonts-dejavu-core || return 1
  fi
  ln -sfn "$(command -v chromium)" "$dir/bin/chromium"
}

# install_tool TOOL: prints one line.
install_tool() {
  local tool=$1 version package variable stamp=$dir/versions/$1 start=$SECONDS
  read -r _ version package variable < <(awk -v tool="$tool" '$1 == tool' <<<"$table")
  if [[ $version == - ]]; then
    version=$(own_version "$tool")
  fi
  if [[ (-x $dir/bin/$tool || -d $dir/$tool || -d $dir/npm/$tool) && -f $stamp && $(<"$stamp") == "$version" ]]; then
    echo "$tool $version: present"
    return
  fi
  rm -f "$stamp"
  case $package in
    -) install_judge "$tool" ;;
    CRDs | schemas) quietly bash "$here/install-$tool.sh" "$dir" ;;
    PyPI) install_python "$tool" "$version" ;;
    api-server:*) install_module "$tool" "$package" ;;
    npm) install_npm "$tool" "$version" ;;
    npm-library) install_library "$tool" "$version" ;;
    apt)
      if ! install_chromium; then
        echo "$tool: left out"
        return
      fi
      ;;
    *) install_go "$tool" "$version" "$package" "$variable" ;;
  esac
  echo "$version" >"$stamp"
  echo "$tool $version: installed in $((SECONDS - start)) s"
}

if (($# == 0)) || [[ $1 == -* ]]; then
  usage
fi
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1/bin" "$1/versions"
dir=$(cd "$1" && pwd)
shift
if (($# == 0)); then
  mapfile -t tools < <(awk 'NF { print $1 }' <<<"$table")
  set -- "${tools[@]}"
fi
for tool; do
  if ! awk -v tool="$tool" '$1 == tool { found = 1 } END { exit !found }' <<<"$table"; then
    echo "unknown tool: $tool" >&2
    usage
  fi
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for tool; do
  install_tool "$tool"
done
