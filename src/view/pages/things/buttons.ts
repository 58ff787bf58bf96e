/**
 * Buttons of pages of things. The id of a button encodes the button's action, and is parsed when the
 * button is pressed.
 */
import * as l10n from '@vscode/l10n';
import { present, presentItems } from '../../../model/present';
import type { FollowUp } from '../../../nodegroup/remedies/remedy';
import { isWebPage } from '../../console-url';
import {
  commandLabel,
  type LabelledCommand,
  type LogsCommand,
  type LogsOwner,
  logsLabel,
} from '../../messages/command-labels';
import { followUpWords } from '../../messages/nodegroup';
import type { ThingPage } from '../../resources/kinds/page';
import type { Cell, PageButton } from '../page';

const KINDS = ['command', 'command-above', 'look', 'operation', 'thing', 'copy', 'web'] as const;

/**
 * The action of a button. `command`: runs the command `value` on the row of the page's thing;
 * `command-above`: runs the command on the row above that one; `look`: shows a part of the thing on a
 * page of its own; `operation`: opens the page of the operation with this id; `thing`: opens the page of
 * the thing whose row has this id; `copy`: copies the text; `web`: opens the address in the browser.
 */
export interface ThingAction {
  readonly kind: (typeof KINDS)[number];
  readonly value: string;
}

/** @param at distinguishes buttons on one page that do the same; contains no colon */
function idOf(kind: ThingAction['kind'], value: string, at = ''): string {
  return `${kind}:${at}:${value}`;
}

/** The action of a button; undefined for an id that does not come from the page of a thing. */
export function actionOf(id: string): ThingAction | undefined {
  const [, kind, value] = /^([a-z-]+):[^:]*:(.*)$/s.exec(id) ?? [];
  const known = KINDS.find((one) => one === kind);
  return known === undefined || value === undefined ? undefined : { kind: known, value };
}

export function commandButton(command: LabelledCommand, at = '', look?: PageButton['look']): PageButton {
  return { id: idOf('command', command, at), label: commandLabel(command), ...present({ look }) };
}

export function logsButton(owner: LogsOwner, at = ''): PageButton {
  return { id: idOf('command', 'slipway.code.showLogs' satisfies LogsCommand, at), label: logsLabel(owner) };
}

/**
 * The buttons that the declaration of a kind of thing lists for the top of the thing's page, the
 * recommended one first.
 */
export function pageCommands({ commands, logs }: ThingPage): readonly PageButton[] {
  return presentItems(
    ...commands.map((command, at) => commandButton(command, '', at === 0 ? 'main' : 'plain')),
    logs && logsButton(logs),
  );
}

/** A button that runs a command on the row above that of the page's thing. */
export function commandAboveButton(command: LabelledCommand, at = ''): PageButton {
  return { id: idOf('command-above', command, at), label: commandLabel(command) };
}

/** Parts of a cluster or a node group that are shown on pages of their own. */
export type ThingLook = Extract<FollowUp, 'show-insights' | 'show-launch-template' | 'show-subnets'>;

export function lookButton(look: ThingLook, at = ''): PageButton {
  return { id: idOf('look', look, at), label: followUpWords(look) };
}

export function isLook(value: string): value is ThingLook {
  return ['show-insights', 'show-launch-template', 'show-subnets'].includes(value);
}

export function operationButton(id: string, label: string, at = ''): PageButton {
  return { id: idOf('operation', id, at), label };
}

/** A button that opens the page of a thing, as {@link thingLink} does. */
export function thingButton(rowId: string): PageButton {
  return { id: idOf('thing', rowId, 'button'), label: l10n.t('Open Page') };
}

/** A link to the page of a thing. */
export function thingLink(rowId: string, label: string): Cell {
  return { kind: 'link', button: { id: idOf('thing', rowId), label } };
}

export function copyButton(label: string, text: string, at = ''): PageButton {
  return { id: idOf('copy', text, at), label };
}

/** @param name the kind of text, such as `ARN`, for the label of the button */
export function copyable(name: string, text: string): Cell {
  return { kind: 'copyable', text, button: copyButton(l10n.t('Copy {0}', { 0: name }), text) };
}

/** An address of a web page becomes a link; any other address stays text. */
export function webCell(address: string): Cell {
  return isWebPage(address)
    ? { kind: 'link', button: { id: idOf('web', address), label: address } }
    : { kind: 'code', text: address };
}
