/** What Helm wants of a post-renderer. */

/**
 * What goes out when nothing came in: nothing; but Helm 4, which refuses an empty output, gets a comment, so that a chart that
 * renders nothing still installs. Only Helm 4 runs post-renderers as plugins, and plugins know their names.
 */
export function outputForEmptyInput(environment: Readonly<Record<string, string | undefined>>): string {
  return environment['HELM_PLUGIN_NAME'] === undefined ? '' : '# The chart rendered nothing.\n';
}
