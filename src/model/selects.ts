/** Evaluates label selectors in the same way as the API server does for PodDisruptionBudgets. */
import type { LabelSelector } from './kubernetes';

type Labels = Readonly<Record<string, string>>;
type Expression = LabelSelector['matchExpressions'][number];

/**
 * Whether a budget with this selector covers a pod with these labels. In the API version policy/v1, an absent selector
 * covers no pod and an empty one every pod; a selector that the API server cannot read covers none.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/pod-disruption-budget-v1/
 */
export function selects(selector: LabelSelector | undefined, labels: Labels): boolean {
  return selectorFor(selector)(labels);
}

/** As {@link selects}, for many label sets: the selector is prepared once. */
export function selectorFor(selector: LabelSelector | undefined): (labels: Labels) => boolean {
  if (selector === undefined || !selector.matchExpressions.every(isReadable)) return () => false;
  const { matchExpressions } = selector;
  const pairs = Object.entries(selector.matchLabels);
  return (labels) =>
    pairs.every(([key, value]) => labelOf(labels, key) === value) &&
    matchExpressions.every((expression) => holds(expression, labelOf(labels, expression.key)));
}

/** Reads own members only: a selector may ask for a label that is called `constructor`. */
function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/**
 * True if the operator is known and its values fit: `In` and `NotIn` need values, `Exists` and `DoesNotExist`
 * take none.
 */
function isReadable({ operator, values }: Expression): boolean {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0;
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0;
    default:
      return false;
  }
}

/**
 * True if the label's value satisfies the expression. `NotIn` is also satisfied if the pod lacks the label.
 */
function holds({ operator, values }: Expression, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}
