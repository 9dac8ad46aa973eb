/** The validator that the program itself uses. */
export { validate, type Violation } from '../src/config/check/validate.ts';
