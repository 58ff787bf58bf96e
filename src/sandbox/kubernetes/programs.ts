/** The behaviour of the programs in container images: how long they take, whether they crash, and their output. */
import type { Container, Pod } from './kinds';

export interface Program {
  /** Simulated seconds from the start until the program is ready; `never` if it does not become ready. */
  readonly readySeconds: number | 'never';
  /** Simulated seconds from SIGTERM until the program ends. */
  readonly stopSeconds: number;
  /**
   * How the program ends by itself, a number of simulated seconds after its start. If absent, the program
   * runs on, or, in an init container, soon ends with exit code 0.
   */
  readonly end?: { readonly afterSeconds: number; readonly exitCode: number; readonly reason?: string };
  /** Present if the container cannot be created: the cause, in the kubelet's words. */
  readonly refused?: { readonly reason: string; readonly message: string };
  /** Lines that the program writes when it starts. */
  readonly log: readonly string[];
  /** Lines that the program writes before it ends by itself. */
  readonly lastWords: readonly string[];
}

/** Decides the work of a container, at each start of the container and when its pod is stopped. */
export type WorkOf = (pod: Pod, container: Container, isInit: boolean) => Work;

/** A program, and the termination message of a container that ends by itself. */
export interface Work extends Program {
  readonly message?: string;
}

/**
 * Selects the containers that run a program. An absent member matches everything, except that an absent
 * `image` matches no init container.
 */
export interface ProgramOwner {
  readonly namespace?: string;
  /** The name of the pod, or its beginning. */
  readonly pod?: string;
  /** Name of the image, with or without a tag. */
  readonly image?: string;
}

const ORDINARY: Program = {
  readySeconds: 5,
  stopSeconds: 2,
  log: ['started'],
  lastWords: [],
};

/**
 * The program of an image for another architecture than the node's. The container counts as started but
 * ends at once, since the kernel refuses to run the program. `lastWords` has runc's message.
 */
export const OTHER_ARCHITECTURE: Partial<Program> = {
  end: { afterSeconds: 0, exitCode: 255 },
  log: [],
  lastWords: ['exec /usr/local/bin/entrypoint.sh: exec format error'],
};

export class Programs {
  private readonly known: { readonly owner: ProgramOwner; readonly program: Partial<Program> }[] = [];

  /**
   * Sets the program of the containers that `owner` selects. If several programs match a container, they are
   * merged: each member has the value that was set last, or an ordinary program's value if none was set.
   */
  set(owner: ProgramOwner, program: Partial<Program>): void {
    this.known.push({ owner, program });
  }

  of({ metadata }: Pod, { image = '' }: Container, isInit: boolean): Program {
    const { namespace = '', name: pod } = metadata;
    const fitting = this.known.filter(
      ({ owner }) =>
        (owner.namespace ?? namespace) === namespace &&
        pod.startsWith(owner.pod ?? '') &&
        (owner.image === undefined ? !isInit : isOf(image, owner.image)),
    );
    return Object.assign({}, ORDINARY, ...fitting.map(({ program }) => program)) as Program;
  }
}

/** @param name with or without a tag. */
function isOf(image: string, name: string): boolean {
  return image === name || image.startsWith(`${name}:`);
}
