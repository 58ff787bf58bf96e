/**
 * The owner of a zip or of an unfinished file in the cache: the packer that made it or, for a zip that is
 * held while it is sent, the process. The file's name contains the owner's name `PID-ID`:
 * `STEM.PID-ID.RANDOM.EXTENSION`.
 */

/** The name of an owner in the process `pid`. `random` distinguishes the owners of one process. */
export function ownerName(pid: number, random: string): string {
  return `${pid}-${random}`;
}

/** True if this packer made the file. */
export function isOwn(fileName: string, owner: string): boolean {
  return fileName.split('.')[1] === owner;
}

/** True if the file has another owner, whose process still runs on this machine. */
export function belongsToOther(fileName: string, owner: string): boolean {
  const maker = fileName.split('.')[1];
  if (maker === undefined || maker === owner) return false;
  const pid = Number(maker.split('-')[0]);
  return Number.isSafeInteger(pid) && pid > 0 && isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means that the process exists but belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
