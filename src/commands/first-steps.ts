/** Tells VS Code which steps of the walkthrough are done. Connections and the ledger decide this, not clicks. */
import * as vscode from 'vscode';
import { VERSION_KIND } from '../nodegroup/apply/apply';
import type { Ledger } from '../operations/ledger';
import type { Operation } from '../operations/operation';
import type { ConnectionStore } from '../view/connection-store';
import { type ContextKeys, setContextKey } from '../view/context-keys';
import { isRollback } from '../view/messages/operation';
import { targetKinds } from './target-kinds';

/** The context keys that package.json's walkthrough waits for. */
export type FirstStep = Extract<keyof ContextKeys, `slipway.done.${string}`>;

type Done = (
  connections: ReturnType<ConnectionStore['all']>,
  operations: readonly Pick<Operation, 'kind' | 'state' | 'plan'>[],
) => boolean;

const FIRST_STEPS: Readonly<Record<FirstStep, Done>> = {
  'slipway.done.sandbox': (connections) => connections.some(({ source }) => source.kind === 'sandbox'),
  'slipway.done.profile': (connections) => connections.some(({ source }) => source.kind === 'profile'),
  'slipway.done.deploy': (_, operations) => operations.some((one) => isLive(one) && !isRollback(one)),
  'slipway.done.rollBack': (_, operations) => operations.some((one) => isLive(one) && isRollback(one)),
  'slipway.done.nodegroup': (_, operations) =>
    operations.some(({ kind, state }) => kind === VERSION_KIND && state === 'succeeded'),
  'slipway.done.workload': (_, operations) =>
    operations.some((one) => isLive(one) && targetKinds.ofOperation(one) !== targetKinds.usual),
};

/** All steps, exported for tests. */
export const firstSteps = Object.keys(FIRST_STEPS) as readonly FirstStep[];

export function stepsDone(...[connections, operations]: Parameters<Done>): readonly FirstStep[] {
  return firstSteps.filter((step) => FIRST_STEPS[step](connections, operations));
}

/**
 * Makes VS Code check off each step of the walkthrough once it is done. VS Code checks a step off only at the
 * moment when its context key becomes true, and never in a window in which the key was true when VS Code first
 * read the walkthrough. Each key is therefore true only for a moment, and again whenever one of VS Code's own
 * pages opens or changes, since that page may be the walkthrough.
 */
export class FirstSteps {
  private readonly told = new Set<FirstStep>();
  private readonly listening: readonly { dispose(): void }[];

  constructor(
    private readonly store: Pick<ConnectionStore, 'all' | 'onDidChange'>,
    private readonly ledger: Pick<Ledger, 'operations' | 'onDidChange'>,
    tabs: Pick<vscode.TabGroups, 'onDidChangeTabs'> = vscode.window.tabGroups,
    private readonly set: typeof setContextKey = setContextKey,
  ) {
    this.listening = [
      store.onDidChange(() => this.tell()),
      { dispose: ledger.onDidChange(() => this.tell()) },
      tabs.onDidChangeTabs(({ opened, changed }) => {
        if ([...opened, ...changed].some(isOfVsCode)) this.tellAgain();
      }),
    ];
    this.tell();
  }

  dispose(): void {
    for (const one of this.listening) one.dispose();
  }

  private tellAgain(): void {
    this.told.clear();
    this.tell();
  }

  private tell(): void {
    if (this.told.size === firstSteps.length) return;
    for (const step of stepsDone(this.store.all(), this.ledger.operations())) {
      if (this.told.has(step)) continue;
      this.told.add(step);
      void this.checkOff(step);
    }
  }

  private async checkOff(step: FirstStep): Promise<void> {
    await this.set(step, true);
    await this.set(step, false);
  }
}

/** True for all of VS Code's own pages: the API does not tell which of these pages a tab shows. */
function isOfVsCode({ input }: vscode.Tab): boolean {
  return input === undefined;
}

/** `publisher.name#id`, as declared in package.json. */
const WALKTHROUGH = 'slipway.slipway#start';

export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH);
}

type Recorded = Pick<Operation, 'kind' | 'state' | 'plan'>;

/** True for a deployment that succeeded: its target was seen to run the code. */
function isLive(operation: Recorded): boolean {
  return operation.state === 'succeeded' && targetKinds.ofOperation(operation) !== undefined;
}
