/** What a watch of a node group shows while EKS updates it, step by step, as a story that tests tell. */
import type { WatchedNodes } from '../../src/drain/ports';
import type { UpdateProgress } from '../../src/drain/progress';
import { advanced } from '../../src/drain/progress';
import type { KubernetesNode, Pod, PodDisruptionBudget } from '../../src/model/kubernetes';
import { MINUTE, NOW, node } from './cluster';

export class UpdateStory {
  readonly nodes = new Map<string, KubernetesNode>();
  readonly pods = new Map<string, Pod>();
  readonly budgets = new Map<string, PodDisruptionBudget>();
  now = NOW;

  constructor(old: number) {
    for (let at = 1; at <= old; at += 1) this.#put(node(`old-${at}`));
  }

  add(name: string, parts: Partial<KubernetesNode> = {}): void {
    this.#put(node(name, { createdAt: this.now, ready: false, ...parts }));
  }

  change(name: string, parts: Partial<KubernetesNode>): void {
    const before = [...this.nodes.values()].find((one) => one.name === name);
    if (before) this.#put({ ...before, ...parts });
  }

  cordonOld(): void {
    for (const { name } of [...this.nodes.values()]) {
      if (name.startsWith('old')) this.change(name, { unschedulable: true });
    }
  }

  remove(name: string): void {
    for (const [uid, one] of this.nodes) if (one.name === name) this.nodes.delete(uid);
    for (const [uid, pod] of this.pods) if (pod.nodeName === name) this.pods.delete(uid);
  }

  run(pod: Pod): void {
    this.pods.set(pod.uid, pod);
  }

  cover(budget: PodDisruptionBudget): void {
    this.budgets.set(budget.uid, budget);
  }

  get watched(): WatchedNodes {
    return {
      nodes: new Map(this.nodes),
      pods: new Map(this.pods),
      budgets: new Map(this.budgets),
      asOf: this.now,
    };
  }

  /** A minute later. */
  next(progress: UpdateProgress): UpdateProgress {
    this.now += MINUTE;
    return advanced(progress, this.watched, this.now);
  }

  #put(one: KubernetesNode): void {
    this.nodes.set(one.uid, one);
  }
}
