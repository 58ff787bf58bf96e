/** What each command does, as the rest of a sentence that begins with "Could not". */
import * as l10n from '@vscode/l10n';
import type { CommandId } from '../command-ids';

export function commandAction(id: CommandId): string {
  switch (id) {
    case 'slipway.connection.add':
      return l10n.t('add the connection');
    case 'slipway.connection.openSandbox':
      return l10n.t('open the sandbox');
    case 'slipway.connection.remove':
      return l10n.t('remove the connection');
    case 'slipway.connection.signIn':
      return l10n.t('sign in');
    case 'slipway.connection.editConfig':
      return l10n.t('open the AWS config file');
    case 'slipway.connection.changeRegion':
      return l10n.t('change the region');
    case 'slipway.resources.open':
      return l10n.t('open the page');
    case 'slipway.resources.refresh':
    case 'slipway.resources.refreshRow':
    case 'slipway.resources.tryAgain':
    case 'slipway.resources.loadMore':
    case 'slipway.workloads.toggleOthers':
    case 'slipway.resources.showAttention':
    case 'slipway.resources.showAll':
      return l10n.t('read the resources');
    case 'slipway.resources.copyName':
      return l10n.t('copy the name');
    case 'slipway.resources.openInConsole':
    case 'slipway.operation.openInConsole':
      return l10n.t('open the AWS console');
    case 'slipway.code.deploy':
    case 'slipway.code.deployAgain':
    case 'slipway.code.deploySeveral':
      return l10n.t('deploy the code');
    case 'slipway.code.plan':
      return l10n.t('plan the deployment');
    case 'slipway.code.compare':
      return l10n.t('compare with the deployed code');
    case 'slipway.code.history':
      return l10n.t('read the deployments');
    case 'slipway.code.rollBack':
      return l10n.t('roll back');
    case 'slipway.code.saveAsTarget':
      return l10n.t('save the target');
    case 'slipway.code.showLogs':
      return l10n.t('read the logs');
    case 'slipway.nodegroup.update':
    case 'slipway.nodegroup.updateSeveral':
      return l10n.t('update the node group');
    case 'slipway.nodegroup.editUpdateSettings':
      return l10n.t('change the update settings');
    case 'slipway.nodegroup.checkDrain':
      return l10n.t('find out what would hold the drain');
    case 'slipway.nodegroup.askDrain':
      return l10n.t('ask the API server');
    case 'slipway.nodegroup.history':
      return l10n.t('read the updates');
    case 'slipway.nodegroup.follow':
      return l10n.t('follow the running update');
    case 'slipway.eksCluster.readiness':
    case 'slipway.eksCluster.exportReadiness':
      return l10n.t('find out the upgrade readiness');
    case 'slipway.eksCluster.copyKubernetesRole':
      return l10n.t('copy the Kubernetes role');
    case 'slipway.workload.showSnippet':
      return l10n.t('show what a workload needs to carry code');
    case 'slipway.eksCluster.copyAccessCommands':
      return l10n.t('copy the commands');
    case 'slipway.eksCluster.editEndpoints':
      return l10n.t('open the setting');
    case 'slipway.operation.goOn':
      return l10n.t('go on with what waits');
    case 'slipway.operation.endBatch':
      return l10n.t('end what waits');
    case 'slipway.operation.show':
      return l10n.t('show the operation');
    case 'slipway.operation.follow':
      return l10n.t('follow the operation');
    case 'slipway.operation.stopWatching':
      return l10n.t('stop watching');
    case 'slipway.operation.retry':
      return l10n.t('try again');
    case 'slipway.operation.copyCli':
      return l10n.t('copy the command line');
    case 'slipway.operations.filter':
      return l10n.t('filter the operations');
    case 'slipway.operations.export':
      return l10n.t('export the audit trail');
    case 'slipway.onSave.toggle':
      return l10n.t('switch deploy on save');
    case 'slipway.page.keep':
      return l10n.t('keep the page open');
    case 'slipway.log.show':
      return l10n.t('show the log');
    case 'slipway.menu':
      return l10n.t('show the menu');
    case 'slipway.walkthrough.open':
      return l10n.t('open the walkthrough');
  }
}
