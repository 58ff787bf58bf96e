/** The questions about the source, the bucket and the prefix. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { versionsOf } from '../../deploy/history/from-bucket';
import type { Bucket, ObjectStore } from '../../deploy/ports';
import { isReason } from '../../model/failure';
import { allItems } from '../../model/page';
import type { Packer } from '../../package/packer';
import { isAbsent, readOptional } from '../../plan/optional-read';
import { sizeWords } from '../../view/messages/phase';
import { textSetting } from '../../view/settings';
import { BACK, LEFT } from '../../view/wizard/prompts';
import { wizard } from '../../view/wizard/wizard';
import { answered, into, namedQuestion, type WizardStep } from '../../view/wizard/wizard-steps';
import type { PickedConnection } from '../pick/connection';
import type { PickedKind } from '../pick/place';
import type { Ports } from '../ports';
import { sentence } from './configuration-steps';
import type { SourceAnswers, UsualAnswers, WithUsual } from './deploy-answers';
import type { PickedTarget } from './picked-target';
import { packRequestOf } from './plan';
import type { RememberedPrefixes } from './remembered';
import { type Scripts, scriptsIn, scriptsInZip } from './scripts';
import { lastWords } from './usual-answers';

/** What these questions need. */
export interface SourceDeps {
  readonly ports: Ports;
  readonly packer: Pick<Packer, 'scan'>;
  /** Absolute path of the folder for zips. */
  readonly cacheFolder: string;
  readonly prefixes: Pick<RememberedPrefixes, 'of'>;
}

/** The answers that are known already. */
export interface SourceKnown {
  /** The answers of the last deployment to the place; offered as a whole. */
  readonly last?: (place: CodePlace) => UsualAnswers | undefined;
  /** Answers of a wizard that is taken up again. */
  readonly draft?: (place: CodePlace) => UsualAnswers;
  /** True if the prefix is asked for; else the last one of the bucket counts, unless the user changes it in the review. */
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

/** With `path` and `seen` for a single target: its present bucket comes first. */
export type CodePlace = PickedConnection & PickedKind & Partial<Pick<PickedTarget, 'path' | 'seen'>>;

const OTHER = Symbol('other folder');
const ZIP = Symbol('zip in S3');
const LAST = Symbol('as last time');

/** Undefined: a zip is deployed. */
export interface PickedFolder {
  readonly folder: { readonly uri: string } | undefined;
}

type FolderAnswer = PickedFolder & WithUsual;

function folderStep(deps: SourceDeps, { last, draft }: SourceKnown): WizardStep<CodePlace, FolderAnswer> {
  return namedQuestion<CodePlace, FolderAnswer>(
    'source',
    async (place, { prompts, heading }) => {
      // Without the last answers where only this question is asked again: they would change more than the folder.
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

/** A sentence if no file of the folder would be packed; undefined as soon as one is found. */
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

const bucketStep = (ports: Ports): WizardStep<CodePlace & WithUsual, Pick<SourceAnswers, 'bucket'>> =>
  namedQuestion<CodePlace & WithUsual, Pick<SourceAnswers, 'bucket'>>(
    'bucket',
    async ({ connection, kind, seen }, { prompts, heading }, before) => {
      const { region } = connection;
      const present = seen?.configuration.code?.bucket;
      let listed: readonly Bucket[] = [];
      return into(
        await prompts.pick<string>(heading, {
          placeholder: l10n.t('Choose a bucket in {0} for the code, or type its name', { 0: region }),
          choices: async (signal) => {
            const { objects } = await ports(connection);
            listed = bucketsHere(await bucketsOf(objects, signal), region, present);
            return listed.map(({ name }) => ({
              value: name,
              label: name,
              icon: 'archive',
              ...(name === present && { description: l10n.t('holds the present code') }),
            }));
          },
          active: (name) => name === (before?.bucket ?? present ?? textSetting('deploy.bucket')),
          typed: (name) =>
            kind.rules.bucket(name)
              ? undefined
              : { value: name, label: name, description: l10n.t('as typed') },
          verify: async (name, signal) => {
            if (listed.some((bucket) => bucket.name === name)) return undefined;
            return await problemOfBucket(name, region, (await ports(connection)).objects, signal);
          },
          empty: l10n.t('No bucket was found in {0}, or you may not list them: type the name of one', {
            0: region,
          }),
        }),
        (bucket) => ({ bucket }),
      );
    },
    {
      known: ({ usual }) => (usual?.bucket === undefined ? undefined : { bucket: usual.bucket }),
      stands: () => true,
    },
  );

/** The buckets of the region, the only ones that code can be taken from; the one with the present code first. */
function bucketsHere(
  buckets: readonly Bucket[],
  region: string,
  present: string | undefined,
): readonly Bucket[] {
  const here = buckets.filter((bucket) => bucket.name !== present && (bucket.region ?? region) === region);
  return present === undefined ? here : [{ name: present }, ...here];
}

/** Undefined for a bucket that exists, and for one that AWS says nothing of: the plan then shows it as unknown. */
async function problemOfBucket(
  name: string,
  here: string,
  objects: Pick<ObjectStore, 'bucketRegion'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const region = await readOptional(() => objects.bucketRegion(name, signal));
  if (region.known && region.value !== here)
    return l10n.t('The bucket "{0}" is in {1}; code is taken from buckets in {2} alone.', {
      0: name,
      1: region.value,
      2: here,
    });
  return !region.known && isAbsent(region.why) ? l10n.t('There is no bucket "{0}".', { 0: name }) : undefined;
}

/** None where listing buckets is denied (`s3:ListAllMyBuckets`): the user types the name. */
async function bucketsOf(objects: ObjectStore, signal: AbortSignal): Promise<readonly Bucket[]> {
  try {
    return await allItems((next) => objects.listBuckets(next, signal));
  } catch (error) {
    if (!isReason(error, 'access-denied')) throw error;
    return [];
  }
}

type WithBucket = PickedConnection & PickedKind & WithUsual & Pick<SourceAnswers, 'bucket'>;

const zipStep = (ports: Ports): WizardStep<WithBucket, Pick<SourceAnswers, 'source'>> =>
  namedQuestion<WithBucket, Pick<SourceAnswers, 'source'>>(
    'zip',
    async ({ connection, bucket }, { prompts, heading }) => {
      const zip = await prompts.pick(heading, {
        placeholder: l10n.t('Choose a zip'),
        choices: async (signal) => {
          const { objects } = await ports(connection);
          const versions = await versionsOf(objects, bucket, '', signal);
          return versions
            .filter(({ key }) => key.endsWith('.zip'))
            .sort((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0))
            .map((version) => ({
              value: version,
              label: version.key,
              description: [
                sizeWords(version.size),
                version.modifiedAt === undefined ? undefined : new Date(version.modifiedAt).toLocaleString(),
                version.isLatest ? undefined : l10n.t('earlier version'),
              ]
                .filter((text) => text !== undefined)
                .join(' · '),
              ...(version.versionId !== undefined && {
                detail: l10n.t('version {0}', { 0: version.versionId }),
              }),
              icon: 'file-zip',
            }));
        },
        empty: l10n.t('There is no zip in this bucket'),
      });
      if (zip === BACK || zip === LEFT) return zip;
      const at = { bucket, key: zip.key, ...(zip.versionId !== undefined && { versionId: zip.versionId }) };
      return { source: { kind: 'zip', at } };
    },
    {
      known: ({ usual }) => (usual?.source?.kind === 'zip' ? { source: usual.source } : undefined),
      stands: ({ source }, { bucket }) => source.kind === 'zip' && source.at.bucket === bucket,
    },
  );

const prefixStep = (
  prefixes: SourceDeps['prefixes'],
  isAsked: boolean,
): WizardStep<WithBucket, Pick<SourceAnswers, 'prefix'>> =>
  namedQuestion<WithBucket, Pick<SourceAnswers, 'prefix'>>(
    'prefix',
    async ({ kind, bucket }, { prompts, heading }, before) =>
      into(
        await prompts.input(heading, {
          prompt: l10n.t('Folder in the bucket under which Slipway keeps code and records. It may be empty.'),
          value: before?.prefix ?? prefixes.of(bucket),
          check: (text) => sentence(kind.rules.prefix(text)),
        }),
        (prefix) => ({ prefix }),
      ),
    {
      known: ({ usual, bucket = '' }) =>
        isAsked ? undefined : { prefix: usual?.prefix ?? prefixes.of(bucket) },
      stands: () => true,
    },
  );

/** The q sources in a folder or zip. */
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
