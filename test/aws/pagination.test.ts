/** A list that leads in a circle, or to no end, is left, and is not taken for the whole. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AwsPorts } from '../../src/aws/contract';
import { LogGroup } from '../../src/commands/logs/log-group';
import { removeUploads } from '../../src/deploy/upload/clean-up';
import { systemClock } from '../../src/model/clock';
import { failureOf } from '../../src/model/failure';
import { allItems, MOST_PAGES, type Page } from '../../src/model/page';
import { readOptional } from '../../src/plan/optional-read';
import { failureWords } from '../../src/view/messages/failure';
import { unknownWords } from '../../src/view/messages/unread';
import { expectPlainWords } from '../nodegroup/plain';
import { type Good, goodAnswers } from './good-answers';
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

/** @param operation as the AWS model spells it */
function answer(operation: string, ...tokens: readonly string[]): Good {
  const list = goodAnswers(ports, server)[operation];
  if (!list?.pages) throw new Error(`${operation} has no pages`);
  const { empty } = list.pages;
  server.answer(...tokens.map((token) => ({ status: 200, body: empty(token) })));
  return list;
}

it('every list of every service is read page by page', async () => {
  const lists = Object.entries(goodAnswers(ports, server)).filter(([, { pages }]) => pages);
  expect(lists.length).toBeGreaterThan(15);
  for (const [operation, { pages }] of lists) {
    for (const tokens of [['a'], ['a', 'b', 'c', 'a']]) {
      const before = server.received.length;
      answer(operation, ...tokens);
      const failure = await pages?.all().catch(failureOf);
      // One that leads back is left there.
      const requests = tokens.length === 1 ? 2 : 4;
      expect(failure, operation).toEqual({
        kind: 'refused',
        code: 'list-endless',
        facts: { why: 'repeated', pages: requests },
      });
      expect(server.received.length - before).toBe(requests);
    }
  }
});

it('a list that is told in pages is among them', () => {
  const good = goodAnswers(ports, server);
  const isTold = (body: string): boolean => body.includes('"nextToken"');
  const unread = Object.keys(good).filter((name) => isTold(good[name]?.body ?? '') && !good[name]?.pages);
  expect(unread).toEqual([]);
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
  answer('ListInsights', 'again');
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
  answer('ListMultipartUploads', 'k');
  const cleaned = await removeUploads(ports.objects, systemClock, { bucket: 'b', key: 'k' });
  expect(cleaned.failure).toMatchObject({ code: 'list-endless' });
});

it.each(['repeated', 'too-many'])('says so in words: %s', (why) => {
  const failure = { kind: 'refused', code: 'list-endless', facts: { why, pages: 2 } } as const;
  expectPlainWords(failureWords(failure));
});
