/** A page of what is read once: when it is read, what stands on it meanwhile, and what its buttons do. */
import { expect, test } from 'vitest';
import { type Found, type Reading, readShown } from '../../src/commands/reads/read-shown';
import { systemClock } from '../../src/model/clock';
import { connectionOf } from '../../src/model/connection';
import { failed } from '../../src/model/failure';
import type { Page } from '../../src/view/pages/page';
import { READ_BUTTON, type ReadContent } from '../../src/view/pages/reads/read-page';

const PROD = connectionOf({ kind: 'profile', profile: 'prod' }, 'eu-west-1');

function content(text: string): Found {
  return () =>
    ({
      state: { tone: 'good', text },
      buttons: [{ id: 'own', label: 'Own' }],
      sections: [],
    }) satisfies ReadContent;
}

/** A page whose readings end when the test says so. */
function shown(press?: Reading['press']) {
  const asked: { resolve(of: Found): void; reject(why: unknown): void; signal: AbortSignal }[] = [];
  /** Epoch milliseconds. */
  const at = { now: 0 };
  const page = readShown(
    {
      key: { kind: 'read', of: 'insights', connectionId: PROD.id, path: ['trading'] },
      connection: PROD,
      title: 'Upgrade insights of trading',
      kind: 'Upgrade insights',
      heading: 'trading',
      read: (signal) =>
        new Promise((resolve, reject) => {
          asked.push({ resolve, reject, signal });
        }),
      ...(press && { press }),
    },
    {
      pages: { show: async () => undefined, refresh: () => undefined },
      notify: { words: () => 'It is not allowed.' },
      clock: { ...systemClock, now: () => at.now },
    },
  );
  return { page, asked, at, now: () => page.content() as Page };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('it is read once it is seen, and not again when it comes back to the front', async () => {
  const { page, asked, now } = shown();
  expect(asked).toHaveLength(0);
  page.visible?.(true);
  expect(now()).toMatchObject({ state: { tone: 'running' }, notices: [] });
  asked[0]?.resolve(content('all pass'));
  await settled();
  expect(now().state).toEqual({ tone: 'good', text: 'all pass' });
  page.visible?.(false);
  page.visible?.(true);
  expect(asked).toHaveLength(1);
});

test('a failure says why and offers to try again; what was read before stays, and says so', async () => {
  const { page, asked, now } = shown();
  page.visible?.(true);
  asked[0]?.reject(failed({ kind: 'unexpected', message: 'no' }));
  await settled();
  expect(now()).toMatchObject({ state: { tone: 'error' }, notices: [{ title: 'It is not allowed.' }] });
  expect(now().notices[0]?.buttons?.map(({ id }) => id)).toEqual([READ_BUTTON.tryAgain]);

  const again = page.press(READ_BUTTON.tryAgain);
  asked[1]?.resolve(content('all pass'));
  await again;
  expect(now()).toMatchObject({ state: { text: 'all pass' }, notices: [] });

  const third = page.press(READ_BUTTON.refresh);
  expect(now().buttons.find(({ id }) => id === READ_BUTTON.refresh)?.off).toBeDefined();
  asked[2]?.reject(failed({ kind: 'unexpected', message: 'no' }));
  await third;
  expect(now()).toMatchObject({
    state: { text: 'all pass' },
    notices: [{ help: 'What stands here was read before.' }],
  });
});

test('what a button of its own finds stands in place of what was read', async () => {
  const { page, asked, now } = shown(async (button) => (button === 'own' ? content('asked') : undefined));
  page.visible?.(true);
  asked[0]?.resolve(content('read'));
  await settled();
  await page.press('own');
  expect(now().state.text).toBe('asked');
});

test('a page that is closed reads no further', () => {
  const { page, asked } = shown();
  page.visible?.(true);
  page.closed?.();
  expect(asked[0]?.signal.aborted).toBe(true);
});

test('how long ago things were is said as of now, though they are not read again', async () => {
  const { page, asked, at, now } = shown();
  page.visible?.(true);
  asked[0]?.resolve((of) => ({ state: { tone: 'good', text: `${of} ms` }, sections: [] }));
  await settled();
  at.now = 600_000;
  expect(now().state.text).toBe('600000 ms');
  expect(JSON.stringify(now().about)).toContain('10 min ago');
  expect(asked).toHaveLength(1);
  page.closed?.();
});
