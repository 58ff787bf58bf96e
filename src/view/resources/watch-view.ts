/** Tells the resources whether the view is visible and which rows are open, and polls while it is visible. */
import * as vscode from 'vscode';
import type { Clock } from '../../model/clock';
import { failureOf } from '../../model/failure';
import { failureLine } from '../log';
import { numberSetting } from '../settings';
import type { ResourceNode } from './node';
import type { Resources } from './resources';
import { VisiblePoll } from './visible-poll';

/** Polls while the view is visible in a window that has the focus, as often as the setting says. */
export function watchView(
  view: vscode.TreeView<ResourceNode>,
  resources: Resources,
  clock: Clock,
  log: (message: string) => void,
): vscode.Disposable {
  const poll = new VisiblePoll(
    clock,
    () => numberSetting('resources.refreshSeconds') * 1000,
    () =>
      resources.poll().catch((thrown: unknown) => log(`looking again: ${failureLine(failureOf(thrown))}`)),
  );
  const show = (): void => {
    poll.show(view.visible && vscode.window.state.focused);
    resources.visible(view.visible);
  };
  show();
  return vscode.Disposable.from(
    poll,
    view.onDidChangeVisibility(show),
    vscode.window.onDidChangeWindowState(show),
    view.onDidExpandElement(({ element }) => resources.toggled(element, true)),
    view.onDidCollapseElement(({ element }) => resources.toggled(element, false)),
  );
}
