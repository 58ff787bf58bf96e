/** The words of each kind of target, by its id. */
import { finspaceWords } from './finspace';
import type { KindWords } from './kind-words';
import { kubernetesTargetWords } from './kubernetes-target';

const WORDS: ReadonlyMap<string, KindWords> = new Map([
  ['finspace', finspaceWords],
  ['kubernetes', kubernetesTargetWords],
]);

/** The words of the kind of target with this id. @throws if there are none */
export function wordsOf(kind: string): KindWords {
  const found = WORDS.get(kind);
  if (found === undefined) throw new Error(`there are no words for targets of the kind ${kind}`);
  return found;
}
