/** The questions about the source of a deployment and its place in S3: folder or zip, bucket, prefix. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Packer } from '../../package/packer';
import { BACK, LEFT } from '../../view/wizard/prompts';
import { wizard } from '../../view/wizard/wizard';
import { answered, namedQuestion, type WizardStep } from '../../view/wizard/wizard-steps';
import type { PickedConnection } from '../pick/connection';
import type { Ports } from '../ports';
import { bucketStep, type CodePlace, prefixStep, zipStep } from './bucket-steps';
import type { SourceAnswers, UsualAnswers, WithUsual } from './deploy-answers';
import { packRequestOf } from './plan';
import type { RememberedPrefixes } from './remembered';
import { type Scripts, scriptsIn, scriptsInZip } from './scripts';
import { lastWords } from './usual-answers';

/** Everything that the questions of this file need. */
export interface SourceDeps {
  readonly ports: Ports;
  readonly packer: Pick<Packer, 'scan'>;
  /** Absolute path of the folder for zips. */
  readonly cacheFolder: string;
  readonly prefixes: Pick<RememberedPrefixes, 'of'>;
}

/** The answers that are already known, and the questions that are left out. */
export interface SourceKnown {
  /** The answers of the last deployment to the place; one row offers all of them together. */
  readonly last?: (place: CodePlace) => UsualAnswers | undefined;
  /** The answers of a draft that the user continues. */
  readonly draft?: (place: CodePlace) => UsualAnswers;
  /**
   * True if the user is asked for the prefix. Otherwise Slipway takes the prefix that was last used in the
   * bucket, unless the user changes it in the review.
   */
  readonly asksPrefix: boolean;
}

/** Asks for a folder or zip, a bucket, and the prefix of code and records. */
export function sourceSteps(
  deps: SourceDeps,
  known: SourceKnown,
): WizardStep<CodePlace, SourceAnswers & WithUsual> {
  const zip = zipStep(deps.ports);
  return wizard<CodePlace>()
    .and(folderStep(deps, known))
    .and(bucketStep(deps.ports))
    .branch<'folder', Pick<SourceAnswers, 'source'>>(
      ['folder'],
      ({ folder }) =>
        folder === undefined ? zip : answered({ source: { kind: 'folder', uri: folder.uri } }),
      zip.ahead({}),
    )
    .and(prefixStep(deps.prefixes, known.asksPrefix));
}

const OTHER = Symbol('other folder');
const ZIP = Symbol('zip in S3');
const LAST = Symbol('as last time');

/** The folder to deploy; undefined where a zip is deployed. */
export interface PickedFolder {
  readonly folder: { readonly uri: string } | undefined;
}

type FolderAnswer = PickedFolder & WithUsual;

function folderStep(deps: SourceDeps, { last, draft }: SourceKnown): WizardStep<CodePlace, FolderAnswer> {
  return namedQuestion<CodePlace, FolderAnswer>(
    'source',
    async (place, { prompts, heading }) => {
      // If only this question is asked again, the last answers are not offered: they would change more than the
      // folder.
      const before = heading.step === 0 ? undefined : last?.(place);
      const folders = vscode.workspace.workspaceFolders ?? [];
      type Picked = vscode.Uri | typeof OTHER | typeof ZIP | typeof LAST;
      const chosen = await prompts.pick<Picked>(heading, {
        placeholder: l10n.t('Choose what to deploy'),
        choices: [
          ...(before === undefined
            ? []
            : [
                {
                  value: LAST,
                  icon: 'history',
                  label: l10n.t('As last time'),
                  ...lastWords(before),
                } as const,
              ]),
          ...folders.map((folder) => ({
            value: folder.uri,
            label: folder.name,
            description: folder.uri.fsPath,
            icon: 'folder',
          })),
          { value: OTHER, label: l10n.t('Another folder…'), icon: 'folder-opened' },
          { value: ZIP, label: l10n.t('A zip that is in S3 already…'), icon: 'file-zip' },
        ],
        verify: async (value, signal) => {
          const source = value === LAST ? before?.source : undefined;
          const uri = source?.kind === 'folder' ? source.uri : value.toString();
          return typeof value === 'symbol' && source === undefined
            ? undefined
            : await problemOfFolder(uri, deps, signal);
        },
      });
      if (chosen === BACK || chosen === LEFT) return chosen;
      if (chosen === LAST && before !== undefined) return { ...folderOf(before), usual: before };
      if (chosen === ZIP) return { folder: undefined, usual: {} };
      if (typeof chosen !== 'symbol') return { folder: { uri: chosen.toString() }, usual: {} };
      const [picked] =
        (await vscode.window.showOpenDialog({
          canSelectFiles: false,
          canSelectFolders: true,
          openLabel: l10n.t('Deploy this folder'),
        })) ?? [];
      return picked ? { folder: { uri: picked.toString() }, usual: {} } : LEFT;
    },
    {
      known: (place) => {
        const { connection, kind } = place;
        if (draft === undefined || connection === undefined || kind === undefined) return undefined;
        const usual = draft({ ...place, connection, kind });
        return usual.source && { ...folderOf(usual), usual };
      },
    },
  );
}

function folderOf({ source }: UsualAnswers): PickedFolder {
  return { folder: source?.kind === 'folder' ? { uri: source.uri } : undefined };
}

/** A sentence if no file of the folder would be packed; undefined as soon as a file to pack is found. */
async function problemOfFolder(
  uri: string,
  { packer, cacheFolder }: Pick<SourceDeps, 'packer' | 'cacheFolder'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const enough = new AbortController();
  try {
    const { manifest } = await packer.scan(
      packRequestOf(uri, cacheFolder),
      AbortSignal.any([signal, enough.signal]),
      ({ files }) => files > 0 && enough.abort(),
    );
    if (manifest.entries.length > 0) return undefined;
  } catch (thrown) {
    if (enough.signal.aborted && !signal.aborted) return undefined;
    throw thrown;
  }
  return l10n.t('There is no file in it that can be deployed.');
}

/** The q and k sources in a folder or zip. */
export async function scriptsOfSource(
  { source, connection }: PickedConnection & Pick<SourceAnswers, 'source'>,
  { ports, packer, cacheFolder }: Omit<SourceDeps, 'prefixes'>,
  signal: AbortSignal,
): Promise<Scripts> {
  if (source.kind === 'folder')
    return await scriptsIn(packRequestOf(source.uri, cacheFolder), packer, signal);
  const { objects } = await ports(connection);
  return await scriptsInZip(objects, source.at, signal);
}
