/** The checks of a plan about node groups as the review shows them, and what can be looked at because of them. */

import * as l10n from '@vscode/l10n';
import type { Check, CheckId } from '../../nodegroup/checks/all-checks';
import type { FollowUp } from '../../nodegroup/remedies/remedy';
import { decisionOf } from '../../plan/verdict';
import { checkTitle, checkWords, followUpWords } from '../../view/messages/nodegroup';
import { checkLines } from '../../view/wizard/check-lines';
import type { Override, Preview, Review, ReviewLine } from '../../view/wizard/review';
import type { NodegroupDeps } from './deps';
import type { NodegroupPlace } from './place';
import { showHealth, showInsights, showLaunchTemplate, showSubnets } from './show';

/** The way to go on; nothing where a check forbids it. `name`: the node group's, to be typed to go on past a check. */
export function goOf(
  checks: readonly Check[],
  go: string,
  goAnyway: string,
  name: string,
): Pick<Review<'anyway'>, 'go' | 'overrides'> {
  const decision = decisionOf(checks);
  switch (decision.kind) {
    case 'go':
      return { go: { label: go } };
    case 'ask':
      return { overrides: [overrideOf(decision.checks, goAnyway, name)] };
    case 'stop':
      return {};
  }
}

function overrideOf(checks: readonly CheckId[], label: string, name: string): Override<'anyway'> {
  const titles = titlesOf(checks);
  const prompt = l10n.t('This goes on past: {0}. Type the name of the node group to go on.', { 0: titles });
  return {
    value: 'anyway',
    label,
    detail: l10n.t('Goes on past: {0}', { 0: titles }),
    icon: 'warning',
    names: [{ prompt, expected: name }],
  };
}

export function titlesOf(checks: readonly CheckId[]): string {
  return checks.map((id) => checkTitle(id)).join(', ');
}

export function linesOf(checks: readonly Check[]): readonly ReviewLine[] {
  return checkLines(checks, (check) => ({ label: checkTitle(check.id), detail: checkWords(check) }));
}

type Show = (place: NodegroupPlace, deps: NodegroupDeps) => Promise<void>;

/** Follow-ups that only show something. */
type PageAction = Extract<
  FollowUp,
  'open-health-issues' | 'show-insights' | 'show-launch-template' | 'show-subnets'
>;

export const PAGES: Readonly<Record<PageAction, { readonly icon: string; readonly show: Show }>> = {
  'open-health-issues': { icon: 'pulse', show: showHealth },
  'show-insights': { icon: 'lightbulb', show: showInsights },
  'show-launch-template': { icon: 'file-code', show: showLaunchTemplate },
  'show-subnets': { icon: 'type-hierarchy-sub', show: showSubnets },
};

/** What the checks advise to look at before the plan is agreed to. */
export function previewsOf(
  checks: readonly Check[],
  place: NodegroupPlace,
  deps: NodegroupDeps,
): readonly Preview[] {
  const actions = new Set(checks.flatMap(({ remedy }) => (isPage(remedy) ? [remedy] : [])));
  return [...actions].map((action) => ({
    label: followUpWords(action),
    icon: PAGES[action].icon,
    show: () => PAGES[action].show(place, deps),
  }));
}

function isPage(action: FollowUp | undefined): action is PageAction {
  return action !== undefined && Object.hasOwn(PAGES, action);
}
