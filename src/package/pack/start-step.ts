/** Carries out the steps of a zip: distributes their jobs, and adds the results to the zip in order. */
import type { Assembly } from './assembly';
import type { BufferPool } from './buffer-pool';
import { throwIfRaised } from './cancel';
import type { FolderRun, RunContext } from './folder-run';
import type { Finish } from './in-order';
import type { JobRunner } from './job';
import type { PackStep } from './pack-steps';
import { pairsOf } from './pairs';

export interface Work {
  readonly context: RunContext;
  readonly run: FolderRun;
  readonly level: number;
  readonly assembly: Assembly;
  readonly runner: JobRunner;
  readonly buffers: BufferPool;
}

/** Begins a step. The returned function adds the result to the zip, once the step's turn has come. */
export async function startStep(step: PackStep, work: Work): Promise<Finish> {
  const { context, run, level, assembly, runner, buffers } = work;
  const goOn = (): void => throwIfRaised(context.cancel);
  goOn();
  switch (step.kind) {
    case 'copy':
      return () => assembly.copy(step, runner, goOn);
    case 'files': {
      const sources = await Promise.all(step.files.map((file) => context.found.contents.source(file)));
      const buffer = buffers.take();
      const packed = await runner.run({ kind: 'pack-files', sources, level, buffer });
      return () => {
        assembly.addFiles(packed, step.files);
        buffers.giveBack(buffer);
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
