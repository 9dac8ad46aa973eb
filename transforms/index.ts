/** All transforms, in the order in which their changes are listed. */
import type { Transform } from '../src/transform/transform.ts';
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
] as unknown as readonly Transform[];
