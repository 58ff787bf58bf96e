/**
 * The steps to the next version, in order: whether each one blocks the upgrade, and the button that does the
 * step.
 */
import * as l10n from '@vscode/l10n';
import { present } from '../../../model/present';
import type { Readiness } from '../../../nodegroup/readiness/readiness';
import type { ReadinessStep } from '../../../nodegroup/readiness/steps';
import { stepSentences } from '../../messages/nodegroup/readiness-steps';
import { say } from '../../messages/sentences';
import { findingsBlock, text } from '../blocks';
import type { Finding, PageButton, Section } from '../page';
import { READINESS_BUTTON } from './shown-readiness';

export function stepsSection({ steps, next }: Readiness): Section {
  const id = 'steps';
  const upgrade = steps.findIndex(({ code }) => code === 'upgrade-control-plane');
  return next.kind === 'none'
    ? {
        id,
        heading: l10n.t('What to do'),
        blocks: [text(l10n.t('There is no later version to get ready for.'))],
      }
    : {
        id,
        heading: l10n.t('What to do, in this order'),
        ...present({
          note:
            next.kind === 'assumed'
              ? l10n.t('for {0}, if AWS offers it: that could not be read', { 0: next.version })
              : undefined,
        }),
        blocks: [findingsBlock(steps.map((step, at) => findingOf(step, at, at < upgrade)))],
      };
}

function findingOf(step: ReadinessStep, at: number, isBefore: boolean): Finding {
  const number = at + 1;
  const button = buttonOf(step);
  return {
    tone: step.blocks ? 'error' : isBefore ? 'warning' : 'neutral',
    verdict: step.blocks
      ? l10n.t('{0}. Blocks', { 0: number })
      : isBefore
        ? l10n.t('{0}. To mend', { 0: number })
        : at === 0
          ? l10n.t('{0}. First', { 0: number })
          : l10n.t('{0}. Then', { 0: number }),
    title: say(stepSentences, step),
    ...present({ buttons: button && [button] }),
  };
}

/**
 * The button that does the step in Slipway or shows what is wrong; where Slipway can do neither, the button
 * opens the AWS console.
 */
function buttonOf(step: ReadinessStep): PageButton {
  const { update, health, insights, console } = READINESS_BUTTON;
  switch (step.code) {
    case 'update-nodegroup-first':
    case 'update-nodegroup-after':
    case 'renew-own-ami': {
      const { nodegroup } = step.facts;
      return { id: `${update}${nodegroup}`, label: l10n.t('Update {0}…', { 0: nodegroup }) };
    }
    case 'mend-nodegroup': {
      const { nodegroup } = step.facts;
      return { id: `${health}${nodegroup}`, label: l10n.t('Show Health of {0}', { 0: nodegroup }) };
    }
    case 'mend-insight':
      return { id: insights, label: l10n.t('Show Insights') };
    case 'wait-for-cluster':
    case 'mend-cluster':
    case 'update-addon-first':
    case 'addon-without-version':
    case 'upgrade-control-plane':
    case 'update-addon-after':
    case 'replace-nodegroup':
      return { id: console, label: l10n.t('Open in AWS Console') };
  }
}
