/** Pages about AWS as it is now: read under a notification, then shown. */
import type { ReadOnlyDocuments } from '../view/documents/read-only';
import { withProgress } from '../view/progress';

/**
 * @param name what the tab shows
 * @param title `Reading the updates of prod / spot`
 */
export async function showRead(
  documents: ReadOnlyDocuments,
  name: string,
  title: string,
  read: (signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const text = await withProgress(title, read);
  await documents.showMarkdown(name.replaceAll('/', '·'), () => text);
}
