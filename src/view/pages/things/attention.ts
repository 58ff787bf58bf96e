/**
 * Findings about a cluster or a node group: what needs attention, and which facts are not known. Most
 * findings have a button that helps.
 */
import * as l10n from '@vscode/l10n';
import { present } from '../../../model/present';
import type { Attention, AttentionCode, AttentionItem } from '../../../nodegroup/attention/attention';
import {
  attentionHelp,
  attentionState,
  attentionWords,
  factWords,
  unknownWords,
} from '../../messages/nodegroup';
import type { Finding, PageButton, Tone } from '../page';
import { commandAboveButton, commandButton } from './buttons';

/** A health issue in words, with its remedy. */
export interface ShownIssue {
  readonly what: string;
  readonly help: string;
  /** AWS's own words. */
  readonly said: string;
  /** The ids that the issue names. */
  readonly resourceIds: readonly string[];
  readonly button: PageButton;
}

const TONES: { readonly [C in AttentionCode]: Tone } = {
  'health-issues': 'error',
  'skew-exceeded': 'error',
  'version-ahead': 'error',
  'support-ended': 'error',
  'version-behind': 'warning',
  'release-behind': 'warning',
  'template-behind': 'warning',
  'ami-type-ended': 'warning',
  'cannot-follow': 'warning',
  'support-ending': 'warning',
  'support-extended': 'warning',
  'custom-ami': 'info',
};

/** Codes of the items that an update of the node group to the version of the control plane solves. */
const OF_VERSION: readonly AttentionCode[] = ['version-behind', 'skew-exceeded'];

/**
 * Codes of the items whose button leads to an update of the node group. While AWS changes the node group,
 * their findings have no button.
 */
const BY_UPDATE: readonly AttentionCode[] = [
  ...OF_VERSION,
  'version-ahead',
  'release-behind',
  'template-behind',
];

/** The tone that shows how grave an item is. */
export function attentionTone({ code }: AttentionItem): Tone {
  return TONES[code];
}

/**
 * The findings: first the health issues, then the other items in the order of `attention`, then the facts
 * that are not known.
 * @param issues the thing's health issues, in the order in which the findings show them.
 * @param isBusy true while AWS changes the node group and accepts no other change.
 */
export function attentionFindings(
  attention: Attention,
  issues: readonly ShownIssue[],
  isBusy = false,
): readonly Finding[] {
  const { items, unknown } = attention;
  const isStuck = items.some(({ code }) => code === 'cannot-follow');
  return [
    ...issues.map(issueFinding),
    ...items
      .filter(({ code }) => code !== 'health-issues')
      .map((item) => itemFinding(item, isStuck && OF_VERSION.includes(item.code), isBusy)),
    ...unknown.map(
      ({ fact, why }): Finding => ({
        tone: 'unknown',
        verdict: l10n.t('Unknown'),
        title: factWords(fact),
        text: unknownWords(why),
        buttons: [commandButton('slipway.resources.refreshRow', fact)],
      }),
    ),
  ];
}

function issueFinding({ what, help, said, resourceIds, button }: ShownIssue): Finding {
  const resources = l10n.t('Resources: {0}', { 0: resourceIds.join(' ') });
  return {
    tone: 'error',
    verdict: attentionState({ code: 'health-issues' }),
    title: what,
    text: resourceIds.length === 0 ? said : `${said} ${resources}`,
    help,
    buttons: [button],
  };
}

/**
 * @param isHelpless true if an update does not solve the item: the finding for `cannot-follow` then names
 * the remedy, and this finding names none
 */
function itemFinding(item: AttentionItem, isHelpless: boolean, isBusy: boolean): Finding {
  const help = isHelpless ? undefined : attentionHelp(item.code);
  const button = isHelpless || (isBusy && BY_UPDATE.includes(item.code)) ? undefined : buttonOf(item.code);
  return {
    tone: attentionTone(item),
    verdict: attentionState(item),
    title: attentionWords(item),
    ...present({ help, buttons: button && [button] }),
  };
}

function buttonOf(code: AttentionCode): PageButton | undefined {
  switch (code) {
    case 'version-behind':
    case 'skew-exceeded':
    case 'version-ahead':
    case 'release-behind':
    case 'template-behind':
      return commandButton('slipway.nodegroup.update', code);
    // The page of the cluster's upgrade readiness says how to replace a node group.
    case 'ami-type-ended':
    case 'cannot-follow':
      return commandAboveButton('slipway.eksCluster.readiness', code);
    case 'support-ending':
    case 'support-extended':
    case 'support-ended':
      return commandButton('slipway.eksCluster.readiness', code);
    case 'custom-ami':
    case 'health-issues':
      return undefined;
  }
}
