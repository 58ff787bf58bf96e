/** The code that a target of any kind runs: where it lies, and how it is started. */

/** Where code lies in S3. */
export interface CodeLocation {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

export interface CommandLineArgument {
  readonly key: string;
  readonly value: string;
}

/** Everything that a code update replaces. */
export interface CodeConfiguration {
  /** Absent: the target has no code so far. */
  readonly code?: CodeLocation;
  /** Path inside the zip. */
  readonly initializationScript?: string;
  readonly commandLineArguments: readonly CommandLineArgument[];
}
