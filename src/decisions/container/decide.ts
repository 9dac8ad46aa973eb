/** All containers of an object: first what the decisions about each rest on, then the decisions. */
import type { Container } from '../../kubernetes/object.ts';
import { mountedFiles } from '../basis/mounted-files.ts';
import { basisOf, type BasisContext } from '../basis/basis.ts';
import { decideContainer, type ContainerDecision } from './container.ts';
import type { DecisionContext } from './context.ts';

/** What is decided about a container of the object. */
export type Decisions = (container: Container) => ContainerDecision;

/** What the containers of one object are decided with. */
export type Surroundings = BasisContext & Omit<DecisionContext, 'basisOf' | 'staysRoot'>;

/**
 * Decides containers, each once.
 *
 * @param containers all those of an object; the answers are for these alone
 */
export function decide(containers: readonly Container[], surroundings: Surroundings): Decisions {
  const { settings, facts, writes, writable } = surroundings;
  const bases = byContainer(containers, (container) =>
    basisOf(container, surroundings, (path) => mountedFiles(container, facts).find((file) => file.path === path)?.text),
  );
  const decisions = new Map<Container, ContainerDecision>();
  const decisionOf = (container: Container): ContainerDecision => {
    const decision = decisions.get(container) ?? decideContainer(container, context);
    decisions.set(container, decision);
    return decision;
  };
  const context: DecisionContext = {
    settings,
    facts,
    writes,
    writable,
    basisOf: bases,
    staysRoot: (one) => !decisionOf(one).isNonRoot,
  };
  return byContainer(containers, decisionOf);
}

function byContainer<T>(containers: readonly Container[], compute: (container: Container) => T): (container: Container) => T {
  const values = new Map<Container, T>();
  for (const container of containers) values.set(container, compute(container));
  return (container) => {
    const value = values.get(container);
    if (value === undefined) throw new Error(`container ${container.name} is of another object`);
    return value;
  };
}
