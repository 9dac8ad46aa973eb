/** What Helm wants of a post-renderer. */

/**
 * The output for an empty input: empty too, except for Helm 4, which refuses an empty output. It gets a comment, so that a chart that
 * renders nothing can still be installed. Only Helm 4 runs post-renderers as plugins, and tells them their name in HELM_PLUGIN_NAME.
 */
export function outputForEmptyInput(environment: Readonly<Record<string, string | undefined>>): string {
  return environment['HELM_PLUGIN_NAME'] === undefined ? '' : '# The chart rendered nothing.\n';
}
