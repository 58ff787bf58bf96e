/** The type of a catalogue of titles and sentences for the checks of a node group update. */
import type { CheckId, CheckOf } from '../../../nodegroup/checks/all-checks';
import type { Sentences } from '../sentences';

/** For each check: its title, and a sentence for each code that a finding of the check can have. */
export type CheckCatalogue<Id extends CheckId> = {
  readonly [I in Id]: {
    readonly title: () => string;
    readonly found: Sentences<CheckOf<I>>;
  };
};
