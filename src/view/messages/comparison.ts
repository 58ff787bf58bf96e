/** What a comparison of a folder with deployed code may say: the configuration is known, what the processes run is not. */
import * as l10n from '@vscode/l10n';
import type { KdbCluster } from '../../model/kdb';
import { filesWords } from './counts';
import { statusWords } from './phase';

type Compared = Pick<KdbCluster, 'phase' | 'status'>;

/** That the folder and the code of the cluster are the same. While the cluster is not ready, it may not run that code. */
export function sameCodeWords({ phase, status }: Compared, label: string, files: number): string {
  const same = { label, files: filesWords(files), status: statusWords(status) };
  return phase === 'ready'
    ? l10n.t('No difference: the code of {label} is exactly the {files} of this folder.', same)
    : l10n.t(
        'No difference between the configuration of {label} and the {files} of this folder. The cluster is {status}: whether it runs that code is not known.',
        same,
      );
}

/** The title of the differences, with the status of a cluster that is not ready. */
export function comparisonTitle({ phase, status }: Compared, label: string): string {
  return phase === 'ready'
    ? l10n.t('Deployed on {label} ↔ Workspace', { label })
    : l10n.t('Configured on {label} ({status}) ↔ Workspace', { label, status: statusWords(status) });
}
