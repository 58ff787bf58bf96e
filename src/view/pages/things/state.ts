/** The state of a thing at the top of its page, or in a table. */
import * as l10n from '@vscode/l10n';
import type { Phase } from '../../../model/phase';
import type { Attention } from '../../../nodegroup/attention/attention';
import { attentionBadge } from '../../messages/nodegroup';
import { statusWords } from '../../messages/phase';
import { sentence } from '../cells';
import type { Page, Tone } from '../page';
import { attentionTone } from './attention';

type State = Page['state'];

const TONES: { readonly [P in Phase]: Tone } = {
  ready: 'good',
  busy: 'running',
  failed: 'error',
  gone: 'neutral',
  unknown: 'unknown',
};

/** The tone of a thing by its phase and status alone; items that need attention do not count. */
export function statusTone(phase: Phase, status: string): Tone {
  return status === 'DEGRADED' ? 'warning' : TONES[phase];
}

/** The state of a thing by its phase and status alone; items that need attention do not count. */
export function listedState(phase: Phase, status: string): State {
  return { tone: statusTone(phase, status), text: sentence(statusWords(status)) };
}

/** The state of a thing about which nothing is known yet: it is still being read, or could not be read. */
export function unseenState(hasFailed: boolean): State {
  return hasFailed
    ? { tone: 'unknown', text: l10n.t('Could not be read') }
    : { tone: 'running', text: l10n.t('Reading…') };
}

/**
 * The state in few words, for a table. `attention` is undefined while it is not known, or is out of
 * date.
 */
export function shortState(phase: Phase, status: string, attention: Attention | undefined): State {
  if (phase !== 'ready' || !attention)
    return { tone: phase === 'ready' ? 'neutral' : statusTone(phase, status), text: statusWords(status) };
  const items = attention.items.filter((item) => attentionTone(item) !== 'info');
  const [gravest] = items;
  if (gravest) return { tone: attentionTone(gravest), text: items.map(attentionBadge).join(', ') };
  return attention.unknown.length + attention.pending.length > 0
    ? { tone: 'neutral', text: l10n.t('not all known') }
    : { tone: 'good', text: statusWords(status) };
}

/**
 * The state of a thing that has been read and may need attention. `attention` is undefined while it is
 * not known, or is out of date.
 */
export function attentiveState(phase: Phase, status: string, attention: Attention | undefined): State {
  if (phase !== 'ready') return listedState(phase, status);
  const words = sentence(statusWords(status));
  if (!attention) {
    return {
      tone: 'neutral',
      text: l10n.t('{0}; whether it needs attention is not known yet', { 0: words }),
    };
  }
  const [gravest, ...others] = attention.items.filter((item) => attentionTone(item) !== 'info');
  if (gravest) {
    const badges = [gravest, ...others].map(attentionBadge).join(', ');
    return {
      tone: attentionTone(gravest),
      text: l10n.t('{0}, needs attention: {1}', { 0: words, 1: badges }),
    };
  }
  return attention.unknown.length + attention.pending.length > 0
    ? { tone: 'neutral', text: l10n.t('{0}; not all that may need attention is known', { 0: words }) }
    : { tone: 'good', text: l10n.t('{0}, nothing needs attention', { 0: words }) };
}
