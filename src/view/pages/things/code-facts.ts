/** The code configuration of a thing, as rows of a table. */
import * as l10n from '@vscode/l10n';
import type { CodeConfiguration } from '../../../model/code';
import { MASK, withoutSecrets } from '../../../model/without-secrets';
import { beside, code, muted } from '../cells';
import type { Fact } from '../facts';
import { copyable } from './buttons';

/** @param more further rows right below the code's address */
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

/** The value of an argument as pages show it: `***` if the value or its key suggests a secret. */
export function shownValue(key: string, value: string): string {
  const [alone, named] = [value, `${key}=${value}`];
  return withoutSecrets(alone) === alone && withoutSecrets(named) === named ? value : MASK;
}
