/**
 * The page of a kdb cluster: the content that `listedThing` makes, with the code that the cluster runs
 * added.
 */
import * as l10n from '@vscode/l10n';
import type { KdbCluster } from '../../../model/kdb';
import { presentItems } from '../../../model/present';
import { mutedText } from '../blocks';
import { factsSection } from '../facts';
import type { Section } from '../page';
import { commandButton } from './buttons';
import { codeFacts } from './code-facts';
import type { ThingContent } from './thing';

/** The cluster with its details, or why the details could not be read. */
export type ReadCluster = KdbCluster | { readonly notRead: string };

export function kdbClusterThing(plain: ThingContent, read: ReadCluster | undefined): ThingContent {
  return {
    ...plain,
    problems: presentItems(
      ...plain.problems,
      read && 'notRead' in read
        ? {
            tone: 'unknown',
            verdict: l10n.t('Unknown'),
            title: l10n.t('What it runs could not be read'),
            text: read.notRead,
            buttons: [commandButton('slipway.resources.refreshRow', 'not-read')],
          }
        : undefined,
    ),
    sections: [codeSection(read), ...plain.sections],
  };
}

function codeSection(read: ReadCluster | undefined): Section {
  const heading = l10n.t('What it runs');
  if (read && !('notRead' in read)) return factsSection(heading, codeFacts(read.configuration), 'code');
  const text = read ? l10n.t('Not known: it could not be read.') : l10n.t('Reading…');
  return { id: 'code', heading, blocks: [mutedText(text)] };
}
