/** How a task that has to succeed before a target is deployed ends, by what the editor tells of all tasks. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Execution, LONGEST_SILENCE, TaskRun } from '../../src/commands/code/targets/task-run';
import { failureOf } from '../../src/model/failure';
import { VirtualClock } from '../virtual-clock';

const execution = (name: string): Execution => ({ task: { name } });
const [own, lint, load] = [execution('check'), execution('lint'), execution('load')];
const going = new AbortController().signal;

let clock: VirtualClock;
let run: TaskRun<Execution>;
beforeEach(() => {
  clock = new VirtualClock();
  run = new TaskRun(clock);
});

describe('a task with a process of its own', () => {
  test('ends with its exit code, whatever else ends meanwhile', async () => {
    const end = run.end(own, going);
    run.processEnded(lint, 1);
    run.ended(lint);
    run.processEnded(own, 0);
    expect(await end).toEqual({ exitCode: 0 });
  });

  test('may end before anybody knows which one it is', async () => {
    run.processEnded(own, 2);
    run.ended(own);
    expect(await run.end(own, going)).toEqual({ exitCode: 2 });
  });

  test('did not go well when it was ended', async () => {
    run.processEnded(own, undefined);
    run.ended(own);
    expect(await run.end(own, going)).toEqual({ exitCode: undefined });
  });

  test('is not waited for once nobody wants it', async () => {
    const abort = new AbortController();
    const thrown = run.end(own, abort.signal).catch(failureOf);
    abort.abort();
    expect(await thrown).toEqual({ kind: 'cancelled' });
  });
});

describe('a task that only depends on others', () => {
  test('went well when all of them did', async () => {
    const end = run.end(own, going);
    for (const part of [lint, load]) {
      run.processEnded(part, 0);
      run.ended(part);
    }
    run.ended(own);
    expect(await end).toEqual({ exitCode: 0 });
  });

  test('failed as the first of them that did', async () => {
    const end = run.end(own, going);
    run.processEnded(lint, 0);
    run.processEnded(load, 3);
    run.ended(own);
    expect(await end).toEqual({ exitCode: 3, part: 'load' });
  });

  test('failed when one of them was ended', async () => {
    run.processEnded(lint, 0);
    run.processEnded(load, undefined);
    run.ended(own);
    expect(await run.end(own, going)).toEqual({ exitCode: undefined, part: 'load' });
  });

  test('did not go well when none of them has run', async () => {
    run.ended(lint);
    run.ended(own);
    expect(await run.end(own, going)).toEqual({ exitCode: undefined });
  });
});

describe('a task that VS Code tells nothing of', () => {
  test('is given up', async () => {
    const end = run.end(own, going);
    await clock.advance(LONGEST_SILENCE);
    expect(await end).toBeUndefined();
  });

  test('is given up as well when its parts have run and it does not follow', async () => {
    const end = run.end(own, going);
    run.started(lint);
    await clock.advance(LONGEST_SILENCE);
    run.processEnded(lint, 0);
    run.ended(lint);
    await clock.advance(LONGEST_SILENCE);
    expect(await end).toBeUndefined();
  });

  test.each([own, lint])('is waited for as long as it or a part of it runs: %o', async (running) => {
    const end = run.end(own, going);
    run.started(running);
    await clock.advance(100 * LONGEST_SILENCE);
    run.processEnded(running, 0);
    run.ended(own);
    expect(await end).toEqual({ exitCode: 0 });
  });

  test('is not waited for once nobody wants it', async () => {
    const abort = new AbortController();
    const thrown = run.end(own, abort.signal).catch(failureOf);
    await clock.advance(1);
    abort.abort();
    expect(await thrown).toEqual({ kind: 'cancelled' });
  });
});
