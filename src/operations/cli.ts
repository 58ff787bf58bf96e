/** Writes a request as the command that sends it with the AWS CLI. */
import { present } from '../model/present';
import { shellWord } from '../model/shell-command';
import type { SentRequest } from './operation';

export interface CliOptions {
  readonly region: string;
  readonly profile?: string;
  /** Needed for the sandbox, and for any other endpoint that is not AWS's own. */
  readonly endpointUrl?: string;
  /** Further options by name without dashes, e.g. `body`: the path of the file that `put-object` uploads. */
  readonly flags?: Readonly<Record<string, string>>;
}

/**
 * A command for a POSIX shell, on one line unless a value contains a line end. `service` is the CLI's name of the
 * service; for the operations of S3 it is `s3api`.
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html
 */
export function awsCli(
  { service, operation, input }: Pick<SentRequest, 'service' | 'operation' | 'input'>,
  { region, profile, endpointUrl, flags = {} }: CliOptions,
): string {
  const options = {
    'cli-input-json': JSON.stringify(input),
    ...flags,
    region,
    ...present({ profile, 'endpoint-url': endpointUrl }),
  };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  return ['aws', service, commandName(operation), ...words].map(shellWord).join(' ');
}

/**
 * An operation's name in the CLI's spelling: `UpdateNodegroupVersion` is `update-nodegroup-version`.
 * @see https://github.com/boto/botocore/blob/develop/botocore/__init__.py (xform_name)
 */
function commandName(operation: string): string {
  return operation
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
