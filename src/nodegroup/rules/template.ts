/** The launch template of a node group: its name in a request, and the numbers of its versions. */

import type { LaunchTemplateRef, LaunchTemplateVersion } from '../../model/eks';
import { present } from '../../model/present';

/**
 * Identifies the template by its id, or by its name if there is no id; undefined if there is neither. EKS
 * accepts only the template with which the node group was created.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_LaunchTemplateSpecification.html
 */
export function templateName(
  template: LaunchTemplateRef,
): { readonly id: string } | { readonly name: string } | undefined {
  if (template.id !== undefined) return { id: template.id };
  return template.name === undefined ? undefined : { name: template.name };
}

/** The versions of a launch template, with the default and the newest one. */
export interface TemplateVersions {
  /** Newest first. */
  readonly all: readonly LaunchTemplateVersion[];
  readonly default?: number;
  readonly latest?: number;
}

export function templateVersions(listed: readonly LaunchTemplateVersion[]): TemplateVersions {
  const all = [...listed].sort((a, b) => b.number - a.number);
  const chosen = all.find((one) => one.isDefault)?.number;
  const latest = all[0]?.number;
  return {
    all,
    ...present({ default: chosen, latest }),
  };
}

/**
 * The version number for `3`, `$Default`, `$Latest` or an absent text (the default). Undefined for any other
 * text, and for the default or latest version if `versions` is undefined or does not contain it.
 */
export function templateNumber(
  text: string | undefined,
  versions: TemplateVersions | undefined,
): number | undefined {
  if (text === undefined || text === '' || text === '$Default') return versions?.default;
  if (text === '$Latest') return versions?.latest;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
