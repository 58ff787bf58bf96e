/** The code configuration of a thing, as rows of a table. */
import * as l10n from '@vscode/l10n';
import type { CodeConfiguration } from '../../../model/code';
import { beside, code, muted } from '../cells';
import { shownValue } from '../shown-value';
import { copyable } from './buttons';
import type { Fact } from './facts';

/** @param more rows right below the code's address */
export function codeFacts(
  { code: at, initializationScript: script, commandLineArguments }: CodeConfiguration,
  more: readonly Fact[] = [],
): readonly Fact[] {
  const none = muted(l10n.t('none'));
  return [
    [
      l10n.t('Code'),
      at ? copyable(l10n.t('address'), `s3://${at.bucket}/${at.key}`) : muted(l10n.t('none so far')),
    ],
    ...more,
    [
      l10n.t('Object version'),
      at?.versionId === undefined ? undefined : copyable(l10n.t('object version'), at.versionId),
    ],
    [l10n.t('Initialization script'), script === undefined ? none : code(script)],
    [l10n.t('Arguments'), commandLineArguments.length === 0 ? none : undefined],
    ...commandLineArguments.map(
      ({ key, value }): Fact => [beside(l10n.t('Argument'), code(key)), code(shownValue(key, value))],
    ),
  ];
}
