/** The hardening of the files of a root: what reads Dockerfiles is loaded where there is one. */
import { hardenWith } from '../../hardening.ts';
import type { Harden } from '../../index.ts';
import type { Group } from '../files/load.ts';

/** A `harden` for the files of a group. */
export async function hardenerFor({ hasDockerfiles }: Pick<Group, 'hasDockerfiles'>): Promise<Harden> {
  return hardenWith(hasDockerfiles ? (await import('../../dockerfile/index.ts')).readDockerfiles : undefined);
}
