/**
 * Which process it was that wrote a file. An id alone may be another program's by now: systems give them out again, and
 * a container that is started again gives out the same ones in the same order.
 */
import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  pid: number;
  /** Start in ticks since boot, by the kernel's clock; null where there is no /proc, and the id has to do. */
  started: string | null;
}

/** The process that has this id now. */
export function identify(pid: number): ProcessIdentity {
  return { pid, started: statFields(pid)?.[19] ?? null };
}

/** Whether that very process still runs, also as another user's. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const fields = statFields(pid);
  // One that has ended and whose parent has not asked how; in containers without an init it stays so for good.
  if (fields?.[0] === 'Z') return false;
  return (fields?.[19] ?? null) === started;
}

/** Fields of proc(5) stat from the third, the state, on; the start time is the 22nd. */
function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may itself hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
