/** Long work with a cancellable notification that says the step it is at. */
import * as vscode from 'vscode';
import { labelText, messageText } from './shown';

/** @param share 0 to 1, of all that is to be done, where that can be known; the bar never goes back */
export type Report = (message: string, share?: number) => void;

/**
 * Runs `work` under a progress notification. Its button aborts the signal; what that means is the work's to decide and
 * say. The bar runs to and fro until a share is reported: AWS itself gives none.
 * @param button what the button is called, where "Cancel" would promise too much.
 */
export async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
  button?: string,
): Promise<T> {
  // VS Code accepts a label here, although its types say boolean. If it ignored the label, the button would say
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
