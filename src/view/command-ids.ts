/** Every command of Slipway, once. A test compares the list with package.json. */

export const COMMAND_IDS = [
  'slipway.connection.add',
  'slipway.connection.openSandbox',
  'slipway.connection.remove',
  'slipway.connection.signIn',
  'slipway.connection.editConfig',
  'slipway.connection.changeRegion',
  'slipway.resources.refresh',
  'slipway.resources.refreshRow',
  'slipway.resources.tryAgain',
  'slipway.resources.open',
  'slipway.resources.showAttention',
  'slipway.resources.showAll',
  'slipway.resources.loadMore',
  'slipway.workloads.toggleOthers',
  'slipway.resources.copyName',
  'slipway.resources.openInConsole',
  'slipway.code.deploy',
  'slipway.code.plan',
  'slipway.code.deployAgain',
  'slipway.code.deploySeveral',
  'slipway.code.compare',
  'slipway.code.history',
  'slipway.code.rollBack',
  'slipway.code.saveAsTarget',
  'slipway.code.showLogs',
  'slipway.nodegroup.update',
  'slipway.nodegroup.updateSeveral',
  'slipway.nodegroup.editUpdateSettings',
  'slipway.nodegroup.checkDrain',
  'slipway.nodegroup.askDrain',
  'slipway.nodegroup.history',
  'slipway.eksCluster.readiness',
  'slipway.nodegroup.follow',
  'slipway.eksCluster.exportReadiness',
  'slipway.eksCluster.copyKubernetesRole',
  'slipway.workload.showSnippet',
  'slipway.eksCluster.copyAccessCommands',
  'slipway.eksCluster.editEndpoints',
  'slipway.operation.goOn',
  'slipway.operation.endBatch',
  'slipway.operation.show',
  'slipway.operation.follow',
  'slipway.operation.stopWatching',
  'slipway.operation.retry',
  'slipway.operation.copyCli',
  'slipway.operation.openInConsole',
  'slipway.operations.filter',
  'slipway.operations.export',
  'slipway.onSave.toggle',
  'slipway.page.keep',
  'slipway.log.show',
  'slipway.menu',
  'slipway.walkthrough.open',
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];

/**
 * Runs a command. From the palette, VS Code passes no arguments; from a row, it passes the row and,
 * where several rows can be selected, the list of selected rows.
 */
export type CommandHandler = (...args: readonly unknown[]) => Promise<void>;

export type CommandHandlers = { readonly [id in CommandId]: CommandHandler };
