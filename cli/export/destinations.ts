/** Where an export goes: standard output, a file that an interrupted run leaves to be resumed, or an object. */
import { open, readFile, readlink, realpath, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { UsageError } from '../errors.ts';
import type { Out } from '../io.ts';

/** How far an export has come: all before stands in the file. */
export interface Position {
  cursor: string | null;
  records: number;
  bytes: number;
}

export interface Destination {
  /** Where an earlier run of the same export ended; null where this one begins. */
  resumed: Position | null;
  write(bytes: Uint8Array): Promise<void>;
  /** What was written so far is kept, whatever happens now. */
  checkpoint(position: Position): Promise<void>;
  /** The file is whole. */
  end(): Promise<void>;
  /** It is not, and will not be. */
  abandon(): Promise<void>;
}

/** @param binary whether it is no text; what an encoder gives at a time is whole characters */
export function toOutput(out: Out, binary: boolean): Destination {
  return {
    resumed: null,
    async write(bytes) {
      // A pipe that is full says so; waiting keeps the memory of a slow reader's export small.
      const ready = out.write(binary ? bytes : Buffer.from(bytes).toString());
      if (ready !== false || !('once' in out)) return;
      await new Promise((resolve) => (out as Out & NodeJS.WritableStream).once('drain', () => resolve(undefined)));
    },
    checkpoint: async () => {},
    end: async () => {},
    abandon: async () => {},
  };
}

/**
 * A file, under the name `FILE.part` until it is whole. Beside it `FILE.part.json` says what it is and how far it came.
 *
 * @param identity what makes two exports the same: another one begins anew
 * @throws UsageError where no file can be there
 */
export async function toFile(file: string, identity: string, resumable: boolean): Promise<Destination> {
  const there = await stat(file).catch(() => null);
  // Else only the last step of the export would fail.
  if (there?.isDirectory()) throw new UsageError(`${file} is a folder; name a file in it with --out.`);
  if (there && !there.isFile()) return toDevice(file);
  // What a link leads to is replaced, not the link.
  const target = there ? await realpath(file) : await ledTo(file);
  const part = `${target}.part`;
  const notes = `${part}.json`;
  const resumed = resumable ? await positionIn(notes, part, identity) : null;
  if (resumed) await truncate(part, resumed.bytes);
  const handle = await open(part, resumed ? 'a' : 'w').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path.dirname(file)} takes no file (${error.code}); name another with --out.`);
  });
  return {
    resumed,
    write: async (bytes) => void (await handle.writeFile(bytes)),
    async checkpoint(position) {
      if (!resumable) return;
      await handle.datasync();
      await writeFile(`${notes}.new`, JSON.stringify({ identity, ...position }));
      await rename(`${notes}.new`, notes);
    },
    async end() {
      await handle.close();
      await rename(part, target);
      await rm(notes, { force: true });
    },
    async abandon() {
      await handle.close();
      // Of no use to anybody.
      if (!resumable) await rm(part, { force: true });
    },
  };
}

/** Where a link leads whose file is not there yet. */
async function ledTo(file: string): Promise<string> {
  const link = await readlink(file).catch(() => null);
  return link === null ? file : path.resolve(path.dirname(file), link);
}

/** A pipe or a device, which takes what comes and keeps its place. */
async function toDevice(file: string): Promise<Destination> {
  const handle = await open(file, 'w').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be written to (${error.code}); name another with --out.`);
  });
  return {
    resumed: null,
    write: async (bytes) => void (await handle.writeFile(bytes)),
    checkpoint: async () => {},
    end: () => handle.close(),
    abandon: () => handle.close(),
  };
}

async function positionIn(notes: string, part: string, identity: string): Promise<Position | null> {
  try {
    const { identity: of, ...position } = JSON.parse(await readFile(notes, 'utf8')) as Position & { identity: string };
    return of === identity && (await stat(part)).size >= position.bytes ? position : null;
  } catch {
    return null;
  }
}

/** An object, in parts as they come. S3 shows nothing of it until it is whole. */
export function toObject(put: (body: PassThrough, signal: AbortSignal) => Promise<unknown>): Destination {
  const body = new PassThrough();
  const abortion = new AbortController();
  const done = put(body, abortion.signal);
  // Awaited at the end; until then a failure must not count as unhandled.
  done.catch(() => body.destroy());
  return {
    resumed: null,
    async write(bytes) {
      if (body.destroyed) await done;
      if (!body.write(bytes)) await Promise.race([done, new Promise((resolve) => body.once('drain', resolve))]);
    },
    checkpoint: async () => {},
    async end() {
      body.end();
      await done;
    },
    async abandon() {
      abortion.abort();
      body.destroy();
      await done.catch(() => {});
    },
  };
}
