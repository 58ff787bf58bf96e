/** A virtual clock over real requests: time stands still while one of them is under way. */
import { VirtualClock } from '../virtual-clock';

export class SandboxClock extends VirtualClock {
  readonly #underWay = new Set<Promise<unknown>>();

  /** The same port, whose requests this clock waits for. */
  watching<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function'
          ? (...args: unknown[]) => this.#waitedFor(member.apply(target, args))
          : member;
      },
    });
  }

  override async settle(): Promise<void> {
    do {
      await Promise.all(this.#underWay);
      await super.settle();
    } while (this.#underWay.size > 0);
  }

  #waitedFor(answer: Promise<unknown>): Promise<unknown> {
    const over: Promise<unknown> = answer.then(
      () => this.#underWay.delete(over),
      () => this.#underWay.delete(over),
    );
    this.#underWay.add(over);
    return answer;
  }
}
