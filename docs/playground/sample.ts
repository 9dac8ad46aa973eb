/** What the playground begins with. */
import { SAMPLES } from '../../src/report/explain/samples.ts';

export const SAMPLE = {
  name: 'web.yaml',
  text: `# Paste your own manifests here, or drop files on the page.\n${SAMPLES['web.yaml']}`,
};
