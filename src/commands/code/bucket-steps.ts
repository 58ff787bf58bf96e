/** The questions for the bucket, for a zip in it, and for the prefix. */
import * as l10n from '@vscode/l10n';
import { versionsOf } from '../../deploy/history/from-bucket';
import type { Bucket, ObjectStore } from '../../deploy/ports';
import { isReason } from '../../model/failure';
import { allItems } from '../../model/page';
import { present } from '../../model/present';
import { isAbsent, readOptional } from '../../plan/optional-read';
import { sizeWords } from '../../view/messages/phase';
import { textSetting } from '../../view/settings';
import { BACK, LEFT } from '../../view/wizard/prompts';
import { into, namedQuestion, type WizardStep } from '../../view/wizard/wizard-steps';
import type { PickedConnection } from '../pick/connection';
import type { PickedKind } from '../pick/place';
import type { Ports } from '../ports';
import { sentence } from './configuration-steps';
import type { SourceAnswers, WithUsual } from './deploy-answers';
import type { PickedTarget } from './picked-target';
import type { RememberedPrefixes } from './remembered';

/**
 * A single target, or the connection and the kind that several targets share. Only a single target has `path`
 * and `seen`: the list of buckets then begins with the target's present bucket.
 */
export type CodePlace = PickedConnection & PickedKind & Partial<Pick<PickedTarget, 'path' | 'seen'>>;

export const bucketStep = (ports: Ports): WizardStep<CodePlace & WithUsual, Pick<SourceAnswers, 'bucket'>> =>
  namedQuestion<CodePlace & WithUsual, Pick<SourceAnswers, 'bucket'>>(
    'bucket',
    async ({ connection, kind, seen }, { prompts, heading }, before) => {
      const { region } = connection;
      const current = seen?.configuration.code?.bucket;
      let listed: readonly Bucket[] = [];
      return into(
        await prompts.pick<string>(heading, {
          placeholder: l10n.t('Choose a bucket in {0} for the code, or type its name', { 0: region }),
          choices: async (signal) => {
            const { objects } = await ports(connection);
            listed = bucketsHere(await bucketsOf(objects, signal), region, current);
            return listed.map(({ name }) => ({
              value: name,
              label: name,
              icon: 'archive',
              ...(name === current && { description: l10n.t('holds the present code') }),
            }));
          },
          active: (name) => name === (before?.bucket ?? current ?? textSetting('deploy.bucket')),
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

/**
 * The buckets of the region, and those whose region AWS does not name: a target reads code only from
 * buckets in its own region. The bucket with the present code always comes first.
 */
function bucketsHere(
  buckets: readonly Bucket[],
  region: string,
  current: string | undefined,
): readonly Bucket[] {
  const here = buckets.filter((bucket) => bucket.name !== current && (bucket.region ?? region) === region);
  return current === undefined ? here : [{ name: current }, ...here];
}

/**
 * Why a bucket cannot be used. Undefined if it can be used, or if AWS does not tell whether it can: the plan
 * then shows the bucket as unknown.
 */
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

/**
 * All buckets; none where listing buckets is denied (`s3:ListAllMyBuckets`): the user then types the name.
 */
async function bucketsOf(objects: ObjectStore, signal: AbortSignal): Promise<readonly Bucket[]> {
  try {
    return await allItems((next) => objects.listBuckets(next, signal));
  } catch (error) {
    if (!isReason(error, 'access-denied')) throw error;
    return [];
  }
}

type WithBucket = PickedConnection & PickedKind & WithUsual & Pick<SourceAnswers, 'bucket'>;

export const zipStep = (ports: Ports): WizardStep<WithBucket, Pick<SourceAnswers, 'source'>> =>
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
      const at = { bucket, key: zip.key, ...present({ versionId: zip.versionId }) };
      return { source: { kind: 'zip', at } };
    },
    {
      known: ({ usual }) => (usual?.source?.kind === 'zip' ? { source: usual.source } : undefined),
      stands: ({ source }, { bucket }) => source.kind === 'zip' && source.at.bucket === bucket,
    },
  );

export const prefixStep = (
  prefixes: Pick<RememberedPrefixes, 'of'>,
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
