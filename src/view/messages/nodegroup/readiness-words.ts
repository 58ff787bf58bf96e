/** Words for a cluster's readiness for its next version, used on the readiness page and in the document. */
import * as l10n from '@vscode/l10n';
import type { AddonReadiness } from '../../../nodegroup/readiness/addons';
import type { NextVersion } from '../../../nodegroup/readiness/readiness';
import type { Skew } from '../../../nodegroup/rules/versions';
import { unknownWords } from '../unread';

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
