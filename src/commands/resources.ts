/** Commands about rows of the Resources view, and the command that shows the log. */
import * as vscode from 'vscode';
import type { CommandHandlers } from '../view/command-ids';
import type { Log } from '../view/log';
import { withViewProgress } from '../view/progress';
import { consoleOfThing } from '../view/resources/console';
import { isThing, pathOf, type ResourceNode } from '../view/resources/node';
import type { Resources } from '../view/resources/resources';
import { openWebPage } from '../view/web-page';
import { nodeOf } from './arguments';

export type ResourceCommands = Pick<
  CommandHandlers,
  | 'slipway.resources.refresh'
  | 'slipway.resources.refreshRow'
  | 'slipway.resources.loadMore'
  | 'slipway.workloads.toggleOthers'
  | 'slipway.resources.copyName'
  | 'slipway.resources.openInConsole'
  | 'slipway.log.show'
>;

/**
 * Reads a row and the rows below it again, or all rows if none is given. Meanwhile the view shows its
 * progress bar.
 */
export type Refresh = (node?: ResourceNode) => Promise<void>;

export function refreshing(resources: Resources): Refresh {
  return (node) => withViewProgress('slipway.resources', () => resources.refresh(node));
}

export function resourceCommands(resources: Resources, refresh: Refresh, log: Log): ResourceCommands {
  return {
    'slipway.resources.refresh': () => refresh(),
    'slipway.resources.refreshRow': async (row) => refresh(nodeOf(row)),
    'slipway.resources.loadMore': async (row) => {
      const node = nodeOf(row);
      if (node?.kind === 'more') resources.loadMore(node.parent);
    },
    'slipway.workloads.toggleOthers': async (row) => {
      const node = nodeOf(row);
      if (node?.kind === 'workloads') resources.toggleOthers(node);
    },
    'slipway.resources.copyName': async (row) => {
      const node = nodeOf(row);
      if (node && isThing(node)) await vscode.env.clipboard.writeText(pathOf(node).at(-1) ?? '');
    },
    'slipway.resources.openInConsole': async (row) => {
      const node = nodeOf(row);
      if (!node || !isThing(node)) return;
      const address = consoleOfThing(node);
      if (address !== undefined) await openWebPage(address);
    },
    'slipway.log.show': async () => log.show(),
  };
}
