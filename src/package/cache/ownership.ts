/**
 * The owner of a file in the cache is the packer that made it. The file's name contains the owner's name
 * `PID-RANDOM`: `STEM.PID-RANDOM.RANDOM.EXTENSION`.
 */

/** The name of a packer in the process `pid`. `random` distinguishes the packers of one process. */
export function ownerName(pid: number, random: string): string {
  return `${pid}-${random}`;
}

/** True if this packer made the file. */
export function isOwn(fileName: string, owner: string): boolean {
  return fileName.split('.')[1] === owner;
}

/** True if another packer, whose process still runs on this machine, made the file. */
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
