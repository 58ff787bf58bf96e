/** What the page of a kdb cluster says of what it runs, beside what its list says. */
import * as l10n from '@vscode/l10n';
import type { KdbCluster } from '../../../model/kdb';
import type { Section } from '../page';
import { commandButton } from './buttons';
import { codeFacts } from './code-facts';
import { factsSection } from './facts';
import type { ThingContent } from './thing';

/** What the list does not say: absent while it is read, or why it could not be. */
export type ReadCluster = KdbCluster | { readonly notRead: string };

export function kdbClusterThing(plain: ThingContent, read: ReadCluster | undefined): ThingContent {
  return {
    ...plain,
    problems: [
      ...plain.problems,
      ...(read && 'notRead' in read
        ? [
            {
              tone: 'unknown' as const,
              verdict: l10n.t('Unknown'),
              title: l10n.t('What it runs could not be read'),
              text: read.notRead,
              buttons: [commandButton('slipway.resources.refreshRow', 'not-read')],
            },
          ]
        : []),
    ],
    sections: [codeSection(read), ...plain.sections],
  };
}

function codeSection(read: ReadCluster | undefined): Section {
  const heading = l10n.t('What it runs');
  if (read && !('notRead' in read)) return factsSection(heading, codeFacts(read.configuration), 'code');
  const text = read ? l10n.t('Not known: it could not be read.') : l10n.t('Reading…');
  return { id: 'code', heading, blocks: [{ kind: 'text', text, look: 'muted' }] };
}
