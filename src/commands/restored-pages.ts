/** Pages that VS Code restored after a reload of the window: each is shown as far as its content is still known. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { CommandHandlers, CommandId } from '../view/command-ids';
import {
  type PageKey,
  type PlanOf,
  type ReadKey,
  readKey,
  type ThingKey,
  writtenKey,
} from '../view/pages/page-key';
import { readPageState } from '../view/pages/page-messages';
import type { Pages, ShownPage } from '../view/pages/panels';
import type { KeptPlans } from '../view/pages/plans/kept-plans';
import { BUTTON } from '../view/pages/plans/plan-content';
import { planPage, type Standing } from '../view/pages/plans/plan-page';
import type { ResourceNode } from '../view/resources/node';

export interface RestoreDeps {
  readonly pages: Pages;
  readonly kept: KeptPlans;
  /** The page of an operation; undefined if the ledger no longer has the operation. */
  readonly operation: (id: string) => ShownPage | undefined;
  /** The page of a log, which is read again; undefined where the key does not identify a log. */
  readonly log: (key: Extract<PageKey, { readonly kind: 'logs' }>) => ShownPage | undefined;
  /** The page of a cluster's readiness, which is read again; undefined where the key does not name a connection. */
  readonly readiness: (key: Extract<PageKey, { readonly kind: 'readiness' }>) => ShownPage | undefined;
  /**
   * A page whose data are not kept current; they are read again. Undefined if the key does not identify what
   * to read.
   */
  readonly read: (key: ReadKey) => ShownPage | undefined;
  /** The page of a thing; undefined if its kind no longer exists. */
  readonly thing: (key: ThingKey) => ShownPage | undefined;
  readonly handlers: CommandHandlers;
  /** The row of a thing, if it is in the tree. */
  readonly rowOf: (connectionId: string, path: readonly string[]) => ResourceNode | undefined;
}

/** For each kind of plan, the command that makes such a plan again. */
const COMMANDS: { readonly [of in PlanOf]: CommandId } = {
  code: 'slipway.code.deploy',
  'nodegroup-version': 'slipway.nodegroup.update',
  'nodegroup-config': 'slipway.nodegroup.editUpdateSettings',
  'several-deployments': 'slipway.code.deploySeveral',
  'several-nodegroups': 'slipway.nodegroup.updateSeveral',
};

/**
 * Shows the page in the panel that VS Code restored, or closes the panel if the page is no longer known.
 * `state`: the state of the page that VS Code kept.
 */
export async function restorePage(
  panel: vscode.WebviewPanel,
  state: unknown,
  deps: RestoreDeps,
): Promise<void> {
  const written = readPageState(state)?.page;
  const key = written === undefined ? undefined : readKey(written);
  if (key?.kind === 'plan' && (await restorePlan(panel, key, deps))) return;
  const page = key && pageAt(key, deps);
  if (page) await deps.pages.adopt(panel, page);
  else panel.dispose();
}

/**
 * The page that the key identifies; its content is read again. Undefined if there is no such page, and if the
 * key identifies a plan: a plan's content is stored.
 */
function pageAt(
  key: PageKey,
  { operation, log, readiness, read, thing }: RestoreDeps,
): ShownPage | undefined {
  switch (key.kind) {
    case 'operation':
      return operation(key.id);
    case 'logs':
      return log(key);
    case 'readiness':
      return readiness(key);
    case 'read':
      return read(key);
    case 'thing':
      return thing(key);
    case 'plan':
      return undefined;
  }
}

async function restorePlan(
  panel: vscode.WebviewPanel,
  key: Extract<PageKey, { readonly kind: 'plan' }>,
  { pages, kept, handlers, rowOf }: RestoreDeps,
): Promise<boolean> {
  const plan = kept.of(writtenKey(key));
  if (plan === undefined) return false;
  const standing: Standing = plan.isCarriedOut
    ? { kind: 'carried-out' }
    : { kind: 'brought-back', again: l10n.t('Plan Again…') };
  await pages.adopt(panel, {
    key,
    title: plan.title,
    content: () => planPage(plan.content, standing),
    press: async (button) => {
      if (button === BUTTON.again) await handlers[COMMANDS[key.of]](rowOf(key.connectionId, key.path));
    },
    closed: () => kept.forget(writtenKey(key)),
  });
  return true;
}
