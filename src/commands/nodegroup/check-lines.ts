/** The checks of a node group plan as the review shows them, with the follow-ups that show details. */

import * as l10n from '@vscode/l10n';
import { present } from '../../model/present';
import type { Check, CheckId } from '../../nodegroup/checks/all-checks';
import type { NodegroupPlan } from '../../nodegroup/plan/plan';
import type { FollowUp } from '../../nodegroup/remedies/remedy';
import { decisionOf } from '../../plan/verdict';
import { checkTitle, checkWords, followUpWords } from '../../view/messages/nodegroup';
import { checkLines } from '../../view/wizard/check-lines';
import type { Override, Preview, Review, ReviewLine } from '../../view/wizard/review';
import type { NodegroupDeps } from './deps';
import { showDrain } from './drain';
import type { NodegroupPlace } from './place';
import { insightsShown, launchTemplateShown, subnetsShown } from './show';

/** The part of a plan that decides whether the plan may run. */
type Decided = Pick<NodegroupPlan, 'checks' | 'confirmations'>;

/** The choice that runs the plan; none if a check blocks it. @param detail the changes of the plan, in words */
export function goOf(
  plan: Decided,
  go: string,
  goAnyway: string,
  detail = '',
): Pick<Review<'anyway'>, 'go' | 'overrides'> {
  switch (decisionOf(plan.checks).kind) {
    case 'go':
      return { go: { label: go, ...(detail !== '' && { detail }) } };
    case 'ask':
      return { overrides: overridesOf(plan, goAnyway) };
    case 'stop':
      return {};
  }
}

/** The checks that the user overrides by agreeing to the plan. */
export function passedBy({ confirmations }: Decided): readonly CheckId[] {
  return confirmations.map(({ check }) => check);
}

/**
 * The choice that overrides the checks; none if no check has to be overridden. The user types a name only
 * once, even if several checks require it.
 */
function overridesOf({ confirmations }: Decided, label: string): readonly Override<'anyway'>[] {
  const titles = titlesOf(confirmations.map(({ check }) => check));
  const prompt = l10n.t('This goes on past: {0}. Type the name of the node group to go on.', { 0: titles });
  const [first, ...others] = [...new Set(confirmations.map(({ typed }) => typed))].map((typed) => ({
    prompt,
    ...present({ typed }),
  }));
  if (first === undefined) return [];
  const detail = l10n.t('Goes on past: {0}', { 0: titles });
  return [{ value: 'anyway', label, detail, icon: 'warning', agreements: [first, ...others] }];
}

export function titlesOf(checks: readonly CheckId[]): string {
  return checks.map((id) => checkTitle(id)).join(', ');
}

export function linesOf(checks: readonly Check[]): readonly ReviewLine[] {
  return checkLines(checks, (check) => ({ label: checkTitle(check.id), detail: checkWords(check) }));
}

type Show = (place: NodegroupPlace, deps: NodegroupDeps) => Promise<void>;

/** The follow-ups that only show details, and that need to know only the node group. */
type PageAction = Extract<
  FollowUp,
  'check-drain' | 'open-health-issues' | 'show-insights' | 'show-launch-template' | 'show-subnets'
>;

export const LOOKS: Readonly<Record<PageAction, { readonly icon: string; readonly show: Show }>> = {
  'check-drain': { icon: 'shield', show: showDrain },
  'open-health-issues': { icon: 'pulse', show: async (place, { showPage }) => showPage(place) },
  'show-insights': { icon: 'lightbulb', show: (place, deps) => deps.pages.show(insightsShown(place, deps)) },
  'show-launch-template': {
    icon: 'file-code',
    show: (place, deps) => deps.pages.show(launchTemplateShown(place, deps)),
  },
  'show-subnets': {
    icon: 'type-hierarchy-sub',
    show: (place, deps) => deps.pages.show(subnetsShown(place, deps)),
  },
};

/** The pages to which the remedies of the checks lead; the user can open them before agreeing to the plan. */
export function previewsOf(
  checks: readonly Check[],
  place: NodegroupPlace,
  deps: NodegroupDeps,
): readonly Preview[] {
  const actions = new Set(checks.flatMap(({ remedy }) => (isPage(remedy) ? [remedy] : [])));
  return [...actions].map((action) => ({
    id: action,
    label: followUpWords(action),
    icon: LOOKS[action].icon,
    show: () => LOOKS[action].show(place, deps),
  }));
}

function isPage(action: FollowUp | undefined): action is PageAction {
  return action !== undefined && Object.hasOwn(LOOKS, action);
}
