/** The questions that a wizard can ask, and the answers to them, which include going back and leaving. */

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
  /**
   * The heading of the choice's group, shown once above consecutive choices of the same group. Absent: the
   * choice stands in the group of the choice before it.
   */
  readonly group?: string;
  /** True if the row stays in the list even if it does not match the typed text. */
  readonly always?: boolean;
}

/** The title and step count of a question, and whether it has a Back button. */
export interface Heading {
  readonly title: string;
  /** 1-based; 0, with a total of 0, for a question that is not counted. */
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/**
 * Loads rows while the list is shown.
 * @param show shows the rows so far. Rows that were shown before must keep their places: more rows are added
 * below them.
 */
export type ChoicesToCome<T> = (
  signal: AbortSignal,
  show: (soFar: readonly Choice<T>[]) => void,
) => Promise<readonly Choice<T>[]>;

export interface PickQuestion<T> {
  readonly placeholder: string;
  /**
   * The choices, or a function that loads them while the list is already shown; if the function rejects, the question
   * closes and the error is thrown.
   */
  readonly choices: readonly Choice<T>[] | ChoicesToCome<T>;
  /** True for the choice that is highlighted at first. */
  readonly active?: (value: T) => boolean;
  /** Turns the typed text into one more choice, which stands below all choices that match the text. */
  readonly typed?: (text: string) => Choice<T> | undefined;
  /**
   * Called before a choice is accepted. If the choice cannot be accepted, resolves with a sentence that says
   * why: the sentence is shown below the choice while the question stays open. A rejection closes the
   * question and is thrown.
   */
  readonly verify?: (value: T, signal: AbortSignal) => Promise<string | undefined>;
  /** Shown as a row when there is nothing to choose. */
  readonly empty?: string;
}

export interface InputQuestion {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** The sentence to show while the text is not valid; undefined if it is valid. */
  readonly check?: (text: string) => string | undefined;
}

export interface Prompts {
  pick<T>(heading: Heading, question: PickQuestion<T>): Promise<Answer<T>>;
  pickMany<T>(
    heading: Heading,
    question: PickQuestion<T> & { readonly picked: (value: T) => boolean },
  ): Promise<Answer<readonly T[]>>;
  input(heading: Heading, question: InputQuestion): Promise<Answer<string>>;
  /**
   * Shows `words` while `work` runs. If the user leaves or goes back, the signal of `work` aborts. Errors of
   * `work` are thrown.
   */
  wait<T>(heading: Heading, words: string, work: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>>;
}
