# bash completion for kharden
_kharden() {
  local word=${COMP_WORDS[COMP_CWORD]} before=''
  [[ $word == *,* ]] && before=${word%,*},
  case ${COMP_WORDS[COMP_CWORD-1]} in
    --fail-on) COMPREPLY=(); return ;;
    --format) COMPREPLY=($(compgen -W 'diff json sarif github gitlab junit markdown json-patch html kustomize' -- "$word")); return ;;
    --out) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --profile) COMPREPLY=($(compgen -W 'baseline restricted strict' -- "$word")); return ;;
    --only) COMPREPLY=($(compgen -W 'resources run-as-non-root unprivileged-ports read-only-root-fs drop-all-capabilities no-privilege-escalation seccomp-runtime-default dedicated-service-account no-service-account-token no-privileged no-host-namespaces no-host-ports apparmor-runtime-default selinux-options sandbox-runtime-class user-namespaces always-pull-images no-service-links network-policy namespace-pod-security' -P "$before" -- "${word##*,}")); return ;;
    --enable) COMPREPLY=($(compgen -W 'resources run-as-non-root unprivileged-ports read-only-root-fs drop-all-capabilities no-privilege-escalation seccomp-runtime-default dedicated-service-account no-service-account-token no-privileged no-host-namespaces no-host-ports apparmor-runtime-default selinux-options sandbox-runtime-class user-namespaces always-pull-images no-service-links network-policy namespace-pod-security' -P "$before" -- "${word##*,}")); return ;;
    --skip) COMPREPLY=($(compgen -W 'resources run-as-non-root unprivileged-ports read-only-root-fs drop-all-capabilities no-privilege-escalation seccomp-runtime-default dedicated-service-account no-service-account-token no-privileged no-host-namespaces no-host-ports apparmor-runtime-default selinux-options sandbox-runtime-class user-namespaces always-pull-images no-service-links network-policy namespace-pod-security' -P "$before" -- "${word##*,}")); return ;;
    --unknown-images) COMPREPLY=($(compgen -W 'report harden' -- "$word")); return ;;
    --platform) COMPREPLY=($(compgen -W 'kubernetes openshift' -- "$word")); return ;;
    --kube-version) COMPREPLY=(); return ;;
    --config) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --baseline) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --exclude) COMPREPLY=(); return ;;
    --usage) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --stdin-filename) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --report-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
    explain) COMPREPLY=($(compgen -W 'resources run-as-non-root unprivileged-ports read-only-root-fs drop-all-capabilities no-privilege-escalation seccomp-runtime-default dedicated-service-account no-service-account-token no-privileged no-host-namespaces no-host-ports apparmor-runtime-default selinux-options sandbox-runtime-class user-namespaces always-pull-images no-service-links network-policy namespace-pod-security' -- "$word")); return ;;
    completion) COMPREPLY=($(compgen -W 'bash zsh fish' -- "$word")); return ;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W '-V --version -w --write -c --check --fail-on --diff --stat -l --list-different --format --out --profile --only --enable --skip --override --safe-only --unknown-images --platform --kube-version --config --baseline --exclude --changed --usage --stdin-filename --report-file -q --quiet -v --verbose --color --no-color -h --help' -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
    ((COMP_CWORD > 1)) || COMPREPLY+=($(compgen -W 'audit init explain list learn completion' -- "$word"))
  fi
}
complete -o filenames -F _kharden kharden
