/** The side bar as narrow as VS Code opens it on a small screen. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Pixels. */
const WIDTH = 300;

/** Drags the edge of the side bar. */
export async function narrowSideBar(page: Page): Promise<void> {
  const sideBar = page.locator('.part.sidebar');
  const box = await sideBar.boundingBox();
  if (!box) throw new Error('there is no side bar');
  await page.mouse.move(box.x + box.width, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + WIDTH, 400, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(900, 500);
  await expect.poll(async () => (await sideBar.boundingBox())?.width).toBe(WIDTH);
}
