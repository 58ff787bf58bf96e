/** AWS's rules for names, keys and paths in a code update. */
import type { RuleBreach, TextBreach } from '../rules/breach';
import { breachOf, type TextRule } from '../rules/text';

type Rule<B = TextBreach> = (value: string) => B | undefined;

const textRule =
  (rule: TextRule): Rule =>
  (value) =>
    breachOf(rule, value);

/** @see https://docs.aws.amazon.com/finspace/latest/management-api/API_UpdateKxClusterCodeConfiguration.html */
export const environmentIdBreach = textRule({
  field: 'member.environment',
  min: 1,
  max: 32,
  character: /^[a-z0-9]$/,
  allowed: 'a–z 0–9',
});

/** @see https://docs.aws.amazon.com/finspace/latest/management-api/API_UpdateKxClusterCodeConfiguration.html */
export const clusterNameBreach = textRule({
  field: 'member.cluster',
  min: 3,
  max: 63,
  character: /^[a-zA-Z0-9_-]$/,
  allowed: 'a–z A–Z 0–9 - _',
  edges: true,
});

/** @see https://docs.aws.amazon.com/finspace/latest/management-api/API_CodeConfiguration.html */
export const bucketBreach = textRule({
  field: 'bucket',
  min: 3,
  max: 255,
  character: /^[a-z0-9.-]$/,
  allowed: 'a–z 0–9 . -',
  edges: true,
});

const KEY = { character: /^[a-zA-Z0-9/!\-_.*'()]$/, allowed: "a–z A–Z 0–9 / ! - _ . * ' ( )" };

/**
 * Narrower than S3's own rule: FinSpace accepts no space, `+`, `=`, `:` or `@` in a key.
 * @see https://docs.aws.amazon.com/finspace/latest/management-api/API_CodeConfiguration.html
 */
export const keyBreach = textRule({ field: 'key', min: 1, max: 1024, ...KEY });

/** The beginning of a key. May be empty; the limit leaves enough characters for the name of the object. */
export const prefixBreach = textRule({ field: 'prefix', min: 0, max: 512, ...KEY });

/** @see https://docs.aws.amazon.com/finspace/latest/management-api/API_CodeConfiguration.html */
export const versionIdBreach = textRule({
  field: 'versionId',
  min: 1,
  max: 1000,
  character: /^.$/su,
  allowed: '',
});

const scriptBreach = textRule({
  field: 'initializationScript',
  min: 1,
  max: 255,
  character: /^[a-zA-Z0-9_\-./\\]$/,
  allowed: 'a–z A–Z 0–9 _ - . / \\',
});

/**
 * A path inside the zip, file name included.
 * @see https://docs.aws.amazon.com/finspace/latest/management-api/API_UpdateKxClusterCodeConfiguration.html
 */
export const initializationScriptBreach: Rule<RuleBreach> = (value) => {
  const breach = scriptBreach(value);
  if (breach !== undefined) return breach;
  const field = 'initializationScript';
  const steps = value.split(/[/\\]/);
  if (steps[0] === '' || steps.includes('..')) return { code: 'script-outside', field, facts: { value } };
  if (steps.at(-1) === '' || steps.at(-1) === '.') {
    return { code: 'script-is-folder', field, facts: { value } };
  }
  return undefined;
};
