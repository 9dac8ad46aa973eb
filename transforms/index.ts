/** All transforms, in the order in which their changes are listed. */
import type { Transform } from '../src/transform/transform.ts';
import { noPrivileged } from './no-privileged.ts';
import { namespacePodSecurity } from './namespace-pod-security.ts';
import { noHostNamespaces } from './no-host-namespaces.ts';
import { noHostPorts } from './no-host-ports.ts';
import { apparmorRuntimeDefault } from './apparmor-runtime-default.ts';
import { selinuxOptions } from './selinux-options.ts';
import { sandboxRuntimeClass } from './sandbox-runtime-class.ts';
import { userNamespaces } from './user-namespaces.ts';
import { alwaysPullImages } from './always-pull-images.ts';
import { networkPolicy } from './network-policy.ts';
import { noServiceLinks } from './no-service-links.ts';
import { dedicatedServiceAccount } from './dedicated-service-account.ts';
import { dropAllCapabilities } from './drop-all-capabilities.ts';
import { noPrivilegeEscalation } from './no-privilege-escalation.ts';
import { noServiceAccountToken } from './no-service-account-token.ts';
import { readOnlyRootFs } from './read-only-root-fs.ts';
import { resources } from './resources.ts';
import { runAsNonRoot } from './run-as-non-root.ts';
import { seccompRuntimeDefault } from './seccomp-runtime-default.ts';
import { unprivilegedPorts } from './unprivileged-ports.ts';

export const transforms = [
  resources,
  runAsNonRoot,
  unprivilegedPorts,
  readOnlyRootFs,
  dropAllCapabilities,
  noPrivilegeEscalation,
  seccompRuntimeDefault,
  dedicatedServiceAccount,
  noServiceAccountToken,
  noPrivileged,
  noHostNamespaces,
  noHostPorts,
  apparmorRuntimeDefault,
  selinuxOptions,
  sandboxRuntimeClass,
  userNamespaces,
  alwaysPullImages,
  noServiceLinks,
  networkPolicy,
  namespacePodSecurity,
] as unknown as readonly Transform[];
