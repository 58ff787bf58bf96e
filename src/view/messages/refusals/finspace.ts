/** Why code cannot be deployed to a kdb cluster, and what to do. */
import * as l10n from '@vscode/l10n';
import type { FinSpaceRefusals } from '../../../deploy/finspace/refusal';
import type { CodedOf } from '../../../model/coded';
import type { Sentences } from '../sentences';

export const finspaceRefusals: Sentences<CodedOf<FinSpaceRefusals>> = {
  'cluster-not-ready': (f) =>
    l10n.t('The cluster is {0} now and takes no code. Nothing was sent. Wait until it is RUNNING.', {
      0: f.status,
    }),
  'cluster-gone': (f) => l10n.t('The cluster was deleted, or is being deleted ({0}).', { 0: f.status }),
};
