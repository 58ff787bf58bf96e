/** A list that leads in a circle, or to no end, is left, and is not taken for the whole. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsPorts } from '../../src/aws/contract';
import { LogGroup } from '../../src/commands/logs/log-group';
import { removeUploads } from '../../src/deploy/upload/clean-up';
import { systemClock } from '../../src/model/clock';
import { failureOf } from '../../src/model/failure';
import { allItems, MOST_PAGES, type Page } from '../../src/model/page';
import { readOptional } from '../../src/plan/optional-read';
import { failureWords } from '../../src/view/messages/failure';
import { unknownWords } from '../../src/view/messages/nodegroup/unknown';
import { expectPlainWords } from '../nodegroup/plain';
import { type OpenedAws, openAws, staticProfile } from './open-aws';
import { type ScriptedServer, startScriptedServer } from './scripted-server';

const signal = new AbortController().signal;
let server: ScriptedServer;
let opened: OpenedAws;
let ports: AwsPorts;

beforeAll(async () => {
  server = await startScriptedServer();
  opened = await openAws();
  await opened.profiles({ config: staticProfile('p', server.url) });
  ports = (await opened.profile('p')).following;
});
afterAll(async () => {
  await opened.close();
  await server.close();
});

const json = (member: string) => (token: string) => JSON.stringify({ [member]: [], nextToken: token });
const s3 = (root: string, members: (token: string) => string) => (token: string) =>
  `<${root}>${members(token)}</${root}>`;
const truncated = (names: string) => (token: string) =>
  `<IsTruncated>true</IsTruncated><${names}>${token}</${names}>`;

/** Every operation with pages: how all of it is read, and an empty page that leads on to `token`. */
const LISTS: Readonly<Record<string, [() => Promise<unknown>, (token: string) => string]>> = {
  ListKxEnvironments: [
    () => allItems((next) => ports.finspace.listEnvironments(next, signal)),
    json('environments'),
  ],
  ListKxClusters: [
    () => allItems((next) => ports.finspace.listClusters('abc', next, signal)),
    json('kxClusterSummaries'),
  ],
  ListClusters: [() => allItems((next) => ports.eks.listClusters(next, signal)), json('clusters')],
  ListNodegroups: [() => allItems((next) => ports.eks.listNodegroups('c', next, signal)), json('nodegroups')],
  ListUpdates: [() => allItems((next) => ports.eks.listUpdates('c', 'n', next, signal)), json('updateIds')],
  DescribeClusterVersions: [
    () => allItems((next) => ports.eks.clusterVersions(next, signal)),
    json('clusterVersions'),
  ],
  ListInsights: [() => allItems((next) => ports.eks.listInsights('c', next, signal)), json('insights')],
  ListAddons: [() => allItems((next) => ports.eks.listAddons('c', next, signal)), json('addons')],
  DescribeAddonVersions: [
    () => allItems((next) => ports.eks.addonVersions({ addon: 'a' }, next, signal)),
    json('addons'),
  ],
  ListBuckets: [
    () => allItems((next) => ports.objects.listBuckets(next, signal)),
    s3('ListAllMyBucketsResult', (token) => `<ContinuationToken>${token}</ContinuationToken>`),
  ],
  ListObjectsV2: [
    () => allItems((next) => ports.objects.list('b', 'p/', next, signal)),
    s3('ListBucketResult', truncated('NextContinuationToken')),
  ],
  ListObjectVersions: [
    () => allItems((next) => ports.objects.listVersions('b', 'p/', next, signal)),
    s3('ListVersionsResult', truncated('NextKeyMarker')),
  ],
  ListMultipartUploads: [
    () => allItems((next) => ports.objects.listMultiparts('b', 'p/', next, signal)),
    s3('ListMultipartUploadsResult', truncated('NextKeyMarker')),
  ],
  DescribeLaunchTemplateVersions: [
    () => allItems((next) => ports.compute.launchTemplateVersions({ id: 'lt' }, next, signal)),
    s3(
      'DescribeLaunchTemplateVersionsResponse',
      (token) => `<launchTemplateVersionSet/><nextToken>${token}</nextToken>`,
    ),
  ],
  DescribeSubnets: [
    () => ports.compute.subnets(['subnet-1'], signal),
    s3('DescribeSubnetsResponse', (token) => `<subnetSet/><nextToken>${token}</nextToken>`),
  ],
  FilterLogEvents: [() => allItems((next) => ports.logs.events('g', 0, next, signal)), json('events')],
};

describe.each(Object.keys(LISTS))('%s', (operation) => {
  const [readAll, page] = LISTS[operation] ?? [];
  const answer = (...tokens: readonly string[]) =>
    server.answer(...tokens.map((token) => ({ status: 200, body: page?.(token) ?? '' })));

  it.each([
    ['at once', ['a'], 2],
    ['after three pages', ['a', 'b', 'c', 'a'], 4],
  ])('that leads back %s is left', async (_, tokens, requests) => {
    const before = server.received.length;
    answer(...tokens);
    const failure = await readAll?.().catch(failureOf);
    expect(failure).toEqual({
      kind: 'refused',
      code: 'list-endless',
      facts: { why: 'repeated', pages: requests },
    });
    expect(server.received.length - before).toBe(requests);
  });
});

it('a list of ever other pages is left after a thousand', async () => {
  let pages = 0;
  const list = async (): Promise<Page<number>> => {
    pages += 1;
    return { items: [pages], next: `${pages}` };
  };
  const failure = await allItems(list).catch(failureOf);
  expect(failure).toMatchObject({ code: 'list-endless', facts: { why: 'too-many', pages: MOST_PAGES } });
  expect(pages).toBe(MOST_PAGES);
});

it('a list that a plan can do without is unknown then', async () => {
  server.answer({ status: 200, body: json('insights')('again') });
  const insights = await readOptional(() => allItems((next) => ports.eks.listInsights('c', next, signal)));
  expect(insights).toEqual({ known: false, why: { code: 'list-endless', pages: 2 } });
  if (!insights.known) expectPlainWords(unknownWords(insights.why));
});

it('a look at a log is not read on then, and is told to be incomplete', async () => {
  const events = [{ timestamp: 1, logStreamName: 's', message: 'm' }];
  server.answer({ status: 200, body: JSON.stringify({ events, nextToken: 'again' }) });
  const group = new LogGroup(async () => ports.logs, 'g', systemClock);
  const stop = new AbortController();
  const batches = group.follow(stop.signal)[Symbol.asyncIterator]();
  await batches.next();
  const second = await batches.next();
  expect(second.value).toMatchObject({ isCut: true });
  stop.abort();
});

it('uploads whose list does not end are told as left behind', async () => {
  server.answer({ status: 200, body: s3('ListMultipartUploadsResult', truncated('NextKeyMarker'))('k') });
  const cleaned = await removeUploads(ports.objects, systemClock, { bucket: 'b', key: 'k' });
  expect(cleaned.failure).toMatchObject({ code: 'list-endless' });
});

it.each(['repeated', 'too-many'])('says so in words: %s', (why) => {
  const failure = { kind: 'refused', code: 'list-endless', facts: { why, pages: 2 } } as const;
  expectPlainWords(failureWords(failure));
});
