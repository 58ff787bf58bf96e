/** The one place that opens the browser. */
import * as vscode from 'vscode';
import { isWebPage } from './console-url';

/** Opens a web page in the browser. Does nothing for any other address. */
export async function openWebPage(address: string): Promise<void> {
  if (isWebPage(address)) await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
