/** The menu behind the status bar item. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isFromSave } from '../deploy/on-save/plan-saved';
import type { Operation } from '../operations/operation';
import { isOpen, operationWords, stateIcon, stateWords } from '../view/messages/operation';
import type { Remedy } from '../view/notify';
import { pickOne } from '../view/wizard/wizard';
import type { SaveTrouble } from './on-save/saved-target';
import { showOperation } from './operation-page';
import type { OperationDeps } from './operations';

export interface MenuDeps extends OperationDeps {
  readonly saveTroubles: () => readonly SaveTrouble[];
}

/**
 * Shows the failed operations that the user has not seen yet, waiting and running operations, the troubles
 * and the last deployment of deploy on save, and commands that need no row.
 */
export async function showMenu(deps: MenuDeps): Promise<void> {
  const { goOn, ledger, prompts, saveTroubles, unseen } = deps;
  const bad = unseen.ids();
  type Action =
    | { readonly operation: Operation }
    | { readonly waiting: Operation }
    | { readonly remedy: Remedy }
    | { readonly command: string };
  const action = await pickOne<Action>(
    l10n.t('Slipway'),
    {
      placeholder: l10n.t('What runs, and what can be done'),
      choices: [
        ...ledger
          .operations()
          .filter(({ id }) => bad.includes(id))
          .map((operation) => ({
            value: { operation },
            label: operation.subject.label,
            description: operationWords(operation),
            icon: stateIcon(operation.state),
            group: l10n.t('Did not go well'),
          })),
        ...ledger
          .operations()
          .filter(({ paused }) => paused !== undefined)
          .flatMap((operation) => [
            // "Go On" sends requests, so it is not the first row, which Enter chooses.
            {
              value: { operation },
              label: operation.subject.label,
              description: operationWords(operation),
              icon: 'debug-pause',
              group: l10n.t('Waiting for you'),
            },
            {
              value: { waiting: operation },
              label: l10n.t('Go On: {0}', { 0: operation.subject.label }),
              icon: 'debug-continue',
              group: l10n.t('Waiting for you'),
            },
          ]),
        ...ledger
          .operations()
          .filter((operation) => isOpen(operation) && operation.paused === undefined)
          .map((operation) => ({
            value: { operation },
            label: operation.subject.label,
            description: stateWords(operation.state),
            icon: 'sync',
            group: l10n.t('Running'),
          })),
        ...saveTroubles().flatMap(({ words, remedies }) =>
          remedies.map((remedy) => ({
            value: { remedy },
            label: remedy.label,
            detail: words,
            icon: 'save',
            group: l10n.t('Deploy on save'),
          })),
        ),
        ...ledger
          .operations()
          .filter(isFromSave)
          .slice(0, 1)
          .map((operation) => ({
            value: { operation },
            label: l10n.t('What Was Deployed?'),
            description: `${operation.subject.label} · ${stateWords(operation.state)}`,
            icon: 'save-all',
            group: l10n.t('Deploy on save'),
          })),
        ...commands().map(([command, label, icon]) => ({
          value: { command },
          label,
          icon,
          group: l10n.t('Commands'),
        })),
      ],
    },
    prompts,
  );
  // The user has seen these operations at the top of the list.
  await unseen.seen(bad);
  if (!action) return;
  if ('operation' in action) await showOperation(action.operation, deps);
  else if ('waiting' in action) await goOn(action.waiting);
  else if ('remedy' in action) await action.remedy.run();
  else await vscode.commands.executeCommand(action.command);
}

function commands(): readonly (readonly [command: string, label: string, icon: string])[] {
  return [
    ['slipway.code.deploy', l10n.t('Deploy Code…'), 'cloud-upload'],
    ['slipway.code.deployAgain', l10n.t('Deploy Again…'), 'history'],
    ['slipway.nodegroup.update', l10n.t('Update Node Group…'), 'arrow-circle-up'],
    ['slipway.nodegroup.updateSeveral', l10n.t('Update Several Node Groups…'), 'layers'],
    ['slipway.onSave.toggle', l10n.t('Switch Deploy on Save On or Off in This Window'), 'save'],
    ['slipway.operations.focus', l10n.t('Show Operations'), 'list-unordered'],
    ['slipway.log.show', l10n.t('Show Log'), 'output'],
  ];
}
