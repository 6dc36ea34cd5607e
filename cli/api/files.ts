import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file that a person named, itself or by its folder. */
export interface NamedFile {
  /** As named: what messages and records show. */
  name: string;
  /** Absolute. */
  path: string;
  /** With the folder it was found through in front, `/` between: what becomes the object's key. */
  key: string;
}

export type Named = NamedFile | { name: string; problem: string };

/**
 * The files behind the names, folders walked in the order of their names. Hidden files and links to folders are
 * left out. What cannot be read is answered as a problem, so that the others go on.
 */
export async function* filesBehind(names: readonly string[], cwd: string): AsyncGenerator<Named> {
  for (const name of names) {
    const absolute = path.resolve(cwd, name);
    try {
      const found = await stat(absolute);
      if (!found.isDirectory()) {
        // Opening a pipe or a device may wait for ever, and not even Ctrl-C ends that.
        if (!found.isFile()) {
          yield { name, problem: 'it is not a regular file; `copydesk extract -` reads standard input' };
          continue;
        }
        yield { name, path: absolute, key: path.basename(absolute) };
        continue;
      }
      let empty = true;
      for await (const { file, problem } of filesIn(absolute)) {
        empty = false;
        const inside = path.relative(absolute, file);
        if (problem !== undefined) {
          yield { name: path.join(name, inside), problem };
          continue;
        }
        const key = path.join(path.basename(absolute), inside).split(path.sep).join('/');
        yield { name: path.join(name, inside), path: file, key };
      }
      if (empty) yield { name, problem: 'the folder holds no files; name one that does' };
    } catch (error) {
      yield { name, problem: reasonOf(error) };
    }
  }
}

interface Found {
  /** Absolute. */
  file: string;
  /** Why it cannot be taken. */
  problem?: string;
}

/** Iterative: folders may nest deeper than the stack. */
async function* filesIn(root: string): AsyncGenerator<Found> {
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let found: Dirent<Buffer>[];
    try {
      // As bytes: a name that is not UTF-8 cannot be written as text, and what text makes of it opens nothing.
      found = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
    } catch (error) {
      yield { file: folder, problem: reasonOf(error) };
      continue;
    }
    const entries = found
      .map((entry) => ({ entry, name: entry.name.toString() }))
      .filter(({ name }) => !name.startsWith('.'))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const below: string[] = [];
    for (const { entry, name } of entries) {
      const file = path.join(folder, name);
      if (!isUtf8(entry.name)) yield { file, problem: 'its name is not valid UTF-8, which keys must be; rename it' };
      else if (entry.isDirectory()) below.push(file);
      else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(file)))) yield { file };
    }
    folders.push(...below.reverse());
  }
}

async function isFile(absolute: string): Promise<boolean> {
  try {
    return (await stat(absolute)).isFile();
  } catch {
    return false;
  }
}

/** What the system said, as a sentence that helps. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EACCES':
    case 'EPERM':
      return 'reading it is not permitted; check its permissions';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return message;
  }
}

/** Whether the names may stand for more than one file. */
export async function namesMany(names: readonly string[], cwd: string): Promise<boolean> {
  const [only, ...more] = names;
  if (only === undefined || more.length > 0) return more.length > 0;
  try {
    return (await stat(path.resolve(cwd, only))).isDirectory();
  } catch {
    return false;
  }
}
