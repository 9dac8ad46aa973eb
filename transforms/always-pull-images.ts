import { shared } from '../src/transform/messages.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';
import { member } from '../src/util/json.ts';

/** `imagePullPolicy: Always`, as the admission plugin AlwaysPullImages sets it. */
export const alwaysPullImages = defineTransform(
  {
    id: 'always-pull-images',
    title: 'Ask the registry at each start',
    description: 'Sets `imagePullPolicy: Always` on every container, as the admission plugin AlwaysPullImages does.',
    rationale:
      'An image that is on the node already starts for whoever names it. Asked at each start, the registry checks the credentials of the pod; layers that are there are not loaded again.',
    breaks: 'A pod does not start while its registry cannot be reached, or when its image was only loaded onto the node.',
    target: 'container',
    fields: { imagePullPolicy: '1.0' },
    references: {
      cis: ['1.2.11'],
      kubeScore: ['container-image-pull-policy'],
      checkov: ['CKV_K8S_15'],
    },
    safety: 'may-break',
    profiles: ['strict'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      pull: 'the registry checks at each start whether the pod may use the image',
      ...shared('explicit-value'),
    },
  },
  function* ({ value, pointer }, { settings }) {
    const given = member(value, 'imagePullPolicy') ?? undefined;
    const path = '/imagePullPolicy';
    if (given === undefined) yield { message: 'pull', ops: [{ op: 'add', path, value: 'Always' }] };
    else if (given === 'Never' && !settings.override)
      yield { message: 'explicit-value', data: { field: 'imagePullPolicy: Never' }, at: `${pointer}${path}` };
    else if (given === 'Never' || given === 'IfNotPresent')
      yield { message: 'pull', ops: [{ op: 'replace', path, was: given, value: 'Always' }] };
  },
);
