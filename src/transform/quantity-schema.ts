/** The JSON Schema of a quantity in a configuration. */
import * as Type from 'typebox/type';

/** What a quantity declares besides its syntax. */
interface QuantityOptions {
  readonly default: string | null;
  readonly description: string;
}

/**
 * Declares an option that holds a quantity, or null for none. It may be written as a number, and is a text for its reader.
 * Quantities are not negative; otherwise their syntax is that of the API server (`parseQuantity`).
 */
export function quantity(options: QuantityOptions): Type.TUnsafe<string | null> {
  return Type.Unsafe<string | null>({
    title: 'a quantity such as 100m, 0.5 or 64Mi, or null for none',
    type: ['string', 'number', 'null'],
    minimum: 0,
    pattern: '^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$',
    ...options,
  });
}
