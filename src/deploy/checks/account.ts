/** Check of the account that takes the code. */
import type { Identity } from '../../model/connection';
import { declareCheck } from '../../plan/check';
import { block, pass } from './check';

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
