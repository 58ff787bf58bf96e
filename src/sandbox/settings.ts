/** What the sandbox's AWS is told to do differently: the scenarios of `POST /_sandbox/settings`. */
import { type Access, access } from './kubernetes/api/access-settings';
import { boolean, integer, list, map, oneOf, structure, text, type Value, type Violation } from './shapes';

const closed = { closed: true };

/** Codes of https://docs.aws.amazon.com/eks/latest/APIReference/API_ErrorDetail.html; any other text is played as it is. */
const errorDetail = structure(
  { errorCode: text({ min: 1 }), errorMessage: text(), resourceIds: list(text()) },
  ['errorCode', 'errorMessage', 'resourceIds'],
  closed,
);

const finspace = structure(
  {
    /** What an initialization script that is not in the zip leads to: RUNNING again with a reason, or a very long UPDATING. */
    badScript: oneOf('reason', 'stuck'),
    /** False: an update is never seen as UPDATING. */
    updatingSeen: boolean,
    /** When GetKxCluster shows what was asked for: at the start of the update or at its end. */
    configurationShown: oneOf('start', 'end'),
    /** Simulated minutes between the accepted request and UPDATING. */
    updatingAfterMinutes: integer({ min: 0 }),
    /** Simulated minutes of UPDATING. */
    updateMinutes: integer({ min: 0 }),
    /** Real minutes for which a clientToken is remembered. */
    tokenMinutes: integer({ min: 0 }),
    /** How the service answers when it has ended; what AWS will do is not public. `html` is a 503, `html-200` a page. */
    ended: oneOf('no', 'access-denied', 'gone', 'html', 'html-200'),
  },
  [],
  closed,
);

const eks = structure(
  {
    /** Simulated minutes of an update; 0: by the node count. */
    updateMinutes: integer({ min: 0 }),
    /** Names of clusters that are in EKS Auto Mode: on a rollback their nodes go back first. The seed has `quant-auto`. */
    autoMode: list(text()),
    /** By `cluster/nodegroup`, or `cluster`: the errors with which its next update will fail, once. */
    nextUpdateFails: map(text(), list(errorDetail, { min: 1 })),
  },
  [],
  closed,
);

const kubernetes = structure(
  {
    /** By cluster, what whoever signs with the sandbox's keys may do in it; `full` where it was never named. */
    access: map(text(), access),
  },
  [],
  closed,
);

const patch = structure({ pageSize: integer({ min: 1, max: 100 }), finspace, eks, kubernetes }, [], closed);

export type FinspaceSettings = Required<Value<typeof finspace>>;
type EksSettings = Required<Value<typeof eks>>;
export type UpdateError = Value<typeof errorDetail>;

const DEFAULTS: SettingsValues = {
  pageSize: 100,
  finspace: {
    badScript: 'reason',
    updatingSeen: true,
    configurationShown: 'end',
    updatingAfterMinutes: 0,
    updateMinutes: 12,
    tokenMinutes: 10,
    ended: 'no',
  },
  eks: { updateMinutes: 0, autoMode: ['quant-auto'], nextUpdateFails: {} },
  // The sample shop's cluster in which the sandbox's caller has no access entry.
  kubernetes: { access: { compliance: 'none' } },
};

export interface SettingsValues {
  /** The most items in one page of any list; a caller may ask for fewer. */
  readonly pageSize: number;
  readonly finspace: FinspaceSettings;
  readonly eks: EksSettings;
  readonly kubernetes: { readonly access: Readonly<Record<string, Access>> };
}

/** The scenario in force; services read it at each request. */
export class SandboxSettings {
  private values: SettingsValues = DEFAULTS;

  get current(): SettingsValues {
    return this.values;
  }

  /**
   * Takes over what `change` names and leaves the rest.
   * @returns what is wrong with it, empty when it was taken; nothing is taken of a change with problems.
   */
  change(change: unknown): readonly string[] {
    const found: Violation[] = [];
    const read = patch.read(change, '', found);
    if (!read) return found.map(({ text }) => text);
    this.values = {
      pageSize: read.pageSize ?? this.values.pageSize,
      finspace: { ...this.values.finspace, ...read.finspace },
      eks: { ...this.values.eks, ...read.eks },
      kubernetes: { access: { ...this.values.kubernetes.access, ...read.kubernetes?.access } },
    };
    return [];
  }

  /** Takes the errors that wait for the next update of a node group or cluster, so that they are played once. */
  takeFailure(owner: string): readonly UpdateError[] | undefined {
    const { [owner]: taken, ...others } = this.values.eks.nextUpdateFails;
    if (taken) this.values = { ...this.values, eks: { ...this.values.eks, nextUpdateFails: others } };
    return taken;
  }
}
