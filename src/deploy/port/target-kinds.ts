/** The kinds of targets that there are. */
import type { Operation } from '../../operations/operation';
import type { TargetKind } from './target-kind';

export class TargetKinds {
  /** @param usual the kind of a target that names none. */
  constructor(
    readonly usual: TargetKind,
    private readonly others: readonly TargetKind[] = [],
  ) {}

  get all(): readonly TargetKind[] {
    return [this.usual, ...this.others];
  }

  of(id: string): TargetKind | undefined {
    return this.all.find((kind) => kind.id === id);
  }

  /** Undefined for an operation that deploys no code, and for a kind that only a later Slipway knows. */
  ofOperation({ kind }: Pick<Operation, 'kind'>): TargetKind | undefined {
    return this.all.find(({ operationKind }) => operationKind === kind);
  }
}
