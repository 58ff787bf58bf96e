/**
 * The expected effects of a request: the parameters of its update, and the node group's state after the
 * update.
 */
import type { EksUpdate } from '../../model/eks';
import type { Json } from '../../model/json';
import type { Operation } from '../../operations/operation';
import { type DriftedPart, driftBetween } from '../../plan/drift';
import type { NodegroupState } from '../reading/state';

/** The fields that the request sets, in the form in which the node group's {@link NodegroupState} has them. */
export type Expectation = Pick<
  NodegroupState,
  | 'version'
  | 'releaseVersion'
  | 'templateVersion'
  | 'maxUnavailable'
  | 'maxUnavailablePercentage'
  | 'updateStrategy'
>;

type Field = keyof Expectation;

const PARAMETERS: Readonly<Record<Field, string>> = {
  version: 'Version',
  releaseVersion: 'ReleaseVersion',
  templateVersion: 'LaunchTemplateVersion',
  maxUnavailable: 'MaxUnavailable',
  maxUnavailablePercentage: 'MaxUnavailablePercentage',
  updateStrategy: 'UpdateStrategy',
};

const FIELDS = Object.keys(PARAMETERS) as readonly Field[];

/** The expected effects of the request in the ledger; empty for an update that Slipway did not start. */
export function expectationOf({ request }: Operation): Expectation {
  const input = objectIn(request?.input);
  const update = objectIn(input['updateConfig']);
  const found = {
    version: input['version'],
    releaseVersion: input['releaseVersion'],
    templateVersion: objectIn(input['launchTemplate'])['version'],
    maxUnavailable: update['maxUnavailable'],
    maxUnavailablePercentage: update['maxUnavailablePercentage'],
    updateStrategy: update['updateStrategy'],
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function objectIn(json: Json | undefined): Readonly<Record<string, Json | undefined>> {
  return json !== null && typeof json === 'object' && !('length' in json) ? json : {};
}

/**
 * True if the update may come from the request: it has the type `type`, and no parameter contradicts the request.
 */
export function mayBe(update: EksUpdate, type: string, expected: Expectation): boolean {
  return (
    update.type === type &&
    FIELDS.every((field) => {
      const shown = update.params.find((param) => param.type === PARAMETERS[field])?.value;
      return shown === undefined || expected[field] === undefined || shown === String(expected[field]);
    })
  );
}

/** The fields in which the node group differs from the request. */
export function differencesFrom(expected: Expectation, now: NodegroupState): readonly DriftedPart<Field>[] {
  return driftBetween<Expectation>(
    expected,
    now,
    FIELDS.filter((field) => expected[field] !== undefined),
  );
}
