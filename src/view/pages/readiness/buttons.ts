/** Ids of the buttons of a cluster's readiness; those about a node group end with its name. */
export const READINESS_BUTTON = {
  refresh: 'refresh',
  tryAgain: 'try-again',
  export: 'export',
  signIn: 'sign-in',
  console: 'console',
  insights: 'insights',
  update: 'update:',
  health: 'health:',
  drain: 'drain:',
} as const;
