/** An AWS in memory behind the ports, for what needs no HTTP: it answers what it holds and counts what it is asked. */
import type {
  Addon,
  AddonVersion,
  ClusterVersion,
  EksCluster,
  EksUpdate,
  Insight,
  LaunchTemplateVersion,
  Nodegroup,
  Subnet,
} from '../../src/model/eks';
import { type AwsFailure, failed, type ServiceName } from '../../src/model/failure';
import type { Page } from '../../src/model/page';
import type {
  AcceptedUpdate,
  ConfigUpdateRequest,
  Eks,
  UpgradePorts,
  VersionUpdateRequest,
} from '../../src/nodegroup/ports';
import { awsFailure, cluster, nodegroup } from './nouns';

type Asked = [cluster: string, next: string | undefined, signal: AbortSignal];
/** Methods that list what is in a cluster, and nothing else, but for node groups. */
type ClusterList = Exclude<
  {
    [M in keyof Eks]: Eks[M] extends (...asked: Asked) => Promise<Page<unknown>> ? M : never;
  }[keyof Eks],
  'listNodegroups'
>;
type Lists = {
  readonly [M in ClusterList]?: Eks[M] extends (...asked: Asked) => Promise<Page<infer I>>
    ? readonly I[]
    : never;
};

export class FakeAws {
  clusters: readonly EksCluster[] = [cluster()];
  nodegroups: readonly Nodegroup[] = [nodegroup()];
  updates: readonly EksUpdate[] = [];
  versions: readonly ClusterVersion[] = [];
  insights: readonly Insight[] = [];
  addons: readonly Addon[] = [];
  addonVersions: readonly AddonVersion[] = [];
  templates: readonly LaunchTemplateVersion[] = [];
  subnets: readonly Subnet[] = [];
  /** Values of SSM parameters, by name. */
  parameters: Readonly<Record<string, string>> = {};
  /** By operation, alone or with what it is about: what it throws instead of an answer. */
  failures: Readonly<Record<string, AwsFailure>> = {};
  /** Called with the request before it is answered; may change the state or throw. */
  onUpdate: (
    request: VersionUpdateRequest | ConfigUpdateRequest,
  ) => AcceptedUpdate | Promise<AcceptedUpdate> = () => {
    throw new Error('no update was expected');
  };
  /** Operations in the order in which they were asked for, with what they were about. */
  readonly asked: string[] = [];
  /** What other lists of the service say of every cluster; one that is not here is empty. */
  lists: Lists = {};
  /** How many items a page has. */
  pageSize = 2;

  readonly ports: UpgradePorts = {
    eks: this.#withLists({
      listClusters: (next, signal) =>
        this.#page(
          'eks',
          'ListClusters',
          this.clusters.map(({ name }) => name),
          next,
          signal,
        ),
      describeCluster: (name, signal) =>
        this.#one('DescribeCluster', name, signal, () => this.clusters.find((one) => one.name === name)),
      listNodegroups: (name, next, signal) =>
        this.#page(
          'eks',
          'ListNodegroups',
          this.nodegroups.filter((one) => one.clusterName === name).map((one) => one.name),
          next,
          signal,
        ),
      describeNodegroup: (owner, name, signal) =>
        this.#one('DescribeNodegroup', `${owner}/${name}`, signal, () =>
          this.nodegroups.find((one) => one.clusterName === owner && one.name === name),
        ),
      updateVersion: (request, signal) => this.#update('UpdateNodegroupVersion', request, signal),
      updateConfig: (request, signal) => this.#update('UpdateNodegroupConfig', request, signal),
      describeUpdate: (_cluster, _nodegroup, id, signal) =>
        this.#one('DescribeUpdate', id, signal, () => this.updates.find((one) => one.id === id)),
      listUpdates: (_cluster, _nodegroup, next, signal) =>
        this.#page(
          'eks',
          'ListUpdates',
          this.updates.map(({ id }) => id),
          next,
          signal,
        ),
      clusterVersions: (next, signal) =>
        this.#page('eks', 'DescribeClusterVersions', this.versions, next, signal),
      describeInsight: (_cluster, id, signal) =>
        this.#one('DescribeInsight', id, signal, () => {
          const found = this.insights.find((one) => one.id === id);
          return found && { ...found, additionalInfo: {}, resources: [] };
        }),
      describeAddon: (_cluster, name, signal) =>
        this.#one('DescribeAddon', name, signal, () => this.addons.find((one) => one.name === name)),
      addonVersions: ({ addon }, next, signal) =>
        this.#page(
          'eks',
          'DescribeAddonVersions',
          this.addonVersions.filter((one) => addon === undefined || one.addon === addon),
          next,
          signal,
        ),
    }),
    images: {
      get: async (name, signal) => {
        await this.#ask('ssm', 'GetParameter', name, signal);
        return this.parameters[name];
      },
    },
    compute: {
      launchTemplateVersions: (_template, next, signal) =>
        this.#page('ec2', 'DescribeLaunchTemplateVersions', this.templates, next, signal),
      subnets: async (ids, signal) => {
        await this.#ask('ec2', 'DescribeSubnets', ids.join(), signal);
        return this.subnets.filter(({ id }) => ids.includes(id));
      },
    },
  };

  /** How often an operation was asked for. */
  count(operation: string): number {
    return this.asked.filter((one) => one.startsWith(`${operation} `)).length;
  }

  async #ask(service: ServiceName, operation: string, about: string, signal: AbortSignal): Promise<void> {
    this.asked.push(`${operation} ${about}`);
    // Answers never come in the same turn.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    const failure = this.failures[operation] ?? this.failures[`${operation} ${about}`];
    if (failure) throw failed({ ...failure, service, operation });
  }

  /** A list of what is in a cluster needs no answer of its own. */
  #withLists(eks: Omit<Eks, ClusterList>): Eks {
    const page = (name: ClusterList, next: string | undefined, signal: AbortSignal) => {
      const lists: Lists = {
        listInsights: this.insights,
        listAddons: this.addons.map((addon) => addon.name),
        ...this.lists,
      };
      const operation = `L${name.slice(1)}`;
      return this.#page<unknown>('eks', operation, lists[name] ?? [], next, signal);
    };
    return new Proxy(eks as Eks, {
      get: (known, name, receiver) =>
        Reflect.get(known, name, receiver) ??
        (String(name).startsWith('list')
          ? (...[, next, signal]: Asked) => page(name as ClusterList, next, signal)
          : undefined),
    });
  }

  async #page<T>(
    service: ServiceName,
    operation: string,
    all: readonly T[],
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<T>> {
    await this.#ask(service, operation, next ?? 'first', signal);
    const start = Number(next ?? 0);
    const end = start + this.pageSize;
    return { items: all.slice(start, end), ...(end < all.length && { next: String(end) }) };
  }

  async #one<T>(
    operation: string,
    about: string,
    signal: AbortSignal,
    find: () => T | undefined,
  ): Promise<T> {
    await this.#ask('eks', operation, about, signal);
    const found = find();
    if (found === undefined) throw failed(awsFailure('not-found', 'eks', operation));
    return found;
  }

  async #update(
    operation: string,
    request: VersionUpdateRequest | ConfigUpdateRequest,
    signal: AbortSignal,
  ): Promise<AcceptedUpdate> {
    await this.#ask('eks', operation, JSON.stringify(request), signal);
    return this.onUpdate(request);
  }
}
