/** The options with which the AWS CLI uses a connection's profile, region and endpoint. */
import type { Aws } from '../aws/contract';
import type { Connection } from '../model/connection';
import type { CliOptions } from '../operations/cli';

/**
 * For the same credentials as Slipway uses. Keys of the environment belong to no profile: naming one would make the CLI
 * look for them in the files, where they are not.
 */
export async function cliPlace(
  { source, region }: Pick<Connection, 'source' | 'region'>,
  aws: Pick<Aws, 'profiles' | 'sandbox'>,
): Promise<CliOptions> {
  if (source.kind === 'sandbox') {
    return { region, endpointUrl: (await aws.sandbox(new AbortController().signal)).url };
  }
  const known = (await aws.profiles(false)).find(({ name }) => name === source.profile);
  return known?.sources.includes('environment') ? { region } : { region, profile: source.profile };
}
