/** The pages of plans, of operations, and of the items in the Resources view. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { LOOKS } from '../commands/nodegroup/check-lines';
import { showOperation } from '../commands/operation-page';
import { ThingPages } from '../commands/things/thing-pages';
import { systemClock } from '../model/clock';
import { failureOf } from '../model/failure';
import type { CommandId } from '../view/command-ids';
import { failureLine } from '../view/log';
import { Pages } from '../view/pages/panels';
import { KeptPlans } from '../view/pages/plans/kept-plans';
import { PlanReviews } from '../view/pages/plans/review-page';
import type { Base } from './base';
import type { Later } from './operations';
import type { Views } from './views';

/** Inferred: each member has the type that {@link createPages} creates. */
export type ShownPages = ReturnType<typeof createPages>;

/** @param run runs a command, and reports its failure */
export function createPages(
  context: vscode.ExtensionContext,
  { ledger, log, notify, loadAws, progressOf, outcomeWords }: Base,
  { resources, resourcesView, source }: Views,
  later: Later,
  run: (id: CommandId, args: readonly unknown[]) => Promise<void>,
) {
  const pages = new Pages(
    context.extensionUri,
    context.workspaceState,
    (thrown) => void notify.failed(l10n.t('carry out what was asked for on the page'), thrown),
  );
  const keptPlans = new KeptPlans(context.workspaceState, (thrown) =>
    log.warn(`pages: ${failureLine(failureOf(thrown))}`),
  );
  const showOperationOf = async (id: string): Promise<void> => {
    const operation = ledger.operation(id);
    if (operation) await showOperation(operation, later.operations());
  };
  const reviews = new PlanReviews({
    pages,
    kept: keptPlans,
    operations: ledger,
    showOperation: showOperationOf,
    now: () => systemClock.now(),
  });
  const things = new ThingPages({
    paged: resources.paged,
    source,
    clock: systemClock,
    ledger,
    pages,
    onDidChangeRows: resourcesView.tree.onDidChangeTreeData,
    progressOf,
    outcomeWords,
    forget: async (connectionId) => (await loadAws()).forget(connectionId),
    run: (id, row) => run(id, [row]),
    showOperation: showOperationOf,
    show: (action, place) => LOOKS[action].show(place, later.nodegroups()),
  });
  return { pages, keptPlans, reviews, things };
}
