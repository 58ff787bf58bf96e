/** The questions that a wizard can ask, with Back in each of them, and the answers to them. */

/** The user went back to the question before. */
export const BACK = Symbol('back');
/** The user left the wizard. */
export const LEFT = Symbol('left');

export type Answer<T> = T | typeof BACK | typeof LEFT;

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon?: string;
  /** Starts a group of choices with this heading. */
  readonly group?: string;
  /** Stays in the list whatever is typed. */
  readonly always?: boolean;
}

/** What every question shows around it. */
export interface Heading {
  readonly title: string;
  /** 1-based; 0, with a total of 0, for a question outside of the count. */
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/**
 * Rows that come while the list shows.
 * @param show shows what has come so far. Rows that were shown stay where they are: more is added below them.
 */
export type ChoicesToCome<T> = (
  signal: AbortSignal,
  show: (soFar: readonly Choice<T>[]) => void,
) => Promise<readonly Choice<T>[]>;

export interface PickQuestion<T> {
  readonly placeholder: string;
  /** Asked for while the list already shows; a rejection leaves the question and is thrown. */
  readonly choices: readonly Choice<T>[] | ChoicesToCome<T>;
  /** Highlighted at first. */
  readonly active?: (value: T) => boolean;
  /** Turns what was typed into one more choice. It stands below all that matches. */
  readonly typed?: (text: string) => Choice<T> | undefined;
  /**
   * Asked before a choice is taken: the sentence that says why it cannot be, which then stands below it while the
   * question goes on. A rejection leaves the question and is thrown.
   */
  readonly verify?: (value: T, signal: AbortSignal) => Promise<string | undefined>;
  /** Shown as a row when there is nothing to choose. */
  readonly empty?: string;
}

export interface InputQuestion {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** The sentence to show while the text cannot be taken. */
  readonly check?: (text: string) => string | undefined;
}

export interface Prompts {
  pick<T>(heading: Heading, question: PickQuestion<T>): Promise<Answer<T>>;
  pickMany<T>(
    heading: Heading,
    question: PickQuestion<T> & { readonly picked: (value: T) => boolean },
  ): Promise<Answer<readonly T[]>>;
  input(heading: Heading, question: InputQuestion): Promise<Answer<string>>;
  /** Shows that something is being read. Leaving or going back aborts it; what `work` throws is thrown. */
  wait<T>(heading: Heading, words: string, work: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>>;
}
