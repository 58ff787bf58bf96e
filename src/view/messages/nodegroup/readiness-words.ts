/** Words of the readiness of a cluster, for its page and its document. */
import * as l10n from '@vscode/l10n';
import type { AddonReadiness } from '../../../nodegroup/readiness/addons';
import type { NextVersion } from '../../../nodegroup/readiness/readiness';
import type { Support } from '../../../nodegroup/rules/support';
import type { Skew } from '../../../nodegroup/rules/versions';
import type { OptionalRead } from '../../../plan/optional-read';
import { dayWords } from './counts';
import { unknownWords } from './unknown';

export function supportWords(support: OptionalRead<Support>): string {
  if (!support.known) return unknownWords(support.why);
  const { value } = support;
  switch (value.kind) {
    case 'standard':
      return value.until === undefined
        ? l10n.t('standard support')
        : l10n.t('standard support until {day}', { day: dayWords(value.until) });
    case 'extended':
      return value.until === undefined
        ? l10n.t('extended support, which costs extra')
        : l10n.t('extended support, which costs extra, until {day}', { day: dayWords(value.until) });
    case 'ended':
      return value.since === undefined
        ? l10n.t('ended')
        : l10n.t('ended on {day}', { day: dayWords(value.since) });
    case 'unlisted':
      return l10n.t('AWS does not say');
  }
}

export function nextWords(next: NextVersion): string {
  switch (next.kind) {
    case 'offered':
      return next.version;
    case 'assumed':
      return l10n.t('{version}, if AWS offers it: that could not be read', { version: next.version });
    case 'none':
      return l10n.t('none: AWS offers nothing later');
  }
}

export function skewWords(skew: Skew): string {
  switch (skew.kind) {
    case 'equal':
      return l10n.t('none');
    case 'behind':
      return l10n.t('{minors} of {allowed}', { minors: skew.minors, allowed: skew.allowed });
    case 'too-old':
      return l10n.t('{minors}, too old: {allowed} are supported', {
        minors: skew.minors,
        allowed: skew.allowed,
      });
    case 'newer':
      return l10n.t('newer than the control plane');
    case 'unknown':
      return l10n.t('not known');
  }
}

export function compatibilityWords(next: AddonReadiness['next']): string {
  if (!next) return '';
  if (!next.known) return unknownWords(next.why);
  const { value } = next;
  switch (value.kind) {
    case 'compatible':
      return l10n.t('works');
    case 'update-first':
      return l10n.t('needs {version}; update first', { version: value.bridge });
    case 'update-after':
      return l10n.t('needs {version}; update after', { version: value.version });
    case 'no-version':
      return l10n.t('no version works');
  }
}
