import { readFileSync } from 'node:fs';

/** Whether a process with this id exists on this machine, also one that belongs to another user. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ended, with nobody who asked how (Linux alone tells it): such a process trains no more. */
function isZombie(pid: number): boolean {
  try {
    // "pid (name) state ...", where the name may hold brackets itself.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2] === 'Z';
  } catch {
    return false;
  }
}
