/** The required form of an answer. */
import type { Shape } from '../../model/shape';

/**
 * The body of an answer that reports success. `json`: an object. `empty-json`: an object without members,
 * unless a request id shows that AWS sent it. `document`: an object that callers receive as text. `xml`: a
 * document with this root; its `flags` must be true or false, since the SDK takes every other word for
 * false. `headers`: the body is not checked. `no-content`: there is no body, and the status is 204 or
 * there is a request id. `range`: the bytes of an object that were asked for.
 */
export type AnswerBody =
  | { readonly kind: 'json' | 'empty-json' | 'document' | 'headers' | 'no-content' | 'range' }
  | { readonly kind: 'xml'; readonly root: string; readonly flags?: readonly string[] };

export interface AnswerRule {
  readonly body: AnswerBody;
  /**
   * The shape of the SDK's output. A body of the kind `json` or `empty-json` must itself match this shape
   * before the SDK reads it, since the SDK turns texts into numbers and so hides a wrong type.
   */
  readonly output: Shape;
}
