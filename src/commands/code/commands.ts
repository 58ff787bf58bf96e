/** Every command about code on kdb clusters and workloads: from a row or from the palette. */
import type { CommandHandlers } from '../../view/command-ids';
import { operationOf } from '../../view/operations/node';
import { nodeOf } from '../arguments';
import { compareWithDeployed } from './compare';
import { deploy, deployAgain, showPlan } from './deploy';
import type { HistoryDeps } from './history/history-steps';
import { showDeployments } from './history/show';
import { type LogDeps, showLogs, showLogsOf } from './logs';
import { rollBack, rollBackOperation } from './roll-back';
import { deploySeveral, type SeveralDeps } from './several/deploy-several';
import { saveAsTarget } from './targets/save';

export type CodeCommands = Pick<
  CommandHandlers,
  | 'slipway.code.deploy'
  | 'slipway.code.plan'
  | 'slipway.code.deployAgain'
  | 'slipway.code.deploySeveral'
  | 'slipway.code.compare'
  | 'slipway.code.history'
  | 'slipway.code.rollBack'
  | 'slipway.code.saveAsTarget'
  | 'slipway.code.showLogs'
>;

export interface CodeDeps extends HistoryDeps, SeveralDeps, LogDeps {}

export function codeCommands(deps: CodeDeps): CodeCommands {
  return {
    'slipway.code.deploy': (row) => deploy(nodeOf(row), deps),
    'slipway.code.plan': (row) => showPlan(nodeOf(row), deps),
    'slipway.code.deployAgain': () => deployAgain(deps),
    'slipway.code.deploySeveral': () => deploySeveral(deps),
    'slipway.code.compare': (row) => compareWithDeployed(nodeOf(row), deps),
    'slipway.code.history': (row) => showDeployments(nodeOf(row), deps),
    'slipway.code.rollBack': async (row) => {
      const operation = operationOf(row);
      await (operation ? rollBackOperation(operation, deps) : rollBack(nodeOf(row), deps));
    },
    'slipway.code.saveAsTarget': async (row) => {
      const operation = operationOf(row);
      if (operation) await saveAsTarget(operation, deps);
    },
    'slipway.code.showLogs': async (row) => {
      const operation = operationOf(row);
      await (operation ? showLogsOf(operation, deps) : showLogs(nodeOf(row), deps));
    },
  };
}
