/**
 * Checks of the place of the deployment: whether a target in `slipway.json` protects the place, and whether
 * the credentials belong to the account that the target pins.
 */
import type { Identity } from '../../model/connection';
import { declareCheck } from '../../plan/check';
import { block, confirm, pass } from './check';

/** Why the user has to type a name to confirm a deployment. */
export type Protection =
  /** A target protects the place. */
  | { readonly kind: 'target'; readonly name: string }
  /** Because of a mistake in `slipway.json` it is not known whether a target protects the place. */
  | { readonly kind: 'unknown' };

interface Protected {
  /** Name of the target that protects the place. */
  readonly name: string;
}

const PROTECTION = declareCheck('protection', {
  'protection.none': pass(),
  /** The target that is being deployed protects the place. */
  'protection.own': confirm<Protected>('type-name'),
  'protection.by-target': confirm<Protected>('type-name'),
  'protection.hidden': confirm('type-name'),
});

/** @param target the target in `slipway.json` that is being deployed, if there is one */
export function protectionCheck(
  protection: Protection | undefined,
  target: { readonly name: string } | undefined,
) {
  switch (protection?.kind) {
    case undefined:
      return PROTECTION.found('protection.none');
    case 'unknown':
      return PROTECTION.found('protection.hidden');
    case 'target': {
      const { name } = protection;
      return PROTECTION.found(target?.name === name ? 'protection.own' : 'protection.by-target', { name });
    }
  }
}

interface Account {
  readonly account: string;
}

const ACCOUNT = declareCheck('account', {
  'account.pinned': pass<Account>(),
  'account.not-pinned': pass<Account>(),
  'account.other': block<Account & { readonly pinned: string }>('switch-account'),
});

/** Compares the account that the target pins with that of the credentials. */
export function accountCheck(pinned: string | undefined, { accountId: account }: Identity) {
  if (pinned === undefined) return ACCOUNT.found('account.not-pinned', { account });
  return pinned === account
    ? ACCOUNT.found('account.pinned', { account })
    : ACCOUNT.found('account.other', { pinned, account });
}
