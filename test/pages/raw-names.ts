/** Names of the program that have no place in a sentence for people. */

/** `commandLineArguments`, but not `vCPU`, `s3:GetObject` or what a path or an address holds. */
const CAMEL = /(?<![\w./:@-])[a-z]{2,}[a-z0-9]*(?:[A-Z][a-z0-9]+)+(?![\w/:-])/g;
/** Milliseconds since 1970, as none of AWS's numbers are: an account has 12 digits. */
const EPOCH = /(?<!\d)1[5-9]\d{11}(?!\d)/g;
/** Codes of findings and failures, such as `drift.changed` or `access-denied` alone in a sentence. */
const CODE = /(?<![\w./-])(?:[a-z]+-){0,3}[a-z]+\.(?:changed|missing|unknown|refused|none|found)(?![\w/])/g;
const VALUE = /\b(?:undefined|null|NaN|\[object Object\])\b/g;

/** Names that stand in sentences because people meet them in AWS's own words, or write them into manifests themselves. */
const AS_PEOPLE_SAY: ReadonlySet<string> = new Set([
  'kubelet',
  'maxUnavailable',
  'minAvailable',
  'terminationGracePeriodSeconds',
  'unhealthyPodEvictionPolicy',
]);

export function rawNamesIn(text: string): readonly string[] {
  return [CAMEL, EPOCH, CODE, VALUE]
    .flatMap((form) => text.match(form) ?? [])
    .filter((name) => !AS_PEOPLE_SAY.has(name));
}
