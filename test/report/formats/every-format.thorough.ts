/** Every format with 2,000 findings. */
import { suite } from '../../harness.ts';
import { testFormats } from './every-format.ts';
import { many } from './results.ts';

suite('report/formats: every format with much to say', (test) => {
  testFormats(test, { '2,000 findings': { result: many, words: [] } });
});
