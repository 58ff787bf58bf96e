/** The code that a target runs, whatever kind of target it is: where it lies, and what it is started with. */

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

/** The whole of what a code update replaces. */
export interface CodeConfiguration {
  /** Absent: the target has no code so far. */
  readonly code?: CodeLocation;
  /** Path inside the zip. */
  readonly initializationScript?: string;
  readonly commandLineArguments: readonly CommandLineArgument[];
}
