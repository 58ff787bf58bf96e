/** Answers a wizard's questions from a script, and complains about questions nobody expected and answers left over. */
import { expect } from 'vitest';
import {
  type Answer,
  BACK,
  type Choice,
  type ChoicesToCome,
  type Heading,
  LEFT,
  type Prompts,
} from '../../src/view/wizard/prompts';

/** `back`, `leave`, or what to say: the label to pick, the labels to tick (or those that are ticked), the text to type. */
export type Reply = { readonly to: string } & (
  | { readonly say: string | readonly string[] }
  | { readonly say: typeof AS_TICKED }
  | { readonly exit: 'back' | 'leave' }
);

/** What is ticked already. */
export const AS_TICKED = Symbol('as ticked');

export class ScriptedPrompts implements Prompts {
  /** `2/4 placeholder` of each question that was asked. */
  readonly asked: string[] = [];

  /** The rows of each list of which one was taken, and the one that Enter would take. */
  readonly lists: {
    readonly rows: readonly string[];
    readonly details: readonly (string | undefined)[];
    readonly focused: string | undefined;
  }[] = [];
  /** Why a choice was not taken. The next reply is to the same question. */
  readonly problems: string[] = [];
  /** The title above each of them. */
  readonly titles: string[] = [];
  private count: { readonly step: number; readonly total: number } | undefined;

  constructor(private readonly replies: Reply[]) {}

  readonly pick: Prompts['pick'] = async (heading, question) => {
    const reply = this.next(heading, question.placeholder);
    if ('exit' in reply) return exitOf(reply.exit);
    const choices = await listOf(question.choices);
    const typed = question.typed?.(String(reply.say));
    this.lists.push({
      rows: choices.map(({ label }) => label),
      details: choices.map(({ detail }) => detail),
      focused: (choices.find(({ value }) => question.active?.(value)) ?? choices[0])?.label,
    });
    const chosen = choices.find(({ label }) => label === reply.say) ?? typed;
    if (!chosen)
      throw new Error(`"${String(reply.say)}" is none of ${choices.map(({ label }) => label).join(', ')}`);
    const problem = await question.verify?.(chosen.value, new AbortController().signal);
    if (problem === undefined) return chosen.value;
    this.problems.push(problem);
    return await this.pick(heading, question);
  };

  readonly pickMany: Prompts['pickMany'] = async (heading, question) => {
    const reply = this.next(heading, question.placeholder);
    if ('exit' in reply) return exitOf(reply.exit);
    const choices = await listOf(question.choices);
    const { say } = reply;
    const isTaken = ({ label, value }: (typeof choices)[number]): boolean =>
      say === AS_TICKED ? question.picked(value) : say.includes(label);
    return choices.filter(isTaken).map(({ value }) => value);
  };

  readonly input: Prompts['input'] = async (heading, question) => {
    const reply = this.next(heading, question.prompt);
    if ('exit' in reply) return exitOf(reply.exit);
    expect(question.check?.(String(reply.say)), 'what is typed is refused').toBeUndefined();
    return String(reply.say);
  };

  readonly wait: Prompts['wait'] = async (_heading, _words, work) => await work(new AbortController().signal);

  /** To be called at the end: every answer was asked for. */
  expectDone(): void {
    expect(this.replies, 'answers nobody asked for').toEqual([]);
  }

  private next({ title, step, totalSteps }: Heading, text: string): Reply {
    this.asked.push(`${step}/${totalSteps} ${text}`);
    this.titles.push(title);
    this.expectCount(step, totalSteps);
    const reply = this.replies.shift();
    if (!reply) throw new Error(`nobody expected to be asked "${text}"`);
    expect(text).toContain(reply.to);
    if ('exit' in reply) this.count = undefined;
    return reply;
  }

  /** From one question to the next the step never falls, and the total never grows. */
  private expectCount(step: number, total: number): void {
    if (step === 0) return;
    expect(step, 'more steps than were promised').toBeLessThanOrEqual(total);
    const { count } = this;
    if (count) {
      expect(step, 'the step runs back').toBeGreaterThanOrEqual(count.step);
      expect(total, 'more questions come than were promised').toBeLessThanOrEqual(count.total);
    }
    this.count = { step, total };
  }
}

function exitOf<T>(exit: 'back' | 'leave'): Answer<T> {
  return exit === 'back' ? BACK : LEFT;
}

async function listOf<T>(choices: readonly Choice<T>[] | ChoicesToCome<T>): Promise<readonly Choice<T>[]> {
  return typeof choices === 'function'
    ? await choices(new AbortController().signal, () => undefined)
    : choices;
}
