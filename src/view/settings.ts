/** The user's settings, never outside of what package.json allows. */
import * as vscode from 'vscode';
import { allowedNumber, type NumberSetting } from '../model/settings';

/** As it is set at this moment. */
export function numberSetting(name: NumberSetting): number {
  return allowedNumber(name, vscode.workspace.getConfiguration('slipway').get(name));
}
