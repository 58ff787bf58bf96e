/**
 * Reads label selectors in objects of the API server.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/
 */
import type { LabelSelector } from '../../model/kubernetes';
import { list, maybe, members, record, text, word } from '../../model/shape';

/** A selector that has the shape {@link labelSelector}. */
export interface SelectorObject {
  readonly matchLabels?: Readonly<Record<string, string>> | null;
  readonly matchExpressions?:
    | readonly {
        readonly key: string;
        readonly operator: string;
        readonly values?: readonly string[] | null;
      }[]
    | null;
}

export const labelSelector = members({
  matchLabels: maybe(record(text)),
  matchExpressions: maybe(list(members({ key: word, operator: word, values: maybe(list(text)) }))),
});

export function selectorOf({ matchLabels, matchExpressions }: SelectorObject): LabelSelector {
  return {
    matchLabels: matchLabels ?? {},
    matchExpressions: (matchExpressions ?? []).map(({ key, operator, values }) => ({
      key,
      operator,
      values: values ?? [],
    })),
  };
}
