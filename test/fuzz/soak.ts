/** The fuzzer as a part of the soak. */
import type { SoakPart } from '../soak.ts';
import { run } from './fuzz.ts';

export const fuzzer: SoakPart = {
  name: 'fuzzer',
  async run(deadline, seed, folder) {
    const { passed, failed } = await run({ ...(folder === undefined ? {} : { folder }), deadline, seed });
    const failure = failed === 0 ? undefined : `${failed} of them: see above`;
    return [{ name: 'broken manifests are left alone or hardened rightly', cases: passed + failed, failure }];
  },
};
