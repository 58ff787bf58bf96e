/** Buttons of the row which says that a cluster denies access or cannot be reached. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { accessEntryCommands, roleArnCommand } from '../../model/access-commands';
import { nameInArn } from '../../model/access-principal';
import type { Failure } from '../../model/failure';
import { isEntryPossible } from '../../view/messages/kubernetes-access';
import type { NodegroupDeps } from './deps';

/** Copies the commands with which an administrator gives the user access to the cluster. */
export async function copyAccessCommands(
  failure: Failure,
  { notify }: Pick<NodegroupDeps, 'notify'>,
): Promise<void> {
  if (!isEntryPossible(failure)) return;
  const { cluster, access } = failure;
  const { arn, pathKnown } = access.principal;
  const role = nameInArn(arn);
  const lines = [
    ...(pathKnown ? [] : [`# ${roleArnCommand(role)}`]),
    ...accessEntryCommands(access.clusterArn, arn),
  ];
  await vscode.env.clipboard.writeText(`${lines.join('\n')}\n`);
  await notify.succeeded(
    pathKnown
      ? l10n.t('The commands that let you into {0} are on the clipboard, for an administrator of it.', {
          0: cluster,
        })
      : l10n.t(
          'The commands that let you into {0} are on the clipboard, for an administrator of it. The path of the role is not known here: the first line tells how to find its whole ARN.',
          { 0: cluster },
        ),
  );
}

/** Opens the setting with the tunnels to clusters. */
export async function editEndpoints(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', 'slipway.kubernetes.endpoints');
}
