/**
 * Secrets are planted wherever a deployment meets any: in arguments, in keys, in AWS's errors. Then everything that
 * was written or shown is searched. Values of arguments stand in the ledger and in the record beside the zip, which
 * send again and roll back what they hold; everything else stands nowhere.
 */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentOf } from '../../src/commands/code/review';
import { operationShown } from '../../src/commands/operation-page';
import { outcomeWords } from '../../src/commands/outcome';
import { failed } from '../../src/model/failure';
import { csv, jsonLines } from '../../src/operations/export';
import { failureLine, logOf } from '../../src/view/log';
import { Notifier } from '../../src/view/notify';
import { bodyHtml } from '../../src/view/pages/html/body';
import { planPage } from '../../src/view/pages/plans/plan-page';
import { channel, takeShown } from '../view/window-stand-in';
import { type Deployed, openShop, PROD, Q_CODE, type Shop } from './shop';

const ARGUMENT = 'sesame.open.argument';
const OTHERS_ARGUMENT = 'sesame.of.somebody.else';
const KEY = `ASIA${'SESAME2Q'.repeat(2)}`;
const SECRET_KEY = 'SeSaMe7XUtnFEMI/K7MDENG/bPxRfiCYzzQ7LsKe';
const SIGNATURE = 'sesame0123456789abcdef';
const PASSWORD = 'sesame-password';

/** A sentence of AWS that repeats what it should not. */
const SENTENCE = `Value '${ARGUMENT}' at 'commandLineArguments.1.member.value' failed; key ${KEY} with ${SECRET_KEY}; see https://b.s3.amazonaws.com/k?X-Amz-Signature=${SIGNATURE}; password=${PASSWORD}`;
const NOWHERE = [KEY, SECRET_KEY, SIGNATURE, PASSWORD];

let shop: Shop;
const log = logOf(channel as unknown as Parameters<typeof logOf>[0]);
const notify = new Notifier(log);

beforeAll(async () => {
  shop = await openShop();
  await shop.write(Q_CODE);
});
afterAll(() => shop.close());

const chosen = () =>
  shop.input('eq-rdb', {
    initializationScript: { kind: 'keep' },
    commandLineArguments: { kind: 'value', value: [{ key: 'password', value: ARGUMENT }] },
  });

/** Tells of a deployment as the commands do: log and notification. */
async function tell({ id, failure }: Deployed): Promise<void> {
  if (failure === undefined) return;
  log.error(`Deploying: ${failureLine(failure)}`);
  await notify.failed('deploy', failed(failure));
  const operation = shop.ledger.operation(id)!;
  await notify.warn(outcomeWords(operation, (one) => notify.words(one)) ?? 'failed');
}

async function foreignChange(): Promise<void> {
  const { configuration } = await shop.cluster('eq-rdb');
  await shop.sandbox.control.foreign({
    kind: 'kdb-configuration',
    environmentId: PROD,
    clusterName: 'eq-rdb',
    configuration: { ...configuration, commandLineArguments: [{ key: 'password', value: OTHERS_ARGUMENT }] },
  });
}

/** Every file that the deployment left on this machine, but for the code itself. */
async function filesOnDisk(): Promise<string> {
  const home = dirname(shop.folder);
  const all = await readdir(home, { recursive: true, withFileTypes: true });
  const files = all.filter((one) => one.isFile() && !one.parentPath.startsWith(shop.folder));
  return (await Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), 'latin1')))).join(
    '\n',
  );
}

async function records(): Promise<string> {
  const { bucket, prefix } = chosen().destination;
  const signal = new AbortController().signal;
  const { items } = await shop.ports.objects.list(bucket, `${prefix}/`, undefined, signal);
  const keys = items.map(({ key }) => key).filter((key) => key.endsWith('.json'));
  expect(keys.length).toBeGreaterThan(0);
  const texts = await Promise.all(
    keys.map(async (key) => {
      const range = { start: 0, length: 1_000_000 };
      const { bytes } = await shop.ports.objects.read({ bucket, key }, range, signal);
      return Buffer.from(bytes).toString('latin1');
    }),
  );
  return texts.join('\n');
}

test('no secret is found in anything that a run writes or shows', async () => {
  takeShown();
  // It goes well, with the secret in an argument.
  const well = await shop.deploy(chosen());
  expect((await shop.follow(well.id)).state).toBe('succeeded');

  // Somebody else changes the argument between plan and last look.
  const plan = await shop.plan(chosen());
  await foreignChange();
  const drifted = await shop.apply(plan);
  expect(drifted.failure).toMatchObject({ code: 'drift' });
  await tell(drifted);

  // AWS refuses, and repeats what it was sent.
  await shop.sandbox.control.fault({
    kind: 'error',
    service: 'finspace',
    operation: 'UpdateKxClusterCodeConfiguration',
    status: 400,
    code: 'ValidationException',
    message: SENTENCE,
  });
  const refusedOnes = await shop.deploy(chosen());
  expect(refusedOnes.failure).toMatchObject({ kind: 'aws', name: 'ValidationException' });
  await tell(refusedOnes);

  // AWS refuses a request that is about something else.
  await shop.sandbox.control.fault({
    kind: 'error',
    service: 'finspace',
    operation: 'GetKxCluster',
    status: 400,
    code: 'ValidationException',
    message: SENTENCE.replace(ARGUMENT, 'x'),
  });
  const thrown = await shop.plan(chosen()).catch((error: unknown) => error);
  await notify.failed('plan the deployment', thrown);

  const shown = takeShown().map(({ text }) => text);
  expect(shown.some((text) => text.includes('drift'))).toBe(true);
  expect(shown.some((text) => text.includes('ValidationException'))).toBe(true);
  const contents = [true, false].map((values) => contentOf(plan, { notify }, { files: true, values }));
  const page: string[] = contents.map((content) => bodyHtml(planPage(content, { kind: 'carried-out' })));
  // What is kept over a reload holds no value of an argument at all.
  const kept = JSON.stringify(contents[1]);
  for (const { value } of plan.next.commandLineArguments) expect(kept).not.toContain(`"${value}"`);
  for (const { id } of shop.ledger.operations()) {
    const shownOne = operationShown(id, {
      ledger: shop.ledger,
      pages: { show: async () => undefined, refresh: () => undefined },
      notify,
      unseen: { seen: async () => undefined },
      tracker: { status: () => undefined, settle: async () => undefined },
      batches: { rows: () => [] },
      outcomeWords: () => undefined,
      remedies: () => [],
      command: async () => undefined,
      readFailingPod: async () => undefined,
    });
    expect(shownOne).toBeDefined();
    page.push(bodyHtml(await shownOne!.content()));
    shownOne?.closed?.();
  }
  const operations = shop.ledger.operations();
  const exports = [jsonLines, csv].map((write) => write(operations, { withArguments: false }));
  const everywhere = [...shown, ...page, ...exports].join('\n');
  for (const secret of [...NOWHERE, ARGUMENT, OTHERS_ARGUMENT]) expect(everywhere).not.toContain(secret);
  expect(everywhere).not.toMatch(/sesame/i);

  // What is sent again or rolled back holds arguments, and no other secret; nor is one of AWS's sentences kept whole.
  const stored = `${await filesOnDisk()}\n${await records()}`;
  expect(stored).toContain(ARGUMENT);
  for (const secret of NOWHERE) expect(stored).not.toContain(secret);
  const failures = shop.ledger
    .operations()
    .flatMap(({ outcome }) => (outcome?.failure ? [outcome.failure] : []));
  const sentences = failures.flatMap((failure) => ('message' in failure ? [failure.message] : []));
  expect(sentences).not.toEqual([]);
  expect(sentences.join()).not.toMatch(/sesame/i);
  const sent = JSON.stringify(operations.map(({ request }) => request ?? null));
  expect(sent).toContain(ARGUMENT);
});
