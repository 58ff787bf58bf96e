/** What VS Code's Git extension knows of the code is part of a plan. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { useDeployingWindow } from './harness/deploying-window';

const { window, place, git, commit, connect, deployTarget } = useDeployingWindow({
  suite: 'commit',
  git: true,
});

test('a plan names the commit, and says when files differ from it', async () => {
  const { quick, document } = window();
  await connect();
  await deployTarget('gateway');
  writeFileSync(join(place.folder, 'lib/extra.q'), '.extra.one:1\n');
  const says = async (words: string): Promise<void> => {
    await window().palette('Slipway: Deploy Again…');
    await quick.pick('gateway');
    await quick.asks('Deploy to equities-prod / eq-gateway?');
    await quick.pick('Show the whole plan');
    await document.locator('summary').getByText('checks passed').click();
    await document.getByText(words).waitFor();
    await window().press('Cancel');
  };
  await says(`There are uncommitted changes on top of ${git('rev-parse', 'HEAD').slice(0, 8)}`);
  await says(`All changes are committed (${commit()})`);
  // Of itself the Git extension finds this later.
  writeFileSync(join(place.folder, 'lib/extra.q'), '.extra.one:2\n');
  await says('There are uncommitted changes');
});
