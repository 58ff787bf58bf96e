/** "Export Audit Trail…": every operation, as JSON lines or as a table, in a file that the user chooses. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { csv, jsonLines } from '../operations/export';
import type { Ledger } from '../operations/ledger';
import type { Prompts } from '../view/wizard/prompts';
import { runWizard, wizard } from '../view/wizard/wizard';
import { into, question } from '../view/wizard/wizard-steps';

export async function exportTrail(ledger: Ledger, prompts: Prompts): Promise<void> {
  const steps = wizard().and(formatStep).and(argumentsStep);
  const answers = await runWizard(l10n.t('Export Audit Trail'), steps, {}, prompts);
  if (!answers) return;
  const { format, withArguments } = answers;
  const file = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(
      vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/'),
      `slipway-operations.${format}`,
    ),
    filters: format === 'csv' ? { CSV: ['csv'] } : { [l10n.t('JSON lines')]: ['jsonl'] },
  });
  if (!file) return;
  const text = (format === 'csv' ? csv : jsonLines)(ledger.operations(), { withArguments });
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

const formatStep = question<object, { readonly format: 'jsonl' | 'csv' }>(
  async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick<'jsonl' | 'csv'>(heading, {
        placeholder: l10n.t('Choose a format'),
        choices: [
          {
            value: 'jsonl',
            label: l10n.t('JSON lines'),
            detail: l10n.t('Everything that is known, one operation a line'),
          },
          { value: 'csv', label: l10n.t('CSV'), detail: l10n.t('A table for a spreadsheet') },
        ],
      }),
      (format) => ({ format }),
    ),
);

const argumentsStep = question<object, { readonly withArguments: boolean }>(
  async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick<boolean>(heading, {
        placeholder: l10n.t('Values of command-line arguments may be secrets'),
        choices: [
          { value: false, label: l10n.t('Mask them'), icon: 'shield' },
          { value: true, label: l10n.t('Include them'), icon: 'unlock' },
        ],
      }),
      (withArguments) => ({ withArguments }),
    ),
);
