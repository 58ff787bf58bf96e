/** Ids of the buttons of a readiness page, beside those of `READ_BUTTON`; after a colon follows the node group's name. */
export const READINESS_BUTTON = {
  export: 'export',
  console: 'console',
  insights: 'insights',
  update: 'update:',
  health: 'health:',
  drain: 'drain:',
} as const;
