/** Remedies and follow-up actions for the problems that EKS reports. */

/** Ways in which the user can deal with a problem; `view` has a sentence for each. */
export type RemedyCode =
  | 'assign-ipv6-addresses'
  | 'assign-public-addresses'
  | 'ask-aws-support'
  | 'check-names-and-permissions'
  | 'choose-again'
  | 'choose-existing-ami'
  | 'choose-offered-instance-type'
  | 'delete-launch-template'
  | 'delete-old-template-versions'
  | 'delete-unused-launch-templates'
  | 'free-addresses'
  | 'let-nodes-join'
  | 'look-at-state'
  | 'mend-add-on'
  | 'mend-auto-scaling-group'
  | 'mend-cluster-role'
  | 'mend-endpoint-access'
  | 'mend-instance-launch'
  | 'mend-labels'
  | 'mend-launch-template'
  | 'mend-node-access'
  | 'mend-permissions'
  | 'opt-in-to-auto-scaling'
  | 'raise-iam-quota'
  | 'raise-instance-quota'
  | 'raise-interface-quota'
  | 'raise-named-quota'
  | 'read-aws-message'
  | 'recreate-cluster'
  | 'recreate-instance-profile'
  | 'recreate-launch-template'
  | 'recreate-node-group'
  | 'recreate-node-role'
  | 'recreate-security-group'
  | 'recreate-subnet'
  | 'recreate-vpc'
  | 'refresh-the-list'
  | 'relax-budget-or-force'
  | 'remove-security-group-uses'
  | 'revert-launch-template'
  | 'terminate-instances'
  | 'use-fewer-subnets'
  | 'wait-and-try-again'
  | 'wait-for-instance-refresh'
  | 'wait-for-running-update';

/** What the user can do next about a problem; `view` has a button label for each. */
export type FollowUp =
  | 'check-drain'
  | 'choose-again'
  | 'copy-details'
  | 'edit-update-settings'
  | 'follow-running-update'
  | 'open-health-issues'
  | 'open-in-console'
  | 'refresh'
  | 'show-held-pods'
  | 'show-insights'
  | 'show-launch-template'
  | 'show-subnets'
  | 'try-again'
  | 'try-again-with-force';

/**
 * The actions without duplicates. If `try-again-with-force` is one of them, it comes last, after `try-again`,
 * which is added if it is missing.
 */
export function safestFirst(actions: readonly FollowUp[]): readonly FollowUp[] {
  const others = actions.filter((action) => action !== 'try-again-with-force');
  if (others.length === actions.length) return [...new Set(others)];
  return [...new Set<FollowUp>([...others, 'try-again']), 'try-again-with-force'];
}

export interface Remedy<Code extends string = string> {
  /** The code for which `view` has the explanation. */
  readonly explains: Code;
  readonly remedy: RemedyCode;
  readonly action: FollowUp;
}

export type RemedyTable<Code extends string> = Readonly<Record<Code, readonly [RemedyCode, FollowUp]>>;

/** The entry for `code`; for an unknown code, the entry for `otherwise`. */
export function remedyIn<Code extends string>(
  table: RemedyTable<Code>,
  code: string,
  otherwise: Code,
): Remedy<Code> {
  const explains = Object.hasOwn(table, code) ? (code as Code) : otherwise;
  const [remedy, action] = table[explains];
  return { explains, remedy, action };
}
