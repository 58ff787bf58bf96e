/**
 * The rules for the names in a workload's path and for the parts of a configuration: those of EKS,
 * Kubernetes, S3 and Slipway's own convention.
 */

import { workloadNamed } from '../../model/workload';
import type { RuleBreach, TextBreach } from '../rules/breach';
import type { ConfigurationRules } from '../rules/configuration-rules';
import { breachOf, type TextRule } from '../rules/text';

type Rule<B = TextBreach> = (value: string) => B | undefined;

const textRule =
  (rule: TextRule): Rule =>
  (value) =>
    breachOf(rule, value);

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const clusterBreach = textRule({
  field: 'member.cluster',
  min: 1,
  max: 100,
  character: /^[a-zA-Z0-9_-]$/,
  allowed: 'a–z A–Z 0–9 - _',
});

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
const namespaceBreach = textRule({
  field: 'member.namespace',
  min: 1,
  max: 63,
  character: /^[a-z0-9-]$/,
  allowed: 'a–z 0–9 -',
  edges: true,
});

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const workloadNameBreach = textRule({
  field: 'member.workload',
  min: 1,
  max: 253,
  character: /^[a-z0-9.-]$/,
  allowed: 'a–z 0–9 - .',
  edges: true,
});

const FORMS: readonly string[] = ['statefulset/NAME', 'deployment/NAME'];

/**
 * The first rule that the value of a target's member breaks; undefined if it breaks none.
 * @param name `cluster` or `namespace`; any other name counts as `workload`
 */
export function memberBreach(name: string, value: string): RuleBreach | undefined {
  switch (name) {
    case 'cluster':
      return clusterBreach(value);
    case 'namespace':
      return namespaceBreach(value);
    default: {
      const named = workloadNamed(value);
      return named === undefined
        ? { code: 'form', field: 'member.workload', facts: { value, forms: FORMS } }
        : workloadNameBreach(named.name);
    }
  }
}

const script = textRule({
  field: 'initializationScript',
  min: 1,
  max: 1024,
  character: /^[^\p{Cc}\\]$/u,
  allowed: 'all but \\ and control characters',
});

export const kubernetesRules: ConfigurationRules = {
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucket: textRule({
    field: 'bucket',
    min: 3,
    max: 63,
    character: /^[a-z0-9.-]$/,
    allowed: 'a–z 0–9 . -',
    edges: true,
  }),
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
  key: textRule({ field: 'key', min: 1, max: 1024, ...printable() }),
  versionId: textRule({ field: 'versionId', min: 1, max: 1024, ...printable() }),
  prefix: textRule({ field: 'prefix', min: 0, max: 512, ...printable() }),
  initializationScript: (value) => {
    const breach = script(value);
    if (breach !== undefined) return breach;
    const field = 'initializationScript';
    const steps = value.split('/');
    if (steps[0] === '' || steps.includes('..')) return { code: 'script-outside', field, facts: { value } };
    return ['', '.'].includes(steps.at(-1) ?? '')
      ? { code: 'script-is-folder', field, facts: { value } }
      : undefined;
  },
  argumentKey: textRule({
    field: 'argumentKey',
    min: 1,
    max: 1024,
    character: /^[a-zA-Z0-9_.-]$/,
    allowed: 'a–z A–Z 0–9 _ . -',
  }),
  /** The value becomes one word of the start command: any text without control characters. */
  argumentValue: textRule({
    field: 'argumentValue',
    min: 0,
    max: 1024,
    character: /^[^\p{Cc}]$/u,
    allowed: 'all but control characters',
    secret: true,
  }),
  manyArguments: () => undefined,
};

function printable(): Pick<TextRule, 'character' | 'allowed'> {
  return { character: /^[\x21-\x7e]$/, allowed: '! … ~ (ASCII without spaces)' };
}
