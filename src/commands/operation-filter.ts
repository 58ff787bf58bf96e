/** "Filter Operations…": filters the Operations view by target, by outcome, or by both. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Ledger } from '../operations/ledger';
import type { OperationState } from '../operations/operation';
import { setContextKey } from '../view/context-keys';
import type { OperationsNode } from '../view/operations/node';
import type { OperationFilter, OperationsTree } from '../view/operations/tree';
import type { Prompts } from '../view/wizard/prompts';
import { pickOne } from '../view/wizard/wizard';

export interface FilterDeps {
  readonly ledger: Ledger;
  readonly prompts: Prompts;
  readonly tree: OperationsTree;
  /** Shows the filter in the view's title. */
  readonly operationsView: Pick<vscode.TreeView<OperationsNode>, 'description'>;
}

interface Outcomes {
  readonly label: string;
  readonly icon: string;
  readonly states: readonly OperationState[];
}

function outcomes(): readonly Outcomes[] {
  return [
    { label: l10n.t('running'), icon: 'sync', states: ['planned', 'running', 'watching'] },
    { label: l10n.t('succeeded'), icon: 'pass', states: ['succeeded'] },
    { label: l10n.t('failed or stopped'), icon: 'error', states: ['failed', 'drifted', 'cancelled-by-aws'] },
    {
      label: l10n.t('cancelled or no longer watched'),
      icon: 'circle-slash',
      states: ['cancelled', 'unwatched'],
    },
    { label: l10n.t('outcome unknown'), icon: 'question', states: ['unknown'] },
  ];
}

/** Asks for a filter. Choosing a target keeps the chosen outcome, and choosing an outcome keeps the target. */
export async function filterOperations({ ledger, prompts, tree, operationsView }: FilterDeps): Promise<void> {
  const labels = [...new Set(ledger.operations().map(({ subject }) => subject.label))].sort();
  const filter = await pickOne<OperationFilter>(
    l10n.t('Filter Operations'),
    {
      placeholder: l10n.t('Choose what the view shows'),
      choices: [
        { value: {}, label: l10n.t('Everything'), icon: 'list-flat' },
        ...outcomes().map(({ label, icon, states }) => ({
          value: { ...tree.shown, states },
          label,
          icon,
          group: l10n.t('By outcome'),
        })),
        ...labels.map((label) => ({
          value: { ...tree.shown, label },
          label,
          icon: 'target',
          group: l10n.t('By target'),
        })),
      ],
    },
    prompts,
  );
  if (!filter) return;
  const { label, states } = filter;
  await setContextKey('slipway.operationsFiltered', label !== undefined || states !== undefined);
  tree.show(filter);
  operationsView.description = [label, outcomes().find((one) => one.states.join() === states?.join())?.label]
    .filter((words) => words !== undefined)
    .join(' · ');
}
