/** The published rules that transforms answer: what their ids are called, and where they are described. */
import { CONTROLS } from '../kubernetes/pod-security/index.ts';
import type { References } from './transform.ts';

interface Standard {
  readonly title: string;
  readonly url: string;
  /** Titles of single rules, where the id alone says little. */
  readonly rules?: Readonly<Record<string, string>>;
}

/** By the keys of `References`. CIS titles are those of the CIS Kubernetes Benchmark v1.12. */
export const STANDARDS: Readonly<Record<keyof References, Standard>> = {
  pss: {
    title: 'Pod Security Standards',
    url: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    rules: Object.fromEntries(CONTROLS.map(({ id, title }) => [id, title])),
  },
  cis: {
    title: 'CIS Kubernetes Benchmark',
    url: 'https://www.cisecurity.org/benchmark/kubernetes',
    rules: {
      '1.2.11': 'Ensure that the admission control plugin AlwaysPullImages is set',
      '5.1.5': 'Ensure that default service accounts are not actively used',
      '5.1.6': 'Ensure that Service Account Tokens are only mounted where necessary',
      '5.2.1': 'Ensure that the cluster has at least one active policy control mechanism in place',
      '5.2.2': 'Minimize the admission of privileged containers',
      '5.2.3': 'Minimize the admission of containers wishing to share the host process ID namespace',
      '5.2.4': 'Minimize the admission of containers wishing to share the host IPC namespace',
      '5.2.5': 'Minimize the admission of containers wishing to share the host network namespace',
      '5.2.6': 'Minimize the admission of containers with allowPrivilegeEscalation',
      '5.2.7': 'Minimize the admission of root containers',
      '5.2.8': 'Minimize the admission of containers with the NET_RAW capability',
      '5.2.9': 'Minimize the admission of containers with added capabilities',
      '5.2.10': 'Minimize the admission of containers with capabilities assigned',
      '5.2.13': 'Minimize the admission of containers which use HostPorts',
      '5.7.2': 'Ensure that the seccomp profile is set to docker/default in your pod definitions',
      '5.7.3': 'Apply Security Context to Your Pods and Containers',
    },
  },
  nsa: {
    title: 'NSA/CISA Kubernetes Hardening Guide',
    url: 'https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF',
    rules: {
      'non-root': '"Non-root" containers',
      'immutable-root-filesystem': 'Immutable container file systems',
      capabilities: 'Pod security enforcement',
      seccomp: 'Hardening applications',
      'resource-limits': 'Resource policies',
      privileged: 'Privileged containers',
      'host-namespaces': 'Namespaces of the host',
      'mandatory-access-control': 'Hardening applications: SELinux and AppArmor',
      sandbox: 'Hardening container environments',
      'pod-security': 'Pod Security Admission',
      'service-account-token': 'Protecting Pod service account tokens',
    },
  },
  kubesec: { title: 'kubesec', url: 'https://kubesec.io/' },
  kubeScore: { title: 'kube-score', url: 'https://github.com/zegl/kube-score/blob/master/README_CHECKS.md' },
  kubeLinter: { title: 'kube-linter', url: 'https://docs.kubelinter.io/#/generated/checks' },
  checkov: { title: 'checkov', url: 'https://www.checkov.io/5.Policy%20Index/kubernetes.html' },
  trivy: { title: 'trivy', url: 'https://avd.aquasec.com/misconfig/kubernetes/' },
  kubescape: { title: 'kubescape', url: 'https://kubescape.io/docs/controls/' },
};
