/** Carries out the steps of a zip: gives their jobs out, and puts what comes back together in order. */
import type { Assembly } from './assembly';
import { throwIfRaised } from './cancel';
import type { FolderRun, RunContext } from './folder-run';
import type { Finish } from './in-order';
import type { JobRunner } from './job';
import { pairsOf } from './pairs';
import type { Rooms } from './rooms';
import type { Step } from './steps';

export interface Work {
  readonly context: RunContext;
  readonly run: FolderRun;
  readonly level: number;
  readonly assembly: Assembly;
  readonly runner: JobRunner;
  readonly rooms: Rooms;
}

/** Begins a step; what it returns puts the result into the zip, once the step's turn has come. */
export async function startStep(step: Step, work: Work): Promise<Finish> {
  const { context, run, level, assembly, runner, rooms } = work;
  const goOn = (): void => throwIfRaised(context.cancel);
  goOn();
  switch (step.kind) {
    case 'copy':
      return () => assembly.copy(step, runner, goOn);
    case 'files': {
      const sources = await Promise.all(step.files.map((file) => context.found.contents.source(file)));
      const room = rooms.take();
      const packed = await runner.run({ kind: 'pack-files', sources, level, room });
      return () => {
        assembly.addFiles(packed, step.files);
        rooms.giveBack(room);
        for (const [file, hashed] of pairsOf(step.files, packed.files)) run.learn(file, hashed);
      };
    }
    case 'large': {
      const sources = [await context.found.contents.source(step.file)];
      const results = await runner.run({ kind: 'hash-files', sources });
      return () => {
        for (const [file, hashed] of pairsOf([step.file], results)) {
          assembly.openLarge(file, hashed);
          run.learn(file, hashed);
        }
      };
    }
    case 'piece': {
      const { file, start, length, isLast } = step;
      const source = await context.found.contents.source(file);
      const piece = await runner.run({ kind: 'pack-piece', source, start, length, isLast, level });
      return () => assembly.addPiece(piece, length, isLast);
    }
  }
}
