/** Amounts of processor and memory in Kubernetes' spelling. */

const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/**
 * The value of a quantity: 0.25 for `250m`, 2147483648 for `2Gi`, 0 for undefined.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function amount(quantity: string | undefined): number {
  const [, digits = '0', unit = ''] = /^([\d.]+)([a-zA-Z]*)$/.exec(quantity ?? '0') ?? [];
  return Number(digits) * (UNITS[unit] ?? Number.NaN);
}
