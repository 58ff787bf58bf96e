/** Ids of the buttons that every plan has; those of others begin with what they do. */
export const BUTTON = {
  again: 'again',
  go: 'go',
  change: 'change',
  copy: 'copy',
  cancel: 'cancel',
  operation: 'operation',
  step: 'step:',
  preview: 'preview:',
  override: 'override:',
  file: 'file:',
} as const;
