/** The one place that opens the browser. */
import * as vscode from 'vscode';
import { isWebPage } from './console-url';

/** Does nothing for an address that is not that of a web page. */
export async function openWebPage(address: string): Promise<void> {
  if (isWebPage(address)) await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
