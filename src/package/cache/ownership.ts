/** The owner of a file in the cache: its name includes the packer that made it, as `STEM.PID-RANDOM.RANDOM.EXTENSION`. */

/** The name of a packer in this process. `random` tells the packers of one process apart. */
export function ownerName(pid: number, random: string): string {
  return `${pid}-${random}`;
}

/** True if this packer made the file. */
export function isOwn(fileName: string, owner: string): boolean {
  return fileName.split('.')[1] === owner;
}

/** True if the file was made by another packer whose process still runs. Process ids are those of one machine. */
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
    // EPERM: there is such a process, of another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
