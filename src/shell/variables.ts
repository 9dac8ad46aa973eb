/** Variables in scripts whose values are known before they run. */
import { asksForUser } from './step-down.ts';

const VARIABLE = /\$(?:(\w+)|\{(\w+)\})/g;

/** The text of a shell with the values that are known; what it sets itself stays as it is. */
export function expandShell(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(VARIABLE, (whole: string, plain: string | undefined, braced: string | undefined) => {
    const value = valueOf(plain ?? braced ?? '');
    return value !== undefined && /^[\w./:@%+=,-]*$/.test(value) ? value : whole;
  });
}

/**
 * A script with the variables of its image. HOME is that of the user that starts it, unless the script may become another user.
 *
 * @param home undefined where nobody knows it
 */
export function withVariables(script: string, env: ReadonlyMap<string, string>, home: string | undefined): string {
  const known = asksForUser([script]) ? undefined : home;
  return expandShell(script, (name) => env.get(name) ?? (name === 'HOME' ? known : undefined));
}
