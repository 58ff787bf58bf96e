/** The questions about what is deployed, and where it is put. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { versionsOf } from '../../deploy/history/from-bucket';
import type { Bucket, ObjectStore } from '../../deploy/ports';
import { isReason } from '../../model/failure';
import { allItems } from '../../model/page';
import { isAbsent, readOptional } from '../../plan/optional-read';
import { sizeWords } from '../../view/messages/phase';
import { BACK, LEFT } from '../../view/wizard/prompts';
import { wizard } from '../../view/wizard/wizard';
import { answered, into, namedQuestion, type WizardStep } from '../../view/wizard/wizard-steps';
import type { PickedConnection } from '../pick/connection';
import type { PickedKind } from '../pick/place';
import type { Ports } from '../ports';
import { sentence } from './configuration-steps';
import type { SourceAnswers } from './deploy-answers';
import type { PickedTarget } from './picked-target';
import { type Scripts, scriptsIn, scriptsInZip } from './scripts';

/**
 * Folder or zip, bucket, and the prefix under which code and records are kept.
 * @param lastPrefix the prefix to offer for a bucket.
 */
export function sourceSteps(
  ports: Ports,
  lastPrefix: (bucket: string) => string,
): WizardStep<CodePlace, SourceAnswers> {
  const zip = zipStep(ports, lastPrefix);
  return wizard<CodePlace>()
    .and(folderStep)
    .and(bucketStep(ports))
    .branch<'folder', SourceOf>(
      ['folder'],
      ({ folder }) =>
        folder === undefined
          ? zip
          : wizard<WithBucket>()
              .and(answered<Pick<SourceAnswers, 'source'>>({ source: { kind: 'folder', uri: folder.uri } }))
              .and(prefixStep(lastPrefix)),
      zip.ahead({}),
    );
}

type SourceOf = Pick<SourceAnswers, 'source' | 'prefix'>;

/** Where there is one target alone, its bucket comes first. */
type CodePlace = PickedConnection & PickedKind & Partial<Pick<PickedTarget, 'seen'>>;

const OTHER = Symbol('other folder');
const ZIP = Symbol('zip in S3');

/** Undefined: a zip is deployed. */
const folderStep = namedQuestion<object, { readonly folder: { readonly uri: string } | undefined }>(
  'source',
  async (_answers, { prompts, heading }) => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const chosen = await prompts.pick<vscode.Uri | typeof OTHER | typeof ZIP>(heading, {
      placeholder: l10n.t('Choose what to deploy'),
      choices: [
        ...folders.map((folder) => ({
          value: folder.uri,
          label: folder.name,
          description: folder.uri.fsPath,
          icon: 'folder',
        })),
        { value: OTHER, label: l10n.t('Another folder…'), icon: 'folder-opened' },
        { value: ZIP, label: l10n.t('A zip that is in S3 already…'), icon: 'file-zip' },
      ],
    });
    if (chosen === BACK || chosen === LEFT) return chosen;
    if (chosen === ZIP) return { folder: undefined };
    if (chosen !== OTHER) return { folder: { uri: chosen.toString() } };
    const [picked] =
      (await vscode.window.showOpenDialog({
        canSelectFiles: false,
        canSelectFolders: true,
        openLabel: l10n.t('Deploy this folder'),
      })) ?? [];
    return picked ? { folder: { uri: picked.toString() } } : LEFT;
  },
);

const bucketStep = (ports: Ports): WizardStep<CodePlace, Pick<SourceAnswers, 'bucket'>> =>
  namedQuestion('bucket', async ({ connection, kind, seen }, { prompts, heading }) => {
    const now = seen?.configuration.code?.bucket;
    let listed: readonly Bucket[] = [];
    return into(
      await prompts.pick<string>(heading, {
        placeholder: l10n.t('Choose a bucket for the code, or type its name'),
        choices: async (signal) => {
          const { objects } = await ports(connection);
          listed = await bucketsOf(objects, now, signal);
          return listed.map(({ name, region }) => ({
            value: name,
            label: name,
            icon: 'archive',
            description: [region, name === now ? l10n.t('holds the present code') : undefined]
              .filter((text) => text !== undefined)
              .join(' · '),
          }));
        },
        active: (name) => name === now,
        typed: (name) =>
          kind.rules.bucket(name) ? undefined : { value: name, label: name, description: l10n.t('as typed') },
        verify: async (name, signal) => {
          if (listed.some((bucket) => bucket.name === name)) return undefined;
          return await problemOfBucket(name, (await ports(connection)).objects, signal);
        },
        empty: l10n.t('No bucket was found, or you may not list them: type the name of one'),
      }),
      (bucket) => ({ bucket }),
    );
  });

/** Undefined for a bucket that is there, and for one that AWS does not tell of: the plan then says that it is unknown. */
async function problemOfBucket(
  name: string,
  objects: Pick<ObjectStore, 'bucketRegion'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const region = await readOptional(() => objects.bucketRegion(name, signal));
  return !region.known && isAbsent(region.why) ? l10n.t('There is no bucket "{0}".', { 0: name }) : undefined;
}

/** Whoever may not list buckets (`s3:ListAllMyBuckets`) is offered the one that is known, and types any other. */
async function bucketsOf(
  objects: ObjectStore,
  known: string | undefined,
  signal: AbortSignal,
): Promise<readonly Bucket[]> {
  try {
    return await allItems((next) => objects.listBuckets(next, signal));
  } catch (error) {
    if (!isReason(error, 'access-denied')) throw error;
    return known === undefined ? [] : [{ name: known }];
  }
}

type WithBucket = PickedConnection & PickedKind & Pick<SourceAnswers, 'bucket'>;

const zipStep = (ports: Ports, last: (bucket: string) => string): WizardStep<WithBucket, SourceOf> =>
  namedQuestion('zip', async ({ connection, bucket }, { prompts, heading }) => {
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
    return { source: { kind: 'zip', at }, prefix: last(bucket) };
  });

const prefixStep = (
  last: (bucket: string) => string,
): WizardStep<WithBucket, Pick<SourceAnswers, 'prefix'>> =>
  namedQuestion('prefix', async ({ kind, bucket }, { prompts, heading }) =>
    into(
      await prompts.input(heading, {
        prompt: l10n.t('Folder in the bucket under which Slipway keeps code and records. It may be empty.'),
        value: last(bucket),
        check: (text) => sentence(kind.rules.prefix(text)),
      }),
      (prefix) => ({ prefix }),
    ),
  );

/** The q sources in what is deployed. */
export async function scriptsOfSource(
  { source, connection }: PickedConnection & Pick<SourceAnswers, 'source'>,
  ports: Ports,
  signal: AbortSignal,
): Promise<Scripts> {
  if (source.kind === 'folder') return await scriptsIn(vscode.Uri.parse(source.uri));
  const { objects } = await ports(connection);
  return await scriptsInZip(objects, source.at, signal);
}
