/** What is demanded of an answer. */
import type { Shape } from '../../model/shape';

/**
 * What an answer that reports success carries. `json`: an object. `empty-json`: an object without members. `document`: an
 * object that is handed on as text. `xml`: a document with this root, and `flags` that are true or false: the SDK takes
 * every other word for false. `headers`: nothing that counts. `no-content`: nothing, and the status 204. `range`: bytes of
 * an object, those that were asked for.
 */
export type AnswerBody =
  | { readonly kind: 'json' | 'empty-json' | 'document' | 'headers' | 'no-content' | 'range' }
  | { readonly kind: 'xml'; readonly root: string; readonly flags?: readonly string[] };

export interface AnswerRule {
  readonly body: AnswerBody;
  /** Of what the SDK makes of it; of JSON before that too, since the SDK makes texts of numbers. */
  readonly output: Shape;
}
