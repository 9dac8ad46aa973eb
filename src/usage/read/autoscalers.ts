/** VerticalPodAutoscalers as `kubectl get vpa -o yaml` and `-o json` print them: a list, one, or a stream. */
import { kindsOf } from '../../kubernetes/kinds.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import { objectsIn } from '../../kubernetes/read-object.ts';
import { itemsAt, path, stringAt, type JsonObject } from '../../util/json.ts';
import { isBlank, isParsed, locateValue, parseYaml, splitStream } from '../../yaml/index.ts';
import { recommendationsOf, type AutoscalerOrigin } from '../autoscaler.ts';
import type { RecommendedUsage } from '../usage.ts';
import { UsageProblem } from './problem.ts';

const RECOMMENDATIONS = ['status', 'recommendation', 'containerRecommendations'] as const;

/**
 * What they recommend. Objects of other kinds are left out.
 *
 * @throws UsageProblem for what is no YAML or JSON, for an amount that is no quantity, and where no autoscaler is found
 */
export function readAutoscalers(text: string, origin: AutoscalerOrigin): RecommendedUsage[] {
  let autoscalers = 0;
  const found: RecommendedUsage[] = [];
  for (const { start, end } of splitStream(text)) {
    const slice = text.slice(start, end);
    if (isBlank(slice)) continue;
    const parsed = parseYaml(slice);
    if (!isParsed(parsed)) throw new UsageProblem(start + parsed.offset, parsed.message);
    for (const { value, pointer } of objectsIn(parsed.value, kindsOf())) {
      if (stringAt(value, 'kind') !== 'VerticalPodAutoscaler') continue;
      autoscalers++;
      const wrong = wrongAmount(value);
      if (wrong)
        throw new UsageProblem(start + locateValue(parsed, pointer + wrong), 'this is no quantity: write it as 43m or 117Mi');
      found.push(...recommendationsOf(value, origin));
    }
  }
  if (autoscalers === 0) throw new UsageProblem(0, 'no VerticalPodAutoscaler: give what kubectl get vpa -A -o yaml prints');
  if (found.length === 0)
    throw new UsageProblem(0, 'no VerticalPodAutoscaler has a recommendation yet: wait for status.recommendation');
  return found;
}

/** JSON Pointer to a recommended amount that cannot be read. */
function wrongAmount(autoscaler: JsonObject): string | undefined {
  for (const [index, one] of itemsAt(autoscaler, ...RECOMMENDATIONS).entries()) {
    for (const field of ['target', 'upperBound']) {
      for (const resource of ['cpu', 'memory']) {
        const amount = path(one, field, resource);
        if (amount !== undefined && !parseQuantity(amount)) return `/${RECOMMENDATIONS.join('/')}/${index}/${field}/${resource}`;
      }
    }
  }
  return undefined;
}
