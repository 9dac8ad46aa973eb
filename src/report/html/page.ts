/** The frame of a page that needs nothing but itself: no request is allowed, and only its own style and script run. */
import { STYLES } from './styles.ts';

/** What stands before the content of a page and after it. */
export interface Frame {
  /** Ends inside of `body`, after a link to the content, which is the element with the id `content`; the title is plain text of ours. */
  head(title: string): string;
  readonly foot: string;
}

/** What a page has of its own. */
export interface PageParts {
  /** Rules that come after the common ones. */
  readonly styles: string;
  /** What runs at the end of the page. */
  readonly script: string;
  /** True when the script starts workers from texts; they are bound by the same policy. Default: false. */
  readonly hasWorkers?: boolean;
}

/**
 * Makes the frame.
 *
 * @see https://www.w3.org/TR/CSP3/#strict-csp for the policy
 */
export async function pageFrame({ styles, script, hasWorkers = false }: PageParts): Promise<Frame> {
  const css = STYLES + styles;
  const sources = { 'style-src': await hashOf(css), 'script-src': await hashOf(script) };
  const own = Object.entries(sources).map(([name, hash]) => `${name} '${hash}'`);
  const others = ['img-src data:', ...(hasWorkers ? ['worker-src blob:'] : []), "base-uri 'none'", "form-action 'none'"];
  const policy = ["default-src 'none'", ...own, ...others].join('; ');
  return {
    head: (title) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${css}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
`,
    foot: `<script>${script}</script>\n</body>\n</html>\n`,
  };
}

/** The hash of a text as the policy names it. */
async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
