/** Unfinished uploads: the own ones go, what cannot go is told, and those of others stay. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clearAbandoned, clearLeftBehind } from '../../src/deploy/apply/abandoned';
import type { MultipartUpload, ObjectStore } from '../../src/deploy/ports';
import { removeUploads } from '../../src/deploy/upload/clean-up';
import { storeInParts } from '../../src/deploy/upload/multipart';
import { retrying } from '../../src/deploy/upload/retrying';
import { type AwsFailure, failed } from '../../src/model/failure';
import { awsFailure, planned } from '../operations/data';
import { givenLedger, temporaryFolder } from '../operations/given';
import { hasty } from './shop';

const KEY = 'slipway/code/abc.zip';
const ALWAYS = new AbortController().signal;
const s3 = (change: Partial<AwsFailure>): AwsFailure =>
  awsFailure({ service: 's3', passing: false, ...change });
const DENIED = s3({ reason: 'access-denied' });
const CUT = s3({ reason: 'network', passing: true, answered: false });

/** A bucket `b` with unfinished uploads, by id. Listing goes by prefix and by pages of one, as S3 may answer. */
class Uploads {
  readonly aborted: string[] = [];
  failures: { list?: AwsFailure; abort?: AwsFailure; complete?: AwsFailure } = {};

  constructor(readonly there: Map<string, string>) {}

  get objects(): ObjectStore {
    const port: Partial<ObjectStore> = {
      listMultiparts: async (bucket, prefix, next) => {
        if (this.failures.list) throw failed(this.failures.list);
        const all = [...this.there].filter(([, key]) => key.startsWith(prefix));
        const at = Number(next ?? 0);
        const items = all.slice(at, at + 1).map(([uploadId, key]) => ({ bucket, key, uploadId }));
        return { items, ...(at + 1 < all.length && { next: String(at + 1) }) };
      },
      abortMultipart: async ({ uploadId }) => {
        if (this.failures.abort) throw failed(this.failures.abort);
        this.aborted.push(uploadId);
        if (!this.there.delete(uploadId)) throw failed(s3({ reason: 'not-found' }));
      },
      startMultipart: async ({ bucket, key }) => {
        this.there.set('begun', key);
        return { bucket, key, uploadId: 'begun' };
      },
      putPart: async (_upload, number) => ({ number, etag: `e${number}` }),
      completeMultipart: async ({ uploadId }) => {
        if (this.failures.complete) throw failed(this.failures.complete);
        this.there.delete(uploadId);
        return { etag: 'whole', confirmed: true };
      },
    };
    return port as ObjectStore;
  }
}

const uploads = (...ids: readonly (readonly [string, string])[]): Uploads => new Uploads(new Map(ids));
const at = { bucket: 'b', key: KEY };

describe('removing the uploads to a name', () => {
  test("takes all of that very name, and leaves another window's, whose name only begins so", async () => {
    const bucket = uploads(['one', KEY], ['theirs', `${KEY}.other`], ['two', KEY]);
    expect(await removeUploads(bucket.objects, hasty, at)).toEqual({ left: [], unseen: false });
    expect(bucket.aborted).toEqual(['one', 'two']);
    expect([...bucket.there.keys()]).toEqual(['theirs']);
  });

  test('takes the known one where they may not be listed, and says what was refused', async () => {
    const bucket = uploads(['one', KEY], ['two', KEY]);
    bucket.failures = { list: DENIED };
    expect(await removeUploads(bucket.objects, hasty, at, { ...at, uploadId: 'two' })).toEqual({
      left: [],
      unseen: true,
      failure: DENIED,
    });
    expect(bucket.aborted).toEqual(['two']);
  });

  test('tells each that could not be aborted, with the first reason', async () => {
    const bucket = uploads(['one', KEY], ['two', KEY]);
    bucket.failures = { abort: DENIED };
    const { left, failure } = await removeUploads(bucket.objects, hasty, at);
    expect([left.map(({ uploadId }) => uploadId), failure]).toEqual([['one', 'two'], DENIED]);
  });

  test('tells rather what may pass, whichever failed first', async () => {
    const bucket = uploads(['one', KEY], ['two', KEY]);
    const { objects } = bucket;
    const abortMultipart: typeof objects.abortMultipart = async ({ uploadId }) => {
      throw failed(uploadId === 'one' ? DENIED : CUT);
    };
    expect(await removeUploads({ ...objects, abortMultipart }, hasty, at)).toMatchObject({ failure: CUT });
  });

  test('takes one that is gone for aborted', async () => {
    const bucket = uploads();
    bucket.failures = { list: DENIED };
    const known = { ...at, uploadId: 'gone' };
    expect(await removeUploads(bucket.objects, hasty, at, known)).toMatchObject({
      left: [],
      failure: DENIED,
    });
  });
});

describe('an upload in parts', () => {
  async function upload(bucket: Uploads) {
    const file = join(temporaryFolder(), 'zip');
    writeFileSync(file, 'abc');
    const left: MultipartUpload[] = [];
    const events = {
      started: async () => undefined,
      progress: () => undefined,
      leftBehind: async (them: readonly MultipartUpload[]) => void left.push(...them),
    };
    const parts = [{ number: 1, start: 0, length: 3 }];
    const request = { ...at, file, parts, metadata: {}, onlyIfAbsent: true };
    const outcome = await storeInParts(bucket.objects, hasty, request, events, ALWAYS).catch(
      (error) => error,
    );
    return { left: left.map(({ uploadId }) => uploadId), outcome };
  }

  test('that fails tells the parts that it had to leave behind', async () => {
    const bucket = uploads();
    bucket.failures = { complete: DENIED, abort: DENIED };
    expect(await upload(bucket)).toMatchObject({ left: ['begun'], outcome: { failure: DENIED } });
  });

  test('that fails and can be taken back, or that is whole, leaves nothing and tells nothing', async () => {
    const bucket = uploads();
    bucket.failures = { complete: DENIED };
    expect(await upload(bucket)).toMatchObject({ left: [], outcome: { failure: DENIED } });
    expect([...bucket.there]).toEqual([]);
    const whole = uploads();
    expect(await upload(whole)).toMatchObject({ left: [], outcome: { etag: 'whole' } });
    expect(whole.aborted).toEqual([]);
  });
});

describe('after the deployment has ended', () => {
  /** An operation that has ended and says that it left `ids` behind. */
  async function leaving(ids: readonly string[], unseen = false) {
    const ledger = await givenLedger({});
    const journal = await ledger.begin(planned({ kind: 'code' }));
    await journal.step('multipart-left', { ...at, uploads: [...ids], unseen });
    await journal.ended({ state: 'failed', failure: DENIED });
    const stepNames = () => ledger.operation(journal.id)!.steps.map(({ name }) => name);
    const settled = () =>
      ledger.operation(journal.id)!.steps.findLast(({ name }) => name === 'multipart-settled');
    return { ledger, journal, stepNames, settled };
  }

  test("only the uploads that it named are ended, not another window's to the same name", async () => {
    const { ledger, settled } = await leaving(['ours']);
    const bucket = uploads(['ours', KEY], ['theirs', KEY]);
    expect(await clearLeftBehind(ledger, async () => bucket.objects, hasty)).toEqual([]);
    expect([bucket.aborted, [...bucket.there.keys()]]).toEqual([['ours'], ['theirs']]);
    expect(settled()?.facts).toEqual({ left: 0 });
    await clearLeftBehind(ledger, async () => bucket.objects, hasty);
    expect(bucket.aborted).toEqual(['ours']);
  });

  test('what AWS will not let go is written down as left, what may pass is for the next time', async () => {
    const { ledger, settled } = await leaving(['ours']);
    const bucket = uploads(['ours', KEY]);
    bucket.failures = { abort: CUT };
    await clearLeftBehind(ledger, async () => bucket.objects, hasty);
    expect(settled()).toBeUndefined();
    bucket.failures = { abort: DENIED };
    await clearLeftBehind(ledger, async () => bucket.objects, hasty);
    expect(settled()?.facts).toEqual({ left: 1 });
  });

  test('the uploads that it named are ended also where it did not see all, and nobody may list them', async () => {
    const { ledger, settled } = await leaving(['ours'], true);
    const bucket = uploads(['ours', KEY], ['theirs', KEY]);
    for (const failures of [{ list: CUT }, { list: DENIED, abort: CUT }, { list: CUT, abort: DENIED }]) {
      bucket.failures = failures;
      expect(await clearLeftBehind(ledger, async () => bucket.objects, hasty)).toEqual([]);
      expect(settled()).toBeUndefined();
    }
    bucket.there.set('ours', KEY);
    bucket.failures = { list: DENIED };
    expect(await clearLeftBehind(ledger, async () => bucket.objects, hasty)).toEqual([]);
    expect([...bucket.there.keys()]).toEqual(['theirs']);
    expect(settled()?.facts).toEqual({ left: 0, unseen: true });
  });

  test('a connection that AWS refuses is told, and what it left is for the next time', async () => {
    const { ledger, journal, settled } = await leaving(['ours']);
    const told = await clearLeftBehind(ledger, () => Promise.reject(failed(DENIED)), hasty);
    expect([told, settled()]).toEqual([[{ id: journal.id, failure: DENIED }], undefined]);
  });

  test('a connection that is not there is told, and the other operations are cleared', async () => {
    const { ledger, journal } = await leaving(['ours']);
    const missing = { kind: 'refused', code: 'sandbox-not-running', facts: {} } as const;
    const told = await clearLeftBehind(ledger, () => Promise.reject(failed(missing)), hasty);
    expect(told).toEqual([{ id: journal.id, failure: missing }]);
  });

  test('one that still runs keeps its uploads', async () => {
    const ledger = await givenLedger({});
    const journal = await ledger.begin(planned({ kind: 'code' }));
    await journal.step('multipart-left', { ...at, uploads: ['ours'] });
    const bucket = uploads(['ours', KEY]);
    await clearLeftBehind(ledger, async () => bucket.objects, hasty);
    expect(bucket.aborted).toEqual([]);
  });

  test('one that was abandoned while it uploaded is cleared by name, and again where that failed in passing', async () => {
    const ledger = await givenLedger({});
    const journal = await ledger.begin(planned({ kind: 'code' }));
    await journal.step('uploading', { ...at, size: 3 });
    const operation = () => ledger.operation(journal.id)!;
    const bucket = uploads(['never-told', KEY]);
    bucket.failures = { abort: CUT };
    await expect(clearAbandoned(operation(), bucket.objects, hasty)).rejects.toMatchObject({ failure: CUT });
    bucket.failures = { abort: DENIED };
    await clearAbandoned(operation(), bucket.objects, hasty);
    bucket.failures = {};
    await clearAbandoned(operation(), bucket.objects, hasty);
    expect([...bucket.there]).toEqual([]);
    await journal.step('uploaded', { ...at });
    bucket.there.set('theirs', KEY);
    await clearAbandoned(operation(), bucket.objects, hasty);
    expect([...bucket.there.keys()]).toEqual(['theirs']);
  });

  test('one that was abandoned after its parts began is cleared where nothing may be listed', async () => {
    const ledger = await givenLedger({});
    const journal = await ledger.begin(planned({ kind: 'code' }));
    await journal.step('uploading', { ...at, size: 3 });
    await journal.step('multipart', { ...at, uploadId: 'ours' });
    const bucket = uploads(['ours', KEY], ['theirs', KEY]);
    bucket.failures = { list: DENIED };
    const clear = () => clearAbandoned(ledger.operation(journal.id)!, bucket.objects, hasty);
    bucket.failures = { list: DENIED, abort: CUT };
    await expect(clear()).rejects.toMatchObject({ failure: CUT });
    bucket.failures = { list: DENIED };
    await clear();
    expect(bucket.aborted).toEqual(['ours']);
  });
});

describe('what a bad line spoils', () => {
  async function tries(failure: AwsFailure, signal = ALWAYS): Promise<readonly number[]> {
    const pauses: number[] = [];
    const clock = { ...hasty, sleep: async (ms: number) => void pauses.push(ms) };
    const attempt = () => Promise.reject(failed(failure));
    await expect(retrying(clock, signal, attempt)).rejects.toMatchObject({ failure });
    return pauses;
  }

  test('is sent again up to four times where bytes were damaged on the way', async () => {
    expect(await tries(s3({ reason: 'bad-digest' }))).toEqual([500, 1000, 2000, 4000]);
  });

  test('is sent again where the failure passes by itself, and never where AWS says no', async () => {
    expect(await tries(CUT)).toHaveLength(4);
    expect(await tries(DENIED)).toEqual([]);
    expect(await tries(CUT, AbortSignal.abort())).toEqual([]);
  });
});
