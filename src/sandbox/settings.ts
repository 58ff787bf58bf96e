/** The scenarios of `POST /_sandbox/settings`: settings that change how the sandbox's AWS behaves. */
import { type Access, access } from './kubernetes/api/access';
import { boolean, integer, list, map, oneOf, structure, text, type Value, type Violation } from './shapes';

const closed = { closed: true };

/**
 * An error of an EKS update. The sandbox accepts any `errorCode`, and returns it unchanged. EKS's own
 * values: https://docs.aws.amazon.com/eks/latest/APIReference/API_ErrorDetail.html
 */
const errorDetail = structure(
  { errorCode: text({ min: 1 }), errorMessage: text(), resourceIds: list(text()) },
  ['errorCode', 'errorMessage', 'resourceIds'],
  closed,
);

const finspace = structure(
  {
    /**
     * Decides how an update ends if the zip cannot be extracted or does not contain the initialization
     * script. `reason`: the cluster is RUNNING again with its earlier configuration, and its status reason
     * names the failure. `stuck`: the update ends only after a very long time.
     */
    badScript: oneOf('reason', 'stuck'),
    /** False: the cluster's status does not become UPDATING during an update. */
    updatingSeen: boolean,
    /**
     * The time at which GetKxCluster begins to show the new configuration: at the start or at the end of the update.
     */
    configurationShown: oneOf('start', 'end'),
    /** Simulated minutes from the accepted request to UPDATING. */
    updatingAfterMinutes: integer({ min: 0 }),
    /** Simulated minutes in UPDATING. A NO_RESTART update takes a sixth of them. */
    updateMinutes: integer({ min: 0 }),
    /** Real minutes for which a clientToken is remembered. */
    tokenMinutes: integer({ min: 0 }),
    /**
     * How FinSpace answers after its end of service; AWS has not published its own answer. `no`: the
     * service has not ended. `html`: a page with status 503; `html-200`: a page with status 200.
     */
    ended: oneOf('no', 'access-denied', 'gone', 'html', 'html-200'),
  },
  [],
  closed,
);

const eks = structure(
  {
    /**
     * Simulated minutes of an update. 0: the usual time, which grows with the number of nodes if a node
     * group moves to another version.
     */
    updateMinutes: integer({ min: 0 }),
    /**
     * Names of clusters in EKS Auto Mode; by default, only the seed's `quant-auto`. In a rollback of such a
     * cluster, the nodes move back before the control plane.
     */
    autoMode: list(text()),
    /**
     * The errors with which the next update of a node group or cluster fails, by `cluster/nodegroup` or
     * `cluster`. They apply to that one update only.
     */
    nextUpdateFails: map(text(), list(errorDetail, { min: 1 })),
  },
  [],
  closed,
);

const kubernetes = structure(
  {
    /**
     * The rights in Kubernetes of callers with the sandbox's keys, by cluster name; `full` for clusters
     * that are not named.
     */
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
  // `compliance` is the sample shop's cluster in which the sandbox's caller has no access entry.
  kubernetes: { access: { compliance: 'none' } },
};

export interface SettingsValues {
  /** The most items in one page of a list of any AWS service except S3; a caller may ask for fewer. */
  readonly pageSize: number;
  readonly finspace: FinspaceSettings;
  readonly eks: EksSettings;
  readonly kubernetes: { readonly access: Readonly<Record<string, Access>> };
}

/** The present scenario; services read it at each request. */
export class SandboxSettings {
  private values: SettingsValues = DEFAULTS;

  get current(): SettingsValues {
    return this.values;
  }

  /**
   * Changes only the settings that `change` names.
   * @returns the problems of the change; empty if it was made. A change with problems changes nothing
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

  /**
   * Removes and returns the errors for the next update of a node group or cluster, so that only that
   * update fails. Undefined if there are none.
   * @param owner `cluster/nodegroup` or `cluster`
   */
  takeFailure(owner: string): readonly UpdateError[] | undefined {
    const { [owner]: taken, ...others } = this.values.eks.nextUpdateFails;
    if (taken) this.values = { ...this.values, eks: { ...this.values.eks, nextUpdateFails: others } };
    return taken;
  }
}
