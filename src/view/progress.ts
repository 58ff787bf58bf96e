/**
 * Shows the progress of long work: in a cancellable notification that names the current step, or in a
 * view.
 */
import * as vscode from 'vscode';
import { labelText, messageText } from './shown';

/**
 * @param share the part of the work that is done, from 0 to 1; absent if it is not known. If `share` is below
 * the last reported share, the bar stays where it is.
 */
export type Report = (message: string, share?: number) => void;

/**
 * Runs `work` under a progress notification. The button of the notification aborts the signal; how to
 * react, and what to tell the user, is up to `work`. AWS itself reports no share of the work that is
 * done, so the bar runs to and fro until `work` reports one.
 * @param button label of the button, where "Cancel" would promise too much.
 */
export async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
  button?: string,
): Promise<T> {
  // VS Code accepts a label here, although its types declare a boolean. A version that ignores the label shows
  // "Cancel".
  const cancellable = (button === undefined ? true : labelText(button)) as boolean;
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: messageText(title), cancellable },
    async (progress, token) => {
      const stop = new AbortController();
      const listening = token.onCancellationRequested(() => stop.abort());
      try {
        return await work(stop.signal, reportTo(progress));
      } finally {
        listening.dispose();
      }
    },
  );
}

function reportTo(progress: vscode.Progress<{ message?: string; increment?: number }>): Report {
  let shown = 0;
  return (text, share) => {
    const message = messageText(text);
    if (share === undefined) {
      progress.report({ message });
      return;
    }
    const percent = Math.max(shown, Math.min(1, share) * 100);
    progress.report({ message, increment: percent - shown });
    shown = percent;
  };
}

/** Runs `work`, and shows a moving progress bar in a view until `work` has ended. */
export async function withViewProgress(viewId: string, work: () => Promise<void>): Promise<void> {
  await vscode.window.withProgress({ location: { viewId } }, work);
}
