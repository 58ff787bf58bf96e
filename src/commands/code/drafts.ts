/**
 * Drafts: answers of wizards that were left unfinished, stored in the workspace for a day so that the user can
 * continue.
 */

import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';
import { present } from '../../model/present';
import type { KeptPlace } from '../pick/last-place';
import { knownArguments } from './configuration-steps';
import type { ConfigurationAnswers, SourceAnswers, UsualAnswers, WithUsual } from './deploy-answers';
import type { PickedTarget } from './picked-target';
import type { PickedFolder } from './source-steps';
import { nameOf } from './usual-answers';

const KEY = 'slipway.drafts';
/** A draft is kept for this many milliseconds: one day. */
const A_DAY = 24 * 60 * 60_000;

/** The command that the wizard belongs to. */
export type DraftOf = 'deploy' | 'plan';

/**
 * The answers that a draft stores. For arguments it stores only whether they were changed, since their values may be
 * secrets.
 */
export interface Draft {
  readonly place: KeptPlace;
  readonly answers: Omit<UsualAnswers, 'commandLineArguments'>;
}

interface KeptDraft extends Draft {
  /** The time at which the draft was kept, in epoch milliseconds. */
  readonly at: number;
}

type KeptDrafts = Readonly<Partial<Record<DraftOf, KeptDraft>>>;

export class Drafts {
  /** @param memento the storage of the workspace */
  constructor(
    private readonly memento: Memento,
    private readonly now: () => number,
    private readonly onProblem: (thrown: unknown) => void,
  ) {}

  get(of: DraftOf): Draft | undefined {
    const draft = this.all()[of];
    return draft !== undefined && this.now() - draft.at < A_DAY ? draft : undefined;
  }

  keep(of: DraftOf, { place, answers }: Draft): void {
    this.store({ ...this.all(), [of]: { place, answers, at: this.now() } });
  }

  forget(of: DraftOf): void {
    const { [of]: _, ...others } = this.all();
    this.store(others);
  }

  private all(): KeptDrafts {
    return this.memento.get<KeptDrafts>(KEY, {});
  }

  private store(drafts: KeptDrafts): void {
    this.memento.update(KEY, drafts).then(undefined, this.onProblem);
  }
}

/** The answers of a deployment so far. */
export type AnswersSoFar = Partial<
  PickedTarget & SourceAnswers & ConfigurationAnswers & WithUsual & PickedFolder
>;

/** The draft of the answers so far; undefined as long as the place or the source is not chosen. */
export function draftOf(soFar: AnswersSoFar): Draft | undefined {
  const { connection, kind, path, label, seen, folder, usual } = soFar;
  const source = soFar.source ?? (folder && { kind: 'folder', uri: folder.uri });
  if (connection === undefined || kind === undefined || path === undefined || source === undefined)
    return undefined;
  const { bucket, prefix, strategy, initializationScript: script } = soFar;
  return {
    place: {
      connectionId: connection.id,
      kind: kind.id,
      path,
      label: seen?.label ?? label ?? path.join(' / '),
    },
    answers: {
      source,
      ...(usual?.isLast && { isLast: true }),
      ...present({ bucket, prefix, strategy }),
      ...(script !== undefined && script.kind !== 'keep' && { initializationScript: script }),
      ...(areChanged(soFar) && { asksArguments: true }),
    },
  };
}

/**
 * Returns true if the arguments differ from those that would be used without a question, or if they were
 * already changed in the draft that the wizard continues.
 */
function areChanged({ commandLineArguments: chosen, ...soFar }: AnswersSoFar): boolean {
  if (soFar.usual?.asksArguments) return true;
  if (chosen === undefined || chosen.kind === 'keep') return false;
  return JSON.stringify(chosen) !== JSON.stringify(knownArguments(soFar));
}

/** A summary of a draft's answers: `code, bucket acme-code, ROLLING, script init/start.q`. */
export function draftWords({
  source,
  bucket,
  strategy,
  initializationScript: script,
}: Draft['answers']): string {
  return [
    source && (source.kind === 'folder' ? nameOf(source.uri) : source.at.key),
    bucket === undefined ? undefined : l10n.t('bucket {0}', { 0: bucket }),
    strategy,
    script?.kind === 'value' ? l10n.t('script {0}', { 0: script.value }) : script && l10n.t('no script'),
  ]
    .filter((text) => text !== undefined)
    .join(', ');
}
