/** How wizards and rows of the tree come to the things of one kind that code is deployed to. */
import type { Connection } from '../../model/connection';
import type { ResourceNode } from '../../view/resources/node';
import type { Choice } from '../../view/wizard/prompts';
import type { WizardStep } from '../../view/wizard/wizard-steps';
import type { Ports } from '../ports';
import type { PickedConnection } from './connection';

/** Names that lead to a thing, outermost first, as in an operation's subject. */
export interface PickedPath {
  readonly path: readonly string[];
}

/** A thing of a list. */
export interface NamedPlace extends PickedPath {
  readonly label: string;
}

export interface TargetPicks {
  /** One of them, where there are several kinds to choose from: `A kdb cluster`. */
  title(): string;
  readonly icon: string;
  /** The questions that lead to one, once the connection is known. @param within names that are known already. */
  steps(ports: Ports, within: readonly string[]): WizardStep<PickedConnection, PickedPath>;
  /** All that a connection leads to, as choices. */
  every(connection: Connection, ports: Ports, signal: AbortSignal): Promise<readonly Choice<NamedPlace>[]>;
  /** Where there are none. */
  none(): string;
  /** The names that a row stands for, of a thing or of what things lie in; undefined for any other row. */
  within(node: ResourceNode): readonly string[] | undefined;
}
