/**
 * The effect of UpdateNodegroupVersion in the cluster: new nodes are launched; old ones are cordoned,
 * drained and terminated.
 */
import type { NodegroupState } from '../eks/nodegroup';
import type { KubernetesCluster } from '../kubernetes/cluster-api';
import type { KubeNode } from '../kubernetes/kinds';
import type { UpdateError } from '../settings';
import { MINUTE } from '../timeline';
import { Drain, type Evict, podsToMove } from './drain';
import type { GroupNodes } from './group-nodes';

export interface ReplacementPlan {
  readonly nodes: GroupNodes;
  readonly kubernetes: KubernetesCluster;
  readonly evict: Evict;
  /** The state of the node group after the update. */
  readonly target: NodegroupState;
  readonly old: readonly KubeNode[];
  /** The most nodes that are drained at the same time. */
  readonly atOnce: number;
  readonly strategy: 'DEFAULT' | 'MINIMAL';
  readonly force: boolean;
  /** Factor for the time that EKS's own steps take; usually 1. */
  readonly pace: number;
  /**
   * Called a single time, at the end, unless the replacement is cancelled. `errors` are those of a failed
   * replacement; empty if the replacement succeeded.
   */
  readonly done: (errors: readonly UpdateError[]) => void;
}

/**
 * Simulated milliseconds of EKS's own steps. Each update has one `SCALE_UP`, which includes the launch of
 * additional nodes, and one `SCALE_DOWN`: 4 minutes together. Each turn, in which at most `atOnce` nodes
 * are drained, takes at least another 4 minutes.
 */
const LAUNCH = 1 * MINUTE;
const JOIN = 1 * MINUTE;
const SCALE_UP = 3 * MINUTE;
const TURN = 4 * MINUTE;
const SCALE_DOWN = 1 * MINUTE;
/** Time between the end of a node's drain and the node's termination. */
const DEREGISTER = 1 * MINUTE;
/** With `force`, a node's drain ends after at most this time, whether the node is empty or not. */
const FORCED = 3 * MINUTE;

/**
 * Goes through the phases of
 * https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html. AWS does not document
 * the state after a failed update; users report a rollback. Here, nodes that have already replaced old ones
 * stay, the remaining old nodes are uncordoned, and new nodes beyond the group's size are terminated.
 */
export class Replacement {
  private isOver = false;
  private readonly drains = new Set<Drain>();
  private readonly waiting: KubeNode[];

  constructor(private readonly plan: ReplacementPlan) {
    this.waiting = [...plan.old];
    this.after(LAUNCH, () => this.scaleUp());
    this.after(SCALE_UP, () => {
      for (const node of plan.old) plan.nodes.setUnschedulable(node, true);
      this.takeTurn();
    });
  }

  /** Ends the update as a failure does, but does not call `done`. */
  cancel(): void {
    if (!this.isOver) this.rollBack();
  }

  private scaleUp(): void {
    const { strategy, atOnce, nodes } = this.plan;
    if (strategy === 'MINIMAL' || this.plan.old.length === 0) return;
    const extra = Math.max(2 * nodes.zones(), atOnce);
    for (let count = 0; count < extra; count += 1) this.launch();
  }

  private launch(): void {
    this.plan.nodes.launch(this.plan.target, JOIN * this.plan.pace);
  }

  private takeTurn(): void {
    const turn = this.waiting.splice(0, this.plan.atOnce);
    if (turn.length === 0) {
      this.scaleDown();
      return;
    }
    let left = turn.length + 1;
    const next = (): void => {
      left -= 1;
      if (left === 0) this.takeTurn();
    };
    this.after(TURN, next);
    const blocked: KubeNode[] = [];
    for (const node of turn)
      this.drain(node, this.plan.force ? { deadline: FORCED * this.plan.pace } : {}, (outcome) => {
        if (outcome === 'empty' || this.plan.force) {
          this.after(DEREGISTER, () => this.replace(node, next));
          return;
        }
        blocked.push(node);
        // All drains of a turn reach their deadline at the same time. `fail` runs after all of them, so that it
        // reports every blocked node.
        this.plan.kubernetes.time.after(0, () => this.fail(blocked));
      });
  }

  private replace(node: KubeNode, then: () => void): void {
    this.plan.nodes.terminate(node);
    // The Auto Scaling group launches a replacement for the missing node.
    this.launch();
    if (this.plan.strategy === 'MINIMAL') this.after(JOIN, then);
    else then();
  }

  private fail(blocked: readonly KubeNode[]): void {
    if (this.isOver) return;
    this.rollBack();
    const name = this.plan.nodes.group.facts.name;
    this.plan.done([
      {
        errorCode: 'PodEvictionFailure',
        errorMessage: `Reached max retries while trying to evict pods from nodes in node group ${name}`,
        resourceIds: blocked.map(({ metadata }) => metadata.name),
      },
    ]);
  }

  private rollBack(): void {
    this.stop();
    const { nodes, old } = this.plan;
    const left = nodes.list().filter(({ metadata }) => old.some((one) => one.metadata.uid === metadata.uid));
    for (const node of left) nodes.setUnschedulable(node, false);
    for (const node of this.surplus()) this.retire(node);
  }

  private scaleDown(): void {
    for (const node of this.surplus()) this.retire(node);
    this.after(SCALE_DOWN, () => {
      this.stop();
      this.plan.done([]);
    });
  }

  private stop(): void {
    this.isOver = true;
    for (const drain of this.drains) drain.stop();
    this.drains.clear();
  }

  /**
   * The surplus nodes, as many as exceed the group's size. Only new nodes are chosen, those with the fewest
   * pods first.
   */
  private surplus(): readonly KubeNode[] {
    const { nodes, old, target, kubernetes } = this.plan;
    const all = nodes.list();
    const young = all.filter(({ metadata }) => !old.some((one) => one.metadata.uid === metadata.uid));
    const count = Math.max(0, all.length - target.scaling.desiredSize);
    const load = (node: KubeNode): number => podsToMove(kubernetes, node).length;
    return [...young].sort((a, b) => load(a) - load(b)).slice(0, count);
  }

  /** The Auto Scaling group drains a node for a limited time, then terminates it, empty or not. */
  private retire(node: KubeNode): void {
    const { nodes, kubernetes, evict, pace } = this.plan;
    nodes.setUnschedulable(node, true);
    const drain = new Drain(kubernetes, node, evict, { force: false, done: () => undefined });
    kubernetes.time.after(SCALE_DOWN * pace, () => {
      drain.stop();
      nodes.terminate(node);
    });
  }

  private drain(
    node: KubeNode,
    options: { readonly deadline?: number },
    done: (outcome: 'empty' | 'blocked') => void,
  ): void {
    const { kubernetes, evict, force } = this.plan;
    this.drains.add(new Drain(kubernetes, node, evict, { ...options, force, done }));
  }

  /**
   * Calls `run` after `ms` simulated milliseconds, multiplied by the pace, unless the update has ended by
   * then.
   */
  private after(ms: number, run: () => void): void {
    this.plan.kubernetes.time.after(ms * this.plan.pace, () => {
      if (!this.isOver) run();
    });
  }
}
