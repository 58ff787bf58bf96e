/** What each command was about to do, for "Could not …". */
import type { CommandId } from '../command-ids';
import type { Translate } from './translate';

export function deedOf(id: CommandId, t: Translate): string {
  switch (id) {
    case 'slipway.connection.add':
      return t('add the connection');
    case 'slipway.connection.openSandbox':
      return t('open the sandbox');
    case 'slipway.connection.remove':
      return t('remove the connection');
    case 'slipway.resources.refresh':
    case 'slipway.resources.refreshRow':
    case 'slipway.resources.loadMore':
    case 'slipway.resources.showAttention':
    case 'slipway.resources.showAll':
      return t('read the resources');
    case 'slipway.resources.copyName':
      return t('copy the name');
    case 'slipway.resources.openInConsole':
    case 'slipway.operation.openInConsole':
      return t('open the AWS console');
    case 'slipway.code.deploy':
    case 'slipway.code.deployAgain':
    case 'slipway.code.deploySeveral':
      return t('deploy the code');
    case 'slipway.code.plan':
      return t('plan the deployment');
    case 'slipway.code.compare':
      return t('compare with the deployed code');
    case 'slipway.code.history':
      return t('read the deployments');
    case 'slipway.code.rollBack':
      return t('roll back');
    case 'slipway.code.saveAsTarget':
      return t('save the target');
    case 'slipway.code.showLogs':
      return t('read the logs');
    case 'slipway.nodegroup.update':
    case 'slipway.nodegroup.updateSeveral':
      return t('update the node group');
    case 'slipway.nodegroup.editUpdateSettings':
      return t('change the update settings');
    case 'slipway.nodegroup.history':
      return t('read the updates');
    case 'slipway.nodegroup.follow':
      return t('follow the running update');
    case 'slipway.eksCluster.readiness':
    case 'slipway.eksCluster.exportReadiness':
      return t('find out the upgrade readiness');
    case 'slipway.operation.goOn':
      return t('go on with the batch');
    case 'slipway.operation.endBatch':
      return t('end the batch');
    case 'slipway.operation.show':
      return t('show the operation');
    case 'slipway.operation.follow':
      return t('follow the operation');
    case 'slipway.operation.stopWatching':
      return t('stop watching');
    case 'slipway.operation.retry':
      return t('try again');
    case 'slipway.operation.copyCli':
      return t('copy the command line');
    case 'slipway.operations.filter':
      return t('filter the operations');
    case 'slipway.operations.export':
      return t('export the audit trail');
    case 'slipway.onSave.toggle':
      return t('switch deploy on save');
    case 'slipway.log.show':
      return t('show the log');
    case 'slipway.menu':
      return t('show the menu');
  }
}
