/** What is told when an operation has ended: a failure is an error, and its first button changes nothing. */
import { describe, expect, test } from 'vitest';
import type { CodeDeps } from '../../src/commands/code/commands';
import { codeRemedies } from '../../src/commands/code/remedies';
import { type FollowUpDeps, remediesOf } from '../../src/commands/nodegroup/follow-ups';
import { endedButtons } from '../../src/commands/notification-buttons';
import { Runner } from '../../src/commands/run';
import type { AwsReason, CredentialsProblem } from '../../src/model/failure';
import { failed } from '../../src/model/failure';
import type { RequestErrorName } from '../../src/nodegroup/remedies/request-errors';
import type { UpdateErrorCode } from '../../src/nodegroup/remedies/update-errors';
import type { Operation, OperationState } from '../../src/operations/operation';
import { logOf } from '../../src/view/log';
import type { MessageLevel } from '../../src/view/message';
import { Notifier, type Remedy } from '../../src/view/notify';
import { EVERY_BLOCKER } from '../drain/every-blocker';
import { awsFailure, planned, request } from '../operations/data';
import { channel } from '../view/window-stand-in';

/** Buttons that only show something, or read. */
const SAFE = ['Show Details', 'Sign In', 'Show Log'];

const UPDATE_ERRORS: Readonly<Record<UpdateErrorCode, true>> = {
  AccessDenied: true,
  AdmissionRequestDenied: true,
  ClusterUnreachable: true,
  ConfigurationConflict: true,
  EniLimitReached: true,
  InsufficientFreeAddresses: true,
  InsufficientNumberOfReplicas: true,
  IpNotAvailable: true,
  K8sResourceNotFound: true,
  NodeCreationFailure: true,
  OperationNotPermitted: true,
  PodEvictionFailure: true,
  SecurityGroupNotFound: true,
  SubnetNotFound: true,
  Unknown: true,
  UnsupportedAddonModification: true,
  VpcIdNotFound: true,
};
const REQUEST_ERRORS: Readonly<Record<RequestErrorName, true>> = {
  ClientException: true,
  InvalidParameterException: true,
  InvalidRequestException: true,
  ResourceInUseException: true,
  ResourceNotFoundException: true,
  ServerException: true,
};
/** How an operation can end other than well. */
const ENDS: readonly OperationState[] = [
  'failed',
  'drifted',
  'cancelled-by-aws',
  'cancelled',
  'unwatched',
  'unknown',
];

const profile = { ...planned().subject, connectionId: 'profile:me:us-east-1' };

function nodegroup(state: OperationState, outcome: object): Operation {
  const ended = { id: 'o', kind: 'nodegroup-version', subject: profile, state, request, plan: {}, facts: {} };
  return {
    ...ended,
    sentAt: 1,
    createdAt: 0,
    endedAt: 2,
    outcome: { state, ...outcome },
  } as unknown as Operation;
}

function code(state: OperationState, change: object = {}): Operation {
  const configuration = { code: { bucket: 'b', key: 'k' }, commandLineArguments: [] };
  const steps = [{ name: 'looked', at: 0, facts: { configuration } }];
  const ended = {
    id: 'o',
    kind: 'code',
    subject: profile,
    state,
    request,
    plan: { root: '/q' },
    facts: {},
    steps,
  };
  return {
    ...ended,
    sentAt: 1,
    createdAt: 0,
    endedAt: 2,
    outcome: { state, ...change },
  } as unknown as Operation;
}

const OPERATIONS: readonly Operation[] = [
  ...Object.keys(UPDATE_ERRORS).map((name) =>
    nodegroup('failed', { facts: { errors: [{ code: name, message: 'm', resourceIds: ['r'] }] } }),
  ),
  ...Object.keys(REQUEST_ERRORS).map((name) =>
    nodegroup('failed', {
      failure: awsFailure({ service: 'eks', operation: 'UpdateNodegroupVersion', name }),
    }),
  ),
  ...ENDS.flatMap((state) => [nodegroup(state, {}), code(state)]),
];

/** What is shown: the kind of notification, and its buttons in order. */
interface Told {
  readonly level: MessageLevel;
  readonly buttons: readonly string[];
}

class Telling extends Notifier {
  readonly told: Told[] = [];

  constructor() {
    super(logOf(channel as never));
  }

  protected override async show(
    level: MessageLevel,
    _message: string,
    remedies: readonly Remedy[],
  ): Promise<void> {
    this.told.push({ level, buttons: remedies.map(({ label }) => label) });
  }
}

function toldOf(operation: Operation): Told {
  const notify = new Telling();
  const deps = { notify } as never;
  const details = { label: 'Show Details', run: () => undefined };
  const runner = new Runner({
    notify,
    outcomeWords: () => 'why',
    remedies: (one: Operation) =>
      endedButtons(
        one,
        [...codeRemedies(one, deps as CodeDeps), ...remediesOf(one, deps as FollowUpDeps)],
        details,
      ),
  } as never);
  runner.tell(operation);
  const [told] = notify.told;
  if (!told) throw new Error('nothing was told');
  return told;
}

describe.each(
  OPERATIONS.map((operation) => [operation.kind, operation.state, operation.outcome, operation] as const),
)('%s that is %s: %j', (_kind, state, _outcome, operation) => {
  test('has a safe first button, and force last of what sends', () => {
    const { buttons } = toldOf(operation);
    expect(SAFE).toContain(buttons[0]);
    const sending = buttons.filter((label) => label.endsWith('…'));
    const force = sending.findIndex((label) => label.includes('Force'));
    expect([-1, sending.length - 1]).toContain(force);
  });

  test('is an error where it failed', () => {
    expect(toldOf(operation).level === 'error').toBe(state === 'failed');
  });

  test('has no more buttons than their labels have room for', () => {
    expect(toldOf(operation).buttons.length).toBeLessThanOrEqual(3);
  });
});

/** Of a cluster that was looked into, and in which a pod was held last. */
const HELD = {
  insideProblem: { kind: 'unexpected', message: 'm' },
  held: { since: 1, pods: 1, blockers: EVERY_BLOCKER.slice(0, 1) },
};

describe('a drain that failed', () => {
  const errors = [{ code: 'PodEvictionFailure', message: 'm', resourceIds: ['r'] }];

  test('is told with what shows why, and the rest stands on its page', () => {
    const operation = nodegroup('failed', { facts: { errors } });
    expect(toldOf(operation).buttons).toEqual(['Show Details', 'Check Drain', 'Try Again…']);
    expect(remediesOf(operation, {} as FollowUpDeps).map(({ label }) => label)).toEqual([
      'Check Drain',
      'Try Again…',
      'Try Again with Force…',
    ]);
  });

  test('is told with the pods that it held, where those are known', () => {
    const operation = nodegroup('failed', { facts: { ...HELD, errors } });
    expect(toldOf(operation).buttons).toEqual(['Show Details', 'Show Held Pods', 'Check Drain']);
  });
});

const PROBLEMS: Readonly<Record<CredentialsProblem, true>> = {
  'sso-login': true,
  'console-login': true,
  mfa: true,
  'no-such-profile': true,
  expired: true,
  rejected: true,
  other: true,
};
const REASONS: readonly AwsReason[] = ['access-denied', 'network', 'server', 'throttled', 'invalid'];

test.each([
  ...Object.keys(PROBLEMS).map(
    (problem) => ({ kind: 'credentials', problem, profile: 'p', message: '' }) as const,
  ),
  ...REASONS.map((reason) => awsFailure({ reason })),
])('what was thrown is an error with a safe first button: %j', async (failure) => {
  const notify = new Telling();
  await notify.failed('read', failed(failure as never));
  expect(notify.told).toMatchObject([{ level: 'error' }]);
  expect(SAFE).toContain(notify.told[0]?.buttons[0]);
});

test('the log is left to the menu where three others help: more labels would all be cut', async () => {
  const buttons = ['A', 'B', 'C', 'D'].map((label) => ({ label, run: () => undefined }));
  const notify = new Telling();
  await notify.error('ended', buttons.slice(1));
  await notify.error('ended', buttons.slice(2));
  expect(notify.told.map(({ buttons: shown }) => shown)).toEqual([
    ['B', 'C', 'D'],
    ['C', 'D', 'Show Log'],
  ]);
});
