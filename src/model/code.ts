/** The code that a target of any kind runs: its location, and how it is started. */

/** The location of code in S3. */
export interface CodeLocation {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

export interface CommandLineArgument {
  readonly key: string;
  readonly value: string;
}

/** All settings of a target that a code update replaces. */
export interface CodeConfiguration {
  /** Absent: the target has no code yet. */
  readonly code?: CodeLocation;
  /** Path inside the zip. */
  readonly initializationScript?: string;
  readonly commandLineArguments: readonly CommandLineArgument[];
}
