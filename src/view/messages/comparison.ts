/** What a comparison of a folder with deployed code may say: the configuration is known, what the processes run is not. */
import * as l10n from '@vscode/l10n';
import type { TargetReading } from '../../deploy/port/deploy-target';
import { filesWords } from './counts';
import { statusWords } from './phase';

type Compared = Pick<TargetReading, 'label' | 'notReady'>;

/** That the folder and the deployed code are the same. While the target is not ready, it may not run that code. */
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
