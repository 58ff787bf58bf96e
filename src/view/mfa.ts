/** Asks for the code of an MFA device. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { failed } from '../model/failure';
import { labelText, messageText } from './shown';

/** @throws cancelled when the user dismisses the question, or when `signal` aborts. */
export async function askMfaCode(profile: string, serial: string, signal: AbortSignal): Promise<string> {
  if (signal.aborted) throw failed({ kind: 'cancelled' });
  const dismissed = new vscode.CancellationTokenSource();
  const stop = (): void => dismissed.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const code = await vscode.window.showInputBox(
      {
        title: labelText(l10n.t('MFA Code for the Profile "{0}"', { 0: profile })),
        prompt: messageText(l10n.t('The code that the device {0} shows now', { 0: serial })),
        ignoreFocusOut: true,
        validateInput: (text) => (/^\d{6}$/.test(text) ? undefined : l10n.t('Six digits')),
      },
      dismissed.token,
    );
    if (code === undefined) throw failed({ kind: 'cancelled' });
    return code;
  } finally {
    signal.removeEventListener('abort', stop);
    dismissed.dispose();
  }
}
