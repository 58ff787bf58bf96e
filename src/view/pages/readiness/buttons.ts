/** Ids of the buttons that a cluster's readiness has beside those of what is read; those about a node group end with its name. */
export const READINESS_BUTTON = {
  export: 'export',
  console: 'console',
  insights: 'insights',
  update: 'update:',
  health: 'health:',
  drain: 'drain:',
} as const;
