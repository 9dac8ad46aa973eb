/** When an object is applied: the hooks and waves of Helm and Argo CD. */
import type { JsonObject } from '../util/json.ts';

const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'];
const WAVE = 'argocd.argoproj.io/sync-wave';
/** The hooks that run while the ordinary objects of their release are there (Helm, "Chart Hooks"; Argo CD, "Resource Hooks"). */
const DURING = new Set(['post-install', 'post-upgrade', 'post-rollback', 'pre-delete', 'test', 'test-success', 'PostSync']);

/**
 * True when an object is there by the time that another one needs it, told from the annotations of both. A hook may be deleted
 * as soon as it is done, so that nothing can rely on it.
 */
export function isThereBefore(object: JsonObject, other: JsonObject): boolean {
  return eventsOf(object).length === 0 && eventsOf(other).every((event) => DURING.has(event)) && waveOf(object) <= waveOf(other);
}

function eventsOf(annotations: JsonObject): string[] {
  return HOOKS.flatMap((key) => String(annotations[key] ?? '').split(',')).flatMap((event) => event.trim() || []);
}

/** The wave of an object without a readable one is 0 (Argo CD, "Sync Phases and Waves"). */
function waveOf(annotations: JsonObject): number {
  return Number(annotations[WAVE] ?? 0) || 0;
}
