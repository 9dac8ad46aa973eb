/** The declaration of options: what it gives, and what TypeScript knows about it. */
import * as Type from 'typebox/type';
import { quantity } from '../../src/transform/quantity-schema.ts';
import { defaultsOf, listOptions, NO_OPTIONS, normalizeOptions, options, type OptionsOf } from '../../src/transform/options.ts';
import { assert, suite } from '../harness.ts';

const DECLARATION = options('An example.', {
  mode: Type.Enum(['fast', 'slow'], { default: 'slow', description: 'How it runs.' }),
  limits: options('The limits.', {
    memory: quantity({ default: '64Mi', description: 'Memory.' }),
    cpu: quantity({ default: null, description: 'CPU.' }),
  }),
  uid: Type.Union([Type.Literal('none'), Type.Integer()], { default: 5, description: 'The user.' }),
});

suite('transform: options', (test) => {
  test('a declaration gives the defaults, with their types', () => {
    const defaults: OptionsOf<typeof DECLARATION> = defaultsOf(DECLARATION);
    const memory: string | null = defaults.limits.memory;
    // @ts-expect-error the declaration has no such mode
    const isOther = defaults.mode === 'other';
    assert.equal([memory, isOther], ['64Mi', false]);
    assert.equal(defaults, { mode: 'slow', limits: { memory: '64Mi', cpu: null }, uid: 5 });
    assert.equal(defaultsOf(NO_OPTIONS), {});
  });

  test('it requires no option and takes no other', () => {
    const schema = JSON.parse(JSON.stringify(DECLARATION));
    assert.equal([schema.required, schema.properties.limits.required], [undefined, undefined]);
    assert.equal([schema.additionalProperties, schema.properties.limits.additionalProperties], [false, false]);
  });

  test('options are listed in the order of the declaration', () => {
    assert.equal(
      listOptions(DECLARATION).map(({ keys }) => keys.join('.')),
      ['mode', 'limits.memory', 'limits.cpu', 'uid'],
    );
    assert.equal(listOptions(NO_OPTIONS), []);
  });

  test('numbers become texts where a text is expected, and only there', () => {
    const given = { limits: { cpu: 2, memory: null }, uid: 7 };
    assert.equal(normalizeOptions(DECLARATION, given), { limits: { cpu: '2', memory: null }, uid: 7 });
  });
});
