/** Answers the coordinator's questions about a folder that only the extension host can read. */
import type { SourceTree } from '../source-tree';
import type { TreeAnswer, TreeQuestion } from './protocol';

/**
 * Bytes of a file's content that are sent in one turn of the event loop; copying them takes about a
 * millisecond.
 */
const SLICE = 2 * 1024 * 1024;

export async function* answerFrom(
  tree: SourceTree | undefined,
  { about, path }: TreeQuestion,
  signal: AbortSignal,
): AsyncGenerator<TreeAnswer> {
  if (tree === undefined) throw new Error('there is no tree to read from');
  if (about === 'list') yield { items: await tree.list(path, signal) };
  else if (about === 'stat') yield { stat: await tree.stat(path, signal) };
  else yield* slicesOf(await tree.read(path, signal));
}

async function* slicesOf(bytes: Uint8Array): AsyncGenerator<TreeAnswer> {
  for (let at = 0; at === 0 || at < bytes.length; at += SLICE) {
    if (at > 0) await new Promise(setImmediate);
    // A copy, since sending a view would send the whole content.
    yield { slice: new Uint8Array(bytes.subarray(at, at + SLICE)), isLast: at + SLICE >= bytes.length };
  }
}
