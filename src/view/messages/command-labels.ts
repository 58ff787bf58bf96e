/**
 * Labels of commands on the buttons of pages. A label is the title that menus show, without the dots at its
 * end if no question follows the click.
 */
import * as l10n from '@vscode/l10n';
import type { CommandId } from '../command-ids';

/** The command whose label depends on the page: menus say "Cluster or Pod", a page says one of the two. */
export type LogsCommand = Extract<CommandId, 'slipway.code.showLogs'>;

/** The other commands that a page may offer. */
export type LabelledCommand = Extract<
  CommandId,
  | 'slipway.resources.refreshRow'
  | 'slipway.resources.openInConsole'
  | 'slipway.connection.signIn'
  | 'slipway.connection.editConfig'
  | 'slipway.connection.changeRegion'
  | 'slipway.code.deploy'
  | 'slipway.code.plan'
  | 'slipway.code.compare'
  | 'slipway.code.history'
  | 'slipway.code.rollBack'
  | 'slipway.workload.showSnippet'
  | 'slipway.nodegroup.update'
  | 'slipway.nodegroup.updateSeveral'
  | 'slipway.nodegroup.editUpdateSettings'
  | 'slipway.nodegroup.checkDrain'
  | 'slipway.nodegroup.history'
  | 'slipway.nodegroup.follow'
  | 'slipway.eksCluster.readiness'
  | 'slipway.eksCluster.copyKubernetesRole'
  | 'slipway.eksCluster.copyAccessCommands'
  | 'slipway.eksCluster.editEndpoints'
>;

/** A test compares each label with the title of its command, apart from the dots. */
export function commandLabel(command: LabelledCommand): string {
  switch (command) {
    case 'slipway.resources.refreshRow':
      return l10n.t('Refresh');
    case 'slipway.resources.openInConsole':
      return l10n.t('Open in AWS Console');
    case 'slipway.connection.signIn':
      return l10n.t('Sign In to AWS…');
    case 'slipway.connection.editConfig':
      return l10n.t('Edit AWS Config File');
    case 'slipway.connection.changeRegion':
      return l10n.t('Change Region of Connection…');
    case 'slipway.code.deploy':
      return l10n.t('Deploy Code…');
    case 'slipway.code.plan':
      return l10n.t('Plan Deployment…');
    case 'slipway.code.compare':
      return l10n.t('Compare Workspace with What Runs…');
    case 'slipway.code.history':
      return l10n.t('Show Deployments…');
    case 'slipway.code.rollBack':
      return l10n.t('Roll Back…');
    case 'slipway.workload.showSnippet':
      return l10n.t('Show Workload Snippet…');
    case 'slipway.nodegroup.update':
      return l10n.t('Update Node Group…');
    case 'slipway.nodegroup.updateSeveral':
      return l10n.t('Update Several Node Groups…');
    case 'slipway.nodegroup.editUpdateSettings':
      return l10n.t('Edit Update Settings…');
    case 'slipway.nodegroup.checkDrain':
      return l10n.t('Check Drain');
    case 'slipway.nodegroup.history':
      return l10n.t('Show Update History');
    case 'slipway.nodegroup.follow':
      return l10n.t('Follow Running Update');
    case 'slipway.eksCluster.readiness':
      return l10n.t('Show Upgrade Readiness');
    case 'slipway.eksCluster.copyKubernetesRole':
      return l10n.t('Copy Kubernetes Role…');
    case 'slipway.eksCluster.copyAccessCommands':
      return l10n.t('Copy Commands for Access');
    case 'slipway.eksCluster.editEndpoints':
      return l10n.t('Edit Endpoints of Clusters');
  }
}

/** A kdb cluster writes its own logs; the logs of a workload are those of its pods. */
export type LogsOwner = 'cluster' | 'pods';

export function logsLabel(owner: LogsOwner): string {
  return owner === 'pods' ? l10n.t('Pod Logs') : l10n.t('Cluster Logs');
}
