/** Commands by which a process gets more rights than it started with. */
import { commandName, type Command } from '../shell/command.ts';

/** Setuid programs, and builders of images that make user namespaces, for which newuidmap(1) is one. */
const ESCALATING = new Set(
  (
    'sudo su doas pkexec newgrp newuidmap newgidmap ' +
    'bwrap buildah buildctl-daemonless.sh buildkitd img podman rootlesskit unshare'
  ).split(' '),
);

/** The first command that gets more rights than it started with. */
export function escalatingCommand(commands: readonly Command[]): Command | undefined {
  return commands.find((command) => ESCALATING.has(commandName(command)));
}
