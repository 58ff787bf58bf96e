/** The questions of wizards that a problem of a plan can lead back to. */
export type StepName =
  | 'connection'
  | 'source'
  | 'bucket'
  | 'order'
  | 'zip'
  | 'prefix'
  | 'strategy'
  | 'script'
  | 'arguments'
  | 'template'
  | 'version'
  | 'release'
  | 'force'
  | 'amount';
