/**
 * Words for a comparison of a folder with deployed code. The deployed code is the code in the target's
 * configuration: the processes of a target that is not ready may still run other code.
 */
import * as l10n from '@vscode/l10n';
import type { TargetReading } from '../../deploy/port/deploy-target';
import { filesWords } from './counts';
import { statusWords } from './phase';

type Compared = Pick<TargetReading, 'label' | 'notReady'>;

/**
 * Says that folder and deployed code are the same. A target that is not ready may run code other than the
 * configured code.
 */
export function sameCodeWords({ label, notReady }: Compared, files: number): string {
  const same = { label, files: filesWords(files) };
  return notReady === undefined
    ? l10n.t('No difference: the code of {label} is exactly the {files} of this folder.', same)
    : l10n.t(
        'No difference between the configuration of {label} and the {files} of this folder. It is {status}: whether it runs that code is not known.',
        { ...same, status: statusWords(notReady.facts.status) },
      );
}

/** The title of the differences, with the status of a target that is not ready. */
export function comparisonTitle({ label, notReady }: Compared): string {
  return notReady === undefined
    ? l10n.t('Deployed on {label} ↔ Workspace', { label })
    : l10n.t('Configured on {label} ({status}) ↔ Workspace', {
        label,
        status: statusWords(notReady.facts.status),
      });
}
