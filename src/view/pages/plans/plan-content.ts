/** The content of a plan's page, for every kind of plan. */
import * as l10n from '@vscode/l10n';
import { present } from '../../../model/present';
import type { Judged } from '../../../plan/verdict';
import type { CheckRow } from '../../messages/verdicts';
import type { StepName } from '../../wizard/wizard-steps';
import type { Block, Cell, Section, TableRow } from '../page';

/** The finding of a check, with the questions of the wizard in which the user can correct the problem. */
export interface PlanFinding extends Judged {
  /** The subject of the check. */
  readonly title: string;
  /** The finding in words. */
  readonly text?: string;
  readonly help?: string;
  /** The wizard's questions in which the user can correct the problem, the best first. */
  readonly steps?: readonly StepName[];
  /** Id of a preview with more details. */
  readonly preview?: string;
}

export interface PlanContent {
  readonly heading: string;
  readonly about: readonly Cell[];
  readonly findings: readonly PlanFinding[];
  /** The sections below the findings: for example, the changes, the files and the requests. */
  readonly sections: readonly Section[];
}

/** A check in words, as a finding. */
export function findingWords({
  verdict,
  title,
  finding,
  helps,
}: CheckRow): Pick<PlanFinding, 'verdict' | 'title' | 'text' | 'help'> {
  return { verdict, title, text: finding, ...present({ help: helps }) };
}

/**
 * The changes as a table. By default, its columns are the setting, its value now, and its value after the
 * change.
 */
export function changesSection(
  rows: readonly TableRow[],
  head = [l10n.t('Setting'), l10n.t('Now'), l10n.t('Then')],
  ...more: readonly Block[]
): Section {
  const heading = l10n.t('What changes');
  return { id: 'changes', heading, blocks: [{ kind: 'table', caption: heading, head, rows }, ...more] };
}

/** Ids of the buttons on the page of a plan. An id that ends with a colon is a prefix of ids. */
export const BUTTON = {
  again: 'again',
  go: 'go',
  change: 'change',
  copy: 'copy',
  cancel: 'cancel',
  operation: 'operation',
  step: 'step:',
  preview: 'preview:',
  override: 'override:',
  file: 'file:',
} as const;
