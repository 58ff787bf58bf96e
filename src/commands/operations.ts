/**
 * Commands about operations: show, follow, stop watching, try again, go on, end, copy, open in AWS, filter,
 * export.
 */
import * as l10n from '@vscode/l10n';
import type { Aws } from '../aws/contract';
import { connectionFromId } from '../model/connection';
import { awsCli } from '../operations/cli';
import type { Operation } from '../operations/operation';
import type { Tracker } from '../operations/tracker';
import type { CommandHandlers } from '../view/command-ids';
import { copyText } from '../view/message';
import { kindWords, operationWords, stateIcon } from '../view/messages/operation';
import { isInAws, operationOf } from '../view/operations/node';
import { consoleOfOperation } from '../view/resources/console';
import type { UnseenFailures } from '../view/unseen-failures';
import { openWebPage } from '../view/web-page';
import { pickOne } from '../view/wizard/wizard';
import type { BatchRunner } from './batches';
import { cliPlace } from './copy-requests';
import { exportTrail } from './operation-export';
import { type FilterDeps, filterOperations } from './operation-filter';
import { type OperationPageDeps, showOperation } from './operation-page';
import type { Runner } from './run';
import { targetKinds } from './target-kinds';

export interface OperationDeps extends FilterDeps, OperationPageDeps {
  readonly ledger: FilterDeps['ledger'] & OperationPageDeps['ledger'];
  readonly tracker: Tracker;
  readonly runner: Runner;
  readonly batches: BatchRunner;
  /** The user's "Go On" for an operation that waits. */
  readonly goOn: (operation: Operation) => Promise<void>;
  /** The user's "End Here": ends an operation that waits; only the steps that are already done take effect. */
  readonly endHere: (operation: Operation) => Promise<void>;
  readonly unseen: Pick<UnseenFailures, 'ids' | 'seen'>;
  readonly loadAws: () => Promise<Pick<Aws, 'profiles' | 'sandbox'>>;
  /** Plans the work of an operation again, as the operation's kind requires. */
  readonly retry: (operation: Operation) => Promise<void>;
}

export type OperationCommands = Pick<
  CommandHandlers,
  | 'slipway.operation.show'
  | 'slipway.operation.follow'
  | 'slipway.operation.stopWatching'
  | 'slipway.operation.retry'
  | 'slipway.operation.copyCli'
  | 'slipway.operation.openInConsole'
  | 'slipway.operation.goOn'
  | 'slipway.operation.endBatch'
  | 'slipway.operations.filter'
  | 'slipway.operations.export'
>;

export function operationCommands(deps: OperationDeps): OperationCommands {
  const { ledger, tracker, runner } = deps;
  const chosen = async (
    row: unknown,
    title: string,
    fits: (operation: Operation) => boolean = () => true,
  ): Promise<Operation | undefined> => operationOf(row) ?? (await pickOperation(title, deps, fits));
  return {
    'slipway.operation.show': async (row) => {
      const operation = await chosen(row, l10n.t('Show Operation'));
      if (operation) await showOperation(operation, deps);
    },
    'slipway.operation.follow': async (row) => {
      const operation = await chosen(row, l10n.t('Follow Operation'));
      if (operation) await runner.follow(operation, operation.subject.label);
    },
    'slipway.operation.stopWatching': async (row) => {
      const operation = await chosen(row, l10n.t('Stop Watching'));
      if (operation) await tracker.stopWatching(operation.id);
    },
    'slipway.operation.retry': async (row) => {
      const operation = await chosen(row, l10n.t('Try Again'));
      if (operation) await deps.retry(operation);
    },
    'slipway.operation.copyCli': async (row) => {
      const operation = await chosen(row, l10n.t('Copy as CLI'));
      const command = operation && (await cliOf(operation, deps));
      if (command !== undefined) await copyText(command);
    },
    'slipway.operation.openInConsole': async (row) => {
      const operation = await chosen(row, l10n.t('Open in AWS Console'), isInAws);
      const address = operation && consoleOfOperation(operation);
      if (address !== undefined) await openWebPage(address);
    },
    'slipway.operation.goOn': async (row) => {
      const operation = await chosen(row, l10n.t('Go On'), waits);
      if (operation) await deps.goOn(operation);
    },
    'slipway.operation.endBatch': async (row) => {
      const operation = await chosen(row, l10n.t('End Here'), waits);
      if (operation) await deps.endHere(operation);
    },
    'slipway.operations.filter': () => filterOperations(deps),
    'slipway.operations.export': () => exportTrail(ledger, deps.prompts),
  };
}

async function cliOf(operation: Operation, deps: OperationDeps): Promise<string | undefined> {
  const { request, subject } = operation;
  if (!request) return undefined;
  const { region, connectionId } = subject;
  const source = connectionFromId(connectionId)?.source;
  const options = source ? await cliPlace({ source, region }, await deps.loadAws()) : { region };
  return targetKinds.ofOperation(operation)?.command(request, options) ?? awsCli(request, options);
}

function waits({ paused }: Operation): boolean {
  return paused !== undefined;
}

async function pickOperation(
  title: string,
  { ledger, prompts }: OperationDeps,
  fits: (operation: Operation) => boolean,
): Promise<Operation | undefined> {
  return await pickOne(
    title,
    {
      placeholder: l10n.t('Choose an operation'),
      choices: ledger
        .operations()
        .filter(fits)
        .map((operation) => ({
          value: operation,
          label: operation.subject.label,
          description: [
            kindWords(operation),
            operationWords(operation),
            new Date(operation.createdAt).toLocaleString(),
          ].join(' · '),
          icon: stateIcon(operation.state).replace('~spin', ''),
        })),
      empty: l10n.t('There is no such operation'),
    },
    prompts,
  );
}
