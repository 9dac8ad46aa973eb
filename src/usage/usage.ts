/** What containers use, as the user gives it: measured in pods, or recommended for workloads. */

/** Quantities as Kubernetes writes them, such as `43m` and `117Mi`. */
export interface UsedAmounts {
  readonly cpu?: string;
  readonly memory?: string;
}

interface SourceOfUsage {
  /** Undefined where the source does not say it: then it may be any. */
  readonly namespace?: string;
  readonly container: string;
  /** Where it comes from, for people: `kubectl top in top.txt`. */
  readonly source: string;
  /** The day of the source, as `2026-11-20`. */
  readonly date?: string;
}

/** What one container of one pod used. */
export interface MeasuredUsage extends SourceOfUsage {
  readonly pod: string;
  readonly used: UsedAmounts;
  /** `moment`: what it used when it was asked for; `period`: the most that it used over a time. */
  readonly span: 'moment' | 'period';
}

/** What a VerticalPodAutoscaler recommends for one container of a workload. */
export interface RecommendedUsage extends SourceOfUsage {
  readonly workload: { readonly kind: string; readonly name: string };
  readonly target: UsedAmounts;
  readonly upperBound: UsedAmounts;
  /** True when the autoscaler sets the requests itself, and scales a limit with them. */
  readonly scalesLimits: boolean;
}

export type ContainerUsage = MeasuredUsage | RecommendedUsage;
