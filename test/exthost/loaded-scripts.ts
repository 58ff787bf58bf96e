/** What the extension host has loaded of Slipway. */
import assert from 'node:assert/strict';
import { Session } from 'node:inspector';
import * as vscode from 'vscode';

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('slipway.slipway');
  assert.ok(found);
  return found;
}

/** Addresses of the scripts below `dist/` whose paths begin with `part`, ES modules included. */
export function loaded(part: string): readonly string[] {
  const session = new Session();
  const urls: string[] = [];
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => urls.push(params.url));
  session.post('Debugger.enable');
  session.disconnect();
  return urls.filter((url) => url.includes(`${extension().extensionPath}/dist/${part}`));
}
