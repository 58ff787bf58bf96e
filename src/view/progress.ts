/** Long work with a cancellable notification that names the current step. */
import * as vscode from 'vscode';
import { labelText, messageText } from './shown';

/**
 * @param share the part of the work that is done, from 0 to 1; absent if unknown. The bar never goes back.
 */
export type Report = (message: string, share?: number) => void;

/**
 * Runs `work` under a progress notification. The notification's button aborts the signal; `work` decides
 * what it does then, and tells the user. The bar runs to and fro until `work` reports a share, since AWS
 * itself reports none.
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

/** Runs `work` while the progress bar of a view moves. */
export async function withViewProgress(viewId: string, work: () => Promise<void>): Promise<void> {
  await vscode.window.withProgress({ location: { viewId } }, work);
}
