/** Ids of the buttons on the page of a plan. One that ends with a colon is the beginning of ids. */
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
