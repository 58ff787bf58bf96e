/** The exit codes of the scripts in Slipway's Kubernetes snippet; docs/kubernetes.md explains the snippet. */

/** The meaning of each of the scripts' own exit codes. Exit codes of shells and of signals are not listed. */
export const EXIT_CODES = {
  10: 'wrong-settings',
  11: 'refused-annotations',
  12: 'denied',
  13: 'missing-version',
  14: 'wrong-digest',
  15: 'no-space',
  16: 'no-credentials',
  17: 's3-unreachable',
  20: 'no-zip',
  21: 'refused-names',
  30: 'missing-script',
  31: 'refused-arguments',
} as const;
