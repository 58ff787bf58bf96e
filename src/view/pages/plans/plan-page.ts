/**
 * The page of a plan: problems, then warnings, each with a button that helps against it if there is one; then
 * the passed checks; then the changes.
 */
import * as l10n from '@vscode/l10n';
import { present, presentItems } from '../../../model/present';
import { byWeight, type Verdict } from '../../../plan/verdict';
import { passedWords, verdictWord } from '../../messages/verdicts';
import type { Offer } from '../../wizard/review';
import { findingsBlock } from '../blocks';
import type { Block, Finding, Page, PageButton, Section, Tone } from '../page';
import { BUTTON, type PlanContent, type PlanFinding } from './plan-content';
import { stepWords } from './step-words';

export type Standing<O extends string = string> =
  /** The plan waits for the user to press a button. */
  | { readonly kind: 'asked'; readonly offer: Offer<O>; readonly canCopy: boolean }
  /** The user has started the plan. `operation`: the id of the operation, once it has begun. */
  | { readonly kind: 'carried-out'; readonly operation?: string }
  /**
   * Another operation has begun on the same thing, so that this plan is out of date. `by`: that operation in
   * words; `operation`: its id.
   */
  | {
      readonly kind: 'overtaken';
      readonly by: string;
      readonly operation: string;
      readonly canChange: boolean;
    }
  /**
   * The page has come back after a reload of the window. `again`: the label of the button that plans again.
   */
  | { readonly kind: 'brought-back'; readonly again: string };

export const VERDICT_TONES: { readonly [V in Verdict]: Tone } = {
  block: 'error',
  confirm: 'confirm',
  warn: 'warning',
  unknown: 'unknown',
  pass: 'good',
};

export function planPage<O extends string>(content: PlanContent, standing: Standing<O>): Page {
  return {
    kind: l10n.t('Plan'),
    heading: content.heading,
    about: content.about,
    state: stateOf(content.findings, standing),
    notices: noticesOf(standing),
    buttons: buttonsOfPlan(standing),
    sections: [...findingSections(content.findings, standing), ...content.sections],
  };
}

function stateOf(findings: readonly PlanFinding[], standing: Standing): Page['state'] {
  switch (standing.kind) {
    case 'carried-out':
      return { tone: 'info', text: l10n.t('Carried out') };
    case 'overtaken':
    case 'brought-back':
      return { tone: 'warning', text: l10n.t('Out of date') };
    case 'asked':
      break;
  }
  const count = (verdict: Verdict): number => findings.filter((one) => one.verdict === verdict).length;
  if (count('block') > 0)
    return {
      tone: 'error',
      text:
        count('block') === 1
          ? l10n.t('Cannot be carried out: one problem to mend')
          : l10n.t('Cannot be carried out: {0} problems to mend', { 0: count('block') }),
    };
  if (count('confirm') > 0) return { tone: 'confirm', text: l10n.t('Needs your confirmation') };
  const warnings = count('warn') + count('unknown');
  return warnings === 0
    ? { tone: 'good', text: l10n.t('Ready, nothing has been sent') }
    : {
        tone: 'warning',
        text:
          warnings === 1
            ? l10n.t('Ready, one thing to know')
            : l10n.t('Ready, {0} things to know', { 0: warnings }),
      };
}

function noticesOf(standing: Standing): readonly Finding[] {
  switch (standing.kind) {
    case 'asked':
      return [];
    case 'carried-out':
      return [notice('info', l10n.t('This plan was carried out.'), showOperation(standing.operation))];
    case 'overtaken':
      return [
        notice(
          'warning',
          l10n.t('Since this plan was made, something else began: {0}. Plan again.', { 0: standing.by }),
          showOperation(standing.operation),
        ),
      ];
    case 'brought-back':
      return [
        notice(
          'warning',
          l10n.t('This plan was made before the window was reloaded. Plan again to go on.'),
          [],
        ),
      ];
  }
}

function notice(tone: Tone, title: string, buttons: readonly PageButton[]): Finding {
  return { tone, verdict: l10n.t('Note'), title, buttons };
}

function showOperation(operation: string | undefined): readonly PageButton[] {
  return operation === undefined ? [] : [{ id: BUTTON.operation, label: l10n.t('Show Operation') }];
}

/** The button that carries the plan out comes first. If a check stops the plan, that button is missing. */
function buttonsOfPlan<O extends string>(standing: Standing<O>): readonly PageButton[] {
  switch (standing.kind) {
    case 'carried-out':
      return [];
    case 'brought-back':
      return [{ id: BUTTON.again, label: standing.again }];
    case 'overtaken':
      return [...changeButtons(standing.canChange), { id: BUTTON.cancel, label: l10n.t('Cancel') }];
    case 'asked': {
      const { go, previews, canChange } = standing.offer;
      return presentItems<PageButton>(
        go && { id: BUTTON.go, label: go.label, look: 'main' },
        ...changeButtons(canChange),
        ...previews
          .filter(({ id }) => id === 'compare')
          .map(({ id }) => ({ id: `${BUTTON.preview}${id}`, label: l10n.t('Compare') })),
        standing.canCopy ? { id: BUTTON.copy, label: l10n.t('Copy as CLI') } : undefined,
        { id: BUTTON.cancel, label: l10n.t('Cancel') },
      );
    }
  }
}

function changeButtons(canChange: boolean): readonly PageButton[] {
  return canChange ? [{ id: BUTTON.change, label: l10n.t('Change…') }] : [];
}

function findingSections<O extends string>(
  findings: readonly PlanFinding[],
  standing: Standing<O>,
): readonly Section[] {
  const offer = standing.kind === 'asked' ? standing.offer : undefined;
  const of = (...verdicts: readonly Verdict[]): readonly Finding[] =>
    byWeight(findings)
      .filter(({ verdict }) => verdicts.includes(verdict))
      .map((finding) => findingOf(finding, offer));
  const problems = of('block', 'confirm');
  const overrides = offer?.overrides ?? [];
  const warnings = of('warn', 'unknown');
  const passed = of('pass');
  return [
    section('problems', l10n.t('Problems'), problems, undefined, [
      ...overrides.map(({ value, label }) => ({
        id: `${BUTTON.override}${value}`,
        label,
        look: 'risky' as const,
      })),
    ]),
    section('warnings', l10n.t('To know'), warnings),
    section('passed', passedWords(passed.length), passed, 'closed'),
  ].filter(({ blocks }) => blocks.length > 0);
}

function section(
  id: string,
  heading: string,
  findings: readonly Finding[],
  fold?: 'closed',
  buttons: readonly PageButton[] = [],
): Section {
  return {
    id,
    heading,
    ...(fold && { fold, tone: 'good' }),
    blocks: presentItems<Block>(
      findings.length === 0 ? undefined : findingsBlock(findings),
      buttons.length === 0 ? undefined : { kind: 'buttons', buttons },
    ),
  };
}

function findingOf<O extends string>(
  { verdict, title, text, help, steps = [], preview }: PlanFinding,
  offer: Offer<O> | undefined,
): Finding {
  const step = steps.find((one) => offer?.steps.includes(one));
  const shown = offer?.previews.find(({ id }) => id === preview);
  const buttons = presentItems(
    step && { id: `${BUTTON.step}${step}`, label: stepWords(step) },
    shown && { id: `${BUTTON.preview}${shown.id}`, label: shown.label },
  );
  return {
    tone: VERDICT_TONES[verdict],
    verdict: verdictWord(verdict),
    title,
    ...present({ text, help, buttons: buttons.length > 0 ? buttons : undefined }),
  };
}
