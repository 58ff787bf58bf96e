/** A service in memory that takes code, as small as one can be: shelves in rooms, each with a revision. */

import type { ConfigurationWithCode } from '../../../src/deploy/configuration';
import type { CodeConfiguration } from '../../../src/model/code';
import { refusalsOf } from '../../../src/model/failure';

const refuse = refusalsOf<{
  'no-such-shelf': { readonly name: string };
  'revision-passed': { readonly revision: number };
}>();

export interface Shelf {
  readonly configuration: CodeConfiguration;
  readonly revision: number;
  /** Tells a shelf from an earlier one of its name. */
  readonly made: number;
  /** Looks until what was put there can be taken from there. */
  readonly arrivesIn: number;
  /** Nobody may change it now. */
  readonly isLocked: boolean;
}

export class Shelves {
  readonly #shelves = new Map<string, Shelf>();
  /** Books that were swept off a shelf, in order. */
  readonly swept: string[] = [];
  /** How many a shelf holds that have to be swept off it by hand. */
  dusty = 2;
  /** Tokens of all changes that were taken, in order. */
  readonly taken: string[] = [];

  constructor(names: readonly (readonly string[])[]) {
    for (const path of names) this.set(path, { commandLineArguments: [{ key: 'side', value: 'left' }] });
  }

  /** @throws refused `no-such-shelf`. */
  look(path: readonly string[]): Shelf {
    const name = path.join('/');
    const found = this.#shelves.get(name);
    if (found === undefined) throw refuse('no-such-shelf', { name });
    if (found.arrivesIn > 0) this.#shelves.set(name, { ...found, arrivesIn: found.arrivesIn - 1 });
    return found;
  }

  /** The same token is taken once. @throws refused `revision-passed` where it is not as `revision` says. */
  put(path: readonly string[], configuration: ConfigurationWithCode, revision: number, token: string): void {
    const found = this.look(path);
    if (this.taken.includes(token)) return;
    if (found.revision !== revision) throw refuse('revision-passed', { revision: found.revision });
    this.taken.push(token);
    this.#shelves.set(path.join('/'), { ...found, configuration, revision: revision + 1, arrivesIn: 2 });
  }

  /** Sweeps one book off. It is gone once, however often it is swept. */
  async sweep(book: string): Promise<void> {
    if (!this.swept.includes(book)) this.swept.push(book);
  }

  /** What somebody else has begun. */
  occupy(path: readonly string[]): void {
    const found = this.look(path);
    this.#shelves.set(path.join('/'), { ...found, arrivesIn: 100 });
  }

  /** What somebody else does. */
  set(path: readonly string[], configuration: CodeConfiguration, isLocked = false): void {
    const { revision = 0, made = 1 } = this.#shelves.get(path.join('/')) ?? {};
    this.#shelves.set(path.join('/'), {
      configuration,
      revision: revision + 1,
      made,
      arrivesIn: 0,
      isLocked,
    });
  }

  /** Somebody else takes a shelf away, and puts another one there that holds the same. */
  makeAnew(path: readonly string[]): void {
    const found = this.look(path);
    this.#shelves.set(path.join('/'), { ...found, made: found.made + 1 });
  }
}
