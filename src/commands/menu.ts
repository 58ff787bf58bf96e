/** The menu behind the status bar item. */
import * as vscode from 'vscode';
import { isFromSave } from '../deploy/on-save/from-save';
import type { Operation } from '../operations/operation';
import { t } from '../view/l10n';
import type { Remedy } from '../view/notify';
import { pickOne } from '../view/wizard/wizard';
import { isOpen, operationWords, stateWords } from '../view/words/operation';
import type { SaveTrouble } from './on-save/saved-target';
import { type OperationDeps, showOperation } from './operations';

export interface MenuDeps extends OperationDeps {
  readonly saveTroubles: () => readonly SaveTrouble[];
}

/** What runs, what a save deployed last or did not deploy, and what can be done from anywhere. */
export async function showMenu(deps: MenuDeps): Promise<void> {
  const { batches, ledger, prompts, saveTroubles } = deps;
  type Deed =
    | { readonly operation: Operation }
    | { readonly waiting: Operation }
    | { readonly remedy: Remedy }
    | { readonly command: string };
  const deed = await pickOne<Deed>(
    t('Slipway'),
    {
      placeholder: t('What runs, and what can be done'),
      choices: [
        ...ledger
          .operations()
          .filter(({ paused }) => paused !== undefined)
          .flatMap((operation) => [
            // What goes on, and so sends, is not the row that Enter takes.
            {
              value: { operation },
              label: operation.subject.label,
              description: operationWords(operation, t),
              icon: 'debug-pause',
              group: t('Waiting for you'),
            },
            {
              value: { waiting: operation },
              label: t('Go On: {0}', { 0: operation.subject.label }),
              icon: 'debug-continue',
              group: t('Waiting for you'),
            },
          ]),
        ...ledger
          .operations()
          .filter(isOpen)
          .map((operation) => ({
            value: { operation },
            label: operation.subject.label,
            description: stateWords(operation.state, t),
            icon: 'sync',
            group: t('Running'),
          })),
        ...saveTroubles().flatMap(({ words, remedies }) =>
          remedies.map((remedy) => ({
            value: { remedy },
            label: remedy.label,
            detail: words,
            icon: 'save',
            group: t('Deploy on save'),
          })),
        ),
        ...ledger
          .operations()
          .filter(isFromSave)
          .slice(0, 1)
          .map((operation) => ({
            value: { operation },
            label: t('What Was Deployed?'),
            description: `${operation.subject.label} · ${stateWords(operation.state, t)}`,
            icon: 'save-all',
            group: t('Deploy on save'),
          })),
        ...commands().map(([command, label, icon]) => ({
          value: { command },
          label,
          icon,
          group: t('Commands'),
        })),
      ],
    },
    prompts,
  );
  if (!deed) return;
  if ('operation' in deed) await showOperation(deed.operation, deps);
  else if ('waiting' in deed) await batches.goOn(deed.waiting.id);
  else if ('remedy' in deed) await deed.remedy.run();
  else await vscode.commands.executeCommand(deed.command);
}

function commands(): readonly (readonly [command: string, label: string, icon: string])[] {
  return [
    ['slipway.code.deploy', t('Deploy Code…'), 'cloud-upload'],
    ['slipway.code.deployAgain', t('Deploy Again…'), 'history'],
    ['slipway.nodegroup.update', t('Update Node Group…'), 'arrow-circle-up'],
    ['slipway.nodegroup.updateSeveral', t('Update Several Node Groups…'), 'layers'],
    ['slipway.onSave.toggle', t('Switch Deploy on Save On or Off in This Window'), 'save'],
    ['slipway.operations.focus', t('Show Operations'), 'list-unordered'],
    ['slipway.log.show', t('Show Log'), 'output'],
  ];
}
