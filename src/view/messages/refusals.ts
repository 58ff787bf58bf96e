/** Slipway's own refusals as sentences: what it refuses, why, and what to do. */
import type { FinSpaceRefusals } from '../../deploy/finspace/refusal';
import type { KubernetesRefusals } from '../../deploy/kubernetes/refusal';
import type { DeployRefusals } from '../../deploy/refusal';
import type { CodedOf } from '../../model/coded';
import type { Refusal } from '../../model/failure';
import type { Facts } from '../../model/json';
import type { OuterRefusals } from '../../model/refusals';
import type { UpgradeRefusals } from '../../nodegroup/plan/refusal';
import type { OperationRefusals } from '../../operations/refusal';
import type { PackageRefusals } from '../../package/refusal';
import type { PlanRefusals } from '../../plan/account';
import type { DriftRefusals } from '../../plan/drift';
import { type CommandRefusals, commandRefusals } from './refusals/commands';
import { deployRefusals } from './refusals/deploy';
import { finspaceRefusals } from './refusals/finspace';
import { kubernetesTargetRefusals } from './refusals/kubernetes-target';
import { upgradeRefusals } from './refusals/nodegroup';
import { operationRefusals, planRefusals } from './refusals/operations';
import { outerRefusals } from './refusals/outer';
import { packageRefusals } from './refusals/package';
import type { Sentences } from './sentences';

/**
 * The catalogues of all parts of Slipway. If two catalogues declare the same code with different facts, this
 * interface does not compile.
 */
interface AllRefusals
  extends PlanRefusals,
    DriftRefusals,
    DeployRefusals,
    FinSpaceRefusals,
    KubernetesRefusals,
    UpgradeRefusals,
    PackageRefusals,
    OperationRefusals,
    OuterRefusals,
    CommandRefusals {}

/** A sentence for each refusal code of {@link AllRefusals}. */
export const REFUSALS: Sentences<CodedOf<AllRefusals>> = {
  ...planRefusals,
  ...deployRefusals,
  ...finspaceRefusals,
  ...kubernetesTargetRefusals,
  ...upgradeRefusals,
  ...packageRefusals,
  ...operationRefusals,
  ...outerRefusals,
  ...commandRefusals,
};

/**
 * The sentence for a refusal. If another version of Slipway wrote the refusal to the ledger, its code may be
 * unknown, or its facts may not fit the sentence: then the code and the facts are shown as they are.
 */
export function refusalWords({ code, facts }: Refusal): string {
  return sentenceOf(code, facts) ?? `${code} ${JSON.stringify(facts)}`;
}

function sentenceOf(code: string, facts: Facts): string | undefined {
  if (!isKnown(code)) return undefined;
  try {
    return (REFUSALS[code] as (facts: object) => string)(facts);
  } catch (error) {
    // The facts have other types than the sentence expects, such as a string in place of a list.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function isKnown(code: string): code is keyof typeof REFUSALS {
  return Object.hasOwn(REFUSALS, code);
}
