#!/usr/bin/env bash
# Fills DIR/crds with the CRDs of the custom resources that kharden knows, each out
# of the Go module of its controller:
#
#   test/integration/install-crds.sh DIR
#
# Not to be had so: Agones, Argo Workflows, Volcano and the notebooks of Kubeflow,
# whose modules the module proxy does not always serve.
set -euo pipefail
shopt -s inherit_errexit extglob failglob

# module  version  checksum of the module  files
# Not always the newest: what an older CRD takes, a newer one takes too.
readonly table='
github.com/argoproj/argo-rollouts              v1.8.3   h1:blbtQva4IK9r6gFh+dWkCrLnFdPOWiv9ubQYu36qeaA=  manifests/crds/@(rollout|experiment)-crd.yaml
github.com/elastic/cloud-on-k8s/v3            v3.5.0   h1:sR4oj+gNnwI9hgsKhBwjUlx+5F2T/kND40hrzaogtek=  config/crds/v1/all-crds.yaml
github.com/kedacore/keda/v2                    v2.17.0  h1:Msot3UuN6WOhaOaOcVmokmVM0cu3uqSGvnDgg1LkESU=  config/crd/bases/keda.sh_scaledjobs.yaml
github.com/kubeflow/training-operator          v1.8.1   h1:mVvoBSCInbMBX0gGSn4+Ihj3ycwoLO1iEAw+0qPhQfc=  manifests/base/crds/kubeflow.org_@(mpi|paddle|pytorch|tf|xgboost)jobs.yaml
github.com/openkruise/kruise                   v1.8.0   h1:cU5XG9tur17j/CuY+iCTlxOtJ0GNTtJjMLurhh+25YQ=  config/crd/bases/apps.kruise.io_@(clonesets|statefulsets|daemonsets|broadcastjobs|advancedcronjobs).yaml
github.com/openshift/api                       v0.0.0-20250725072657-92b1455121e1  h1:/UIhE+5bDxh0staABxvgapyMfoTqpQyXjAZMrkkVUgM=  openapi/openapi.json
github.com/prometheus-operator/prometheus-operator  v0.85.0  h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=  example/prometheus-operator-crd/monitoring.coreos.com_@(alertmanagers|prometheuses|prometheusagents|thanosrulers).yaml
github.com/ray-project/kuberay/ray-operator    v1.5.0   h1:KCjCQ7PSsvs9Ke+90CZbbs498nuaIJ/JkXk4vd54EVg=  config/crd/bases/ray.io_ray@(clusters|jobs|services).yaml
github.com/tektoncd/pipeline                   v1.0.0   h1:qq/BtjwtvZV7qhd6BnL5sGoBM4vVqpCtz/+hMbs6p94=  config/300-crds/300-@(task|taskrun|pipeline|pipelinerun).yaml
knative.dev/serving                            v0.45.0  h1:+eOEwSE5+NmhQUUfARHGdSI1gwavddiPMKjl4+sHCjE=  config/core/300-resources/@(service|configuration).yaml
sigs.k8s.io/jobset                             v0.8.0   h1:80cJcPld+IMdKFOqzEW4et3Y6lGAPcP8YmBZ+aiKGYA=  config/components/crd/bases/jobset.x-k8s.io_jobsets.yaml
sigs.k8s.io/lws                                v0.6.1   h1:cWiRmMSflo8hQPBrmIIZtoaX3XuVkmAgFKkmjxlPULI=  config/crd/bases/leaderworkerset.x-k8s.io_leaderworkersets.yaml
'

# field JSON NAME: a text of the flat object that "go mod download -json" prints.
field() {
  sed -n 's/^\t"'"$2"'": "\(.*\)",\{0,1\}$/\1/p' <<<"$1"
}

if (($# != 1)) || [[ $1 == -* ]]; then
  echo "usage: ${0##*/} DIR" >&2
  exit 2
fi
mkdir -p "$1"
target=$(cd "$1" && pwd)/crds
rm -rf "$target"
mkdir "$target"

while read -r module version sum files; do
  [[ -n $module ]] || continue
  # Outside of the project, so that no go.mod or work file has a say.
  if ! downloaded=$(cd / && GOFLAGS='' go mod download -json "$module@$version"); then
    echo "$downloaded" >&2
    exit 1
  fi
  if [[ $(field "$downloaded" Sum) != "$sum" ]]; then
    echo "$module@$version has another checksum: $(field "$downloaded" Sum)" >&2
    exit 1
  fi
  cd "$(field "$downloaded" Dir)"
  # shellcheck disable=SC2086 # a pattern
  for file in $files; do
    install -m 644 "$file" "$target/"
  done
done <<<"$table"
