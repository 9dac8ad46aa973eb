import { serviceLink } from '../src/decisions/container/service-links.ts';
import { shared } from '../src/transform/messages.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';
import { path } from '../src/util/json.ts';

/** `enableServiceLinks: false`, unless something shows that the variables are used. */
export const noServiceLinks = defineTransform(
  {
    id: 'no-service-links',
    title: 'Set no variables for Services',
    description: 'Sets `enableServiceLinks: false` on the pod, unless something in it reads the variables of a Service.',
    rationale:
      'Each Service of the namespace puts its address into the environment of every pod: whoever breaks in sees what else is there, a pod can fail to start where there are thousands, and a Service can take the name of a variable of the program.',
    breaks:
      'A program that finds another by variables such as REDIS_SERVICE_HOST no longer finds it; the name of the Service does.',
    target: 'pod',
    fields: { enableServiceLinks: '1.13' },
    references: {},
    safety: 'safe',
    profiles: ['strict'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      unlink: 'nothing shows that the workload reads the variables of Services',
      'uses-service-links':
        'reads the variable {variable} of a Service, so these variables stay: use the name of the Service instead',
      ...shared('explicit-value'),
    },
  },
  function* (pod, context) {
    const at = '/spec/enableServiceLinks';
    const current = path(pod.spec, 'enableServiceLinks') ?? undefined;
    if (current === false) return;
    for (const container of pod.containers) {
      const link = serviceLink(container, context.facts);
      if (link) return yield { message: 'uses-service-links', data: { variable: link.variable }, container, at: link.at };
    }
    const safety = pod.containers.every((container) => context.decide(container).isKnown) ? 'safe' : 'may-break';
    if (current === undefined) yield { message: 'unlink', safety, ops: [{ op: 'add', path: at, value: false }] };
    else if (context.settings.override)
      yield { message: 'unlink', safety, ops: [{ op: 'replace', path: at, was: current, value: false }] };
    else yield { message: 'explicit-value', data: { field: 'enableServiceLinks: true' }, at };
  },
);
