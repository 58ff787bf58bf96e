/** The answers to the questions of a deployment, in one place for all tests of the window. */
import { basename } from 'node:path';
import type { QuickInput } from './quick-input';

/** Answers what is deployed: a folder of the workspace, by its name; ends at the question for a bucket. */
export async function answerFolder(quick: QuickInput, folder: string): Promise<void> {
  await quick.asks('Choose what to deploy');
  // Rows of what was done before name the folder, too.
  await quick.pick(new RegExp(`^\\s*${basename(folder)}`));
  await quick.asks('Choose a bucket');
}

export interface FirstAnswers {
  readonly folder: string;
  /** What the row of the bucket says. */
  readonly bucket: string;
  readonly strategy: string;
  /** Where the strategy has it asked. */
  readonly script?: string;
}

/** Answers all questions of a first deployment from a row; ends at the review. */
export async function answerFirst(
  quick: QuickInput,
  { folder, bucket, strategy, script }: FirstAnswers,
): Promise<void> {
  await answerFolder(quick, folder);
  await quick.pick(bucket);
  await quick.asks('Choose how the q processes take the code');
  await quick.pick(strategy);
  if (script !== undefined) {
    await quick.asks('Choose the initialization script');
    await quick.choose(script);
  }
  await quick.asks('Nothing has been sent yet');
}

/** From the review to the question of one answer: `Bucket`, `Folder in the bucket`, `Arguments`. */
export async function changeAnswer(quick: QuickInput, label: string): Promise<void> {
  await quick.asks('Nothing has been sent yet');
  for (let row = 0; row < 40; row += 1) {
    if ((await quick.focused()).trim().startsWith(label)) {
      await quick.accept();
      // Its row has the words of the question.
      await quick.widget.getByPlaceholder('Nothing has been sent yet').waitFor({ state: 'detached' });
      return;
    }
    await quick.input.press('ArrowDown');
  }
  throw new Error(`the review shows no answer "${label}"`);
}
