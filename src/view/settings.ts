/** Settings of Slipway. Numbers, choices and texts are always within the limits of package.json. */
import * as vscode from 'vscode';
import {
  allowedChoice,
  allowedNumber,
  allowedText,
  type ChoiceOf,
  type ChoiceSetting,
  type NumberSetting,
  type TextSetting,
} from '../model/settings';

/** Addresses of tunnels to clusters, by the cluster's ARN; not validated. Workspace settings are never used. */
export function endpointsSetting(): Readonly<Record<string, unknown>> {
  const set = vscode.workspace
    .getConfiguration('slipway')
    .inspect<Readonly<Record<string, unknown>>>('kubernetes.endpoints');
  return set?.globalValue ?? {};
}

export function numberSetting(name: NumberSetting): number {
  return allowedNumber(name, vscode.workspace.getConfiguration('slipway').get(name));
}

export function choiceSetting<K extends ChoiceSetting>(name: K): ChoiceOf<K> {
  return allowedChoice(name, vscode.workspace.getConfiguration('slipway').get(name));
}

export function textSetting(name: TextSetting): string {
  return allowedText(name, vscode.workspace.getConfiguration('slipway').get(name));
}
