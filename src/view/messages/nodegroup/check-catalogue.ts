/** How the words for the checks of a node group update are laid out. */
import type { CheckId, CheckOf } from '../../../nodegroup/checks/all-checks';
import type { Sentences } from '../sentences';

/** For each of these checks what is checked, and a sentence for whatever it can find. */
export type CheckCatalogue<Id extends CheckId> = {
  readonly [I in Id]: {
    readonly title: () => string;
    readonly found: Sentences<CheckOf<I>>;
  };
};
