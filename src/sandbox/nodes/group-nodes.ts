/** The nodes of one managed node group: lists, launches and terminates them. */
import { createHash } from 'node:crypto';
import { type LaunchTemplates, versionOf } from '../ec2/launch-templates';
import type { Subnet, Subnets } from '../ec2/subnets';
import type { EksCluster } from '../eks/cluster';
import type { Nodegroup, NodegroupState } from '../eks/nodegroup';
import type { KubernetesCluster } from '../kubernetes/cluster-api';
import type { KubeNode } from '../kubernetes/kinds';
import { joined, newNode } from './node-object';

export interface NodeParts {
  readonly subnets: Subnets;
  readonly templates: LaunchTemplates;
}

const NODEGROUP = 'eks.amazonaws.com/nodegroup';

type Network = Pick<Subnet, 'availabilityZone' | 'cidrBlock'>;

export class GroupNodes {
  constructor(
    private readonly cluster: EksCluster,
    readonly group: Nodegroup,
    private readonly kubernetes: KubernetesCluster,
    private readonly parts: NodeParts,
  ) {}

  /** The group's nodes, sorted by name. */
  list(): readonly KubeNode[] {
    const all = this.kubernetes.store.list('nodes') as readonly KubeNode[];
    return all.filter(({ metadata }) => metadata.labels?.[NODEGROUP] === this.group.facts.name);
  }

  /** Number of zones over which the group is spread. */
  zones(): number {
    return new Set(this.networks().map(({ availabilityZone }) => availabilityZone)).size;
  }

  /**
   * Adds a node that is ready.
   * @param address the node's address, from which the node's name is made; if absent, an address that no node
   * has
   */
  addReady(state: NodegroupState, address?: string): KubeNode {
    return this.add(state, true, address);
  }

  /** Launches a node that becomes ready after `joinMs` simulated milliseconds. */
  launch(state: NodegroupState, joinMs: number): KubeNode {
    const node = this.add(state, false);
    const { store, time } = this.kubernetes;
    time.after(joinMs, () => {
      const now = store.get('nodes', undefined, node.metadata.name) as KubeNode | undefined;
      if (now?.metadata.uid === node.metadata.uid) store.update('nodes', joined(now, time.now()));
    });
    return node;
  }

  setUnschedulable({ metadata: { name } }: KubeNode, unschedulable: boolean): void {
    const { store } = this.kubernetes;
    const node = store.get('nodes', undefined, name) as KubeNode | undefined;
    if (!node) return;
    const { unschedulable: _, ...spec } = node.spec;
    store.update('nodes', { ...node, spec: { ...spec, ...(unschedulable && { unschedulable }) } });
  }

  /**
   * Terminates a node's instance: removes the node. The kubelet controller then removes the pods that are
   * still on it.
   */
  terminate({ metadata: { name } }: KubeNode): void {
    if (this.kubernetes.store.get('nodes', undefined, name))
      this.kubernetes.store.remove('nodes', undefined, name);
  }

  private add(state: NodegroupState, ready: boolean, address?: string): KubeNode {
    const { store, time } = this.kubernetes;
    const network = this.emptiestNetwork();
    const place = {
      address: address ?? this.freeAddress(network),
      region: this.cluster.facts.region,
      zone: network.availabilityZone,
      instanceType: this.instanceType(state),
    };
    const node = newNode(this.group, state, place, { ready, now: time.now() });
    return store.create('nodes', node) as KubeNode;
  }

  /** The network whose zone has the fewest nodes, so that the nodes are spread over the zones. */
  private emptiestNetwork(): Network {
    const zones = this.list().map(({ metadata }) => metadata.labels?.['topology.kubernetes.io/zone']);
    const nodesIn = ({ availabilityZone }: Network): number =>
      zones.filter((zone) => zone === availabilityZone).length;
    return this.networks().reduce((best, one) => (nodesIn(one) < nodesIn(best) ? one : best));
  }

  /**
   * The group's subnets. A group that belongs to a fleet (see seed/fleet.ts) has no subnets, and gets three
   * made-up ones.
   */
  private networks(): readonly [Network, ...Network[]] {
    const { region } = this.cluster.facts;
    const [first, ...others] = this.parts.subnets.find(region, this.group.facts.subnetIds);
    if (first) return [first, ...others];
    const made = (letter: string, index: number): Network => ({
      availabilityZone: `${region}${letter}`,
      cidrBlock: `10.40.${32 * index}.0/19`,
    });
    return [made('a', 0), made('b', 1), made('c', 2)];
  }

  /**
   * An address that no node has. It depends only on the group, the network and the changes in the cluster so
   * far, so sandboxes with the same history get the same addresses.
   */
  private freeAddress({ cidrBlock }: Network): string {
    const [network = '', bits = '19'] = cidrBlock.split('/');
    const first = network.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    const room = 2 ** (32 - Number(bits)) - 5;
    const { arn } = this.group.facts;
    const { revision } = this.kubernetes.store;
    const taken = new Set(
      this.kubernetes.store.list('nodes').map(({ metadata }) => metadata.name.replace(/^ip-|\..*$/g, '')),
    );
    for (let turn = 0; ; turn += 1) {
      const hash = createHash('sha256').update(`${arn} ${cidrBlock} ${revision} ${turn}`).digest();
      const address = first + 4 + (hash.readUInt32BE() % room);
      const parts = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
      // Ends the search if a block has more nodes than addresses; the store then refuses the node.
      if (!taken.has(parts.join('-')) || turn > 64 * room) return parts.join('.');
    }
  }

  private instanceType({ launchTemplate }: NodegroupState): string {
    const { region } = this.cluster.facts;
    const template = launchTemplate && this.parts.templates.byId(region, launchTemplate.id);
    const version = template && versionOf(template, launchTemplate.version);
    return version?.instanceType ?? this.group.facts.instanceTypes[0] ?? 'm7i.xlarge';
  }
}
