/** What has become of a plan since it was made. */
import type { Offer } from '../../wizard/review';

export type Standing<O extends string = string> =
  /** It waits for a button to be pressed. */
  | { readonly kind: 'asked'; readonly offer: Offer<O>; readonly canCopy: boolean }
  /** The user said go. `operation`: its id, once it has begun. */
  | { readonly kind: 'carried-out'; readonly operation?: string }
  /** Another operation began on the same thing since: carrying the plan out now would be refused. */
  | {
      readonly kind: 'overtaken';
      readonly by: string;
      readonly operation: string;
      readonly canChange: boolean;
    }
  /** A reload of the window brought the page back. */
  | { readonly kind: 'brought-back'; readonly again: string };
