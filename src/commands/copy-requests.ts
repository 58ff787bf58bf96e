/** "Copy as CLI" of a plan: its requests as commands for a shell, in the order in which they are sent. */

import * as l10n from '@vscode/l10n';
import type { Aws } from '../aws/contract';
import type { Connection } from '../model/connection';
import type { Json } from '../model/json';
import type { NodegroupPlan } from '../nodegroup/plan/plan';
import { recordJson } from '../nodegroup/plan/record';
import { awsCli, type CliOptions } from '../operations/cli';
import { copyText } from '../view/message';
import { targetKinds } from './target-kinds';

export interface CopiedRequest {
  /** The name of the service in plans. */
  readonly service: string;
  readonly operation: string;
  readonly input: Json;
  /** Paths of the members whose values are known only when the request is sent. */
  readonly later?: readonly string[];
}

/** The requests of one plan, and the connection through which they are sent. */
export interface CopiedPlan {
  readonly connection: Connection;
  readonly requests: readonly CopiedRequest[];
}

/** Copies the requests of plans as commands; several plans in the order in which they run. */
export type CopyRequests = (plans: readonly CopiedPlan[]) => Promise<void>;

/** A placeholder for the zip, which is packed only when the plan is carried out. */
const ZIP = 'code.zip';

export function copyingRequests(loadAws: () => Promise<Pick<Aws, 'profiles' | 'sandbox'>>): CopyRequests {
  return async (plans) => {
    const aws = await loadAws();
    const commands: string[] = [];
    for (const { connection, requests } of plans)
      commands.push(commandsOf(requests, await cliPlace(connection, aws)));
    await copyText(commands.join('\n\n'));
  };
}

/**
 * The requests as commands, without the upload of Slipway's own record: the record's name is known only when
 * a deployment begins.
 */
export function commandsOf(requests: readonly CopiedRequest[], place: CliOptions): string {
  const sent = requests.filter(({ later = [] }) => !later.includes('Key'));
  const packs = sent.some(({ later = [] }) => later.includes('Body'));
  return [
    ...(packs ? [l10n.t('# {0} stands for a zip of the folder.', { 0: ZIP })] : []),
    ...sent.map(({ service, operation, input, later = [] }) =>
      commandOf(
        { service: service === 's3' ? 's3api' : service, operation, input },
        { ...place, ...(later.includes('Body') && { flags: { body: ZIP } }) },
      ),
    ),
  ].join('\n');
}

/**
 * The command for a request. Each kind of target writes the commands for its own service; those for all
 * other services are commands of the AWS CLI.
 */
function commandOf(request: Omit<CopiedRequest, 'later'>, options: CliOptions): string {
  const kind = targetKinds.all.find(({ service }) => service === request.service);
  return kind === undefined ? awsCli(request, options) : kind.command(request, options);
}

/** The request of a planned update of a node group. */
export function updateRequest({ request }: Pick<NodegroupPlan, 'request'>): CopiedRequest {
  return { service: 'eks', operation: 'UpdateNodegroupVersion', input: recordJson(request) };
}

/**
 * Options that make the CLI send its requests to the connection's region with the same credentials as
 * Slipway, or to the sandbox. Keys from environment variables belong to no profile: if a profile were
 * named, the CLI would search for the keys in the files, which do not contain them.
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
