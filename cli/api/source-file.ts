/**
 * `sources.yaml`, or the same as JSON: sources that a project declares. Errors name the line, for people write it by hand.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { SOURCE_FILES, SOURCE_ID } from '../../functions/names.ts';
import { isNeverAsked, NEVER_ASKED } from '../../functions/scrape/sources/never-asked.ts';
import { DEFAULT_SETTINGS, type Source, SourceSettingsSchema } from '../../functions/scrape/sources/source.ts';
import { type NewSource, settingsOf } from '../../functions/scrape/sources/source-desk.ts';
import { formless } from '../../functions/scrape/sources/watched-address.ts';
import { WorkError } from '../errors.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { reasonOf } from './files.ts';

/** Nodes that aliases may stand for, in all. */
const MOST_ALIASES = 100;
const NAME = 'It must be lower-case letters, digits, dots and hyphens, a letter or digit first.';
const DURATION = 'It must be a duration from 1m to 30d, such as 15m.';

/** A declared source; its fields are named as the options of `copydesk sources add`. */
const DeclaredSchema = z.strictObject({
  name: z.string().regex(SOURCE_ID, NAME).optional(),
  url: z.string('It is missing: give the address of a feed, site map or page.').check((context) => {
    const { error } = SourceSettingsSchema.shape.url.safeParse(context.value);
    for (const { message } of error?.issues ?? []) {
      context.issues.push({ code: 'custom', message, input: context.value });
    }
    // Those of this machine are for who starts the stack to allow.
    if (!error && isNeverAsked(context.value, true)) {
      context.issues.push({ code: 'custom', message: `It ${NEVER_ASKED}`, input: context.value });
    }
  }),
  every: z
    .string(DURATION)
    .transform((text, context) => {
      const seconds = parseDuration(text);
      if (seconds !== null && seconds >= 60 && seconds <= 2_592_000) return seconds;
      context.addIssue({ code: 'custom', message: DURATION });
      return z.NEVER;
    })
    .optional(),
  section: z.string().min(1).max(200).optional(),
  maxPerRun: SourceSettingsSchema.shape.maxPerRun.optional(),
  since: z.iso
    .date('It must be a day, such as 2026-03-31.')
    .transform((day) => `${day}T00:00:00.000Z`)
    .optional(),
  recheckDays: SourceSettingsSchema.shape.recheckDays.optional(),
  obeyOptOuts: z.boolean().optional(),
  silentAfter: SourceSettingsSchema.shape.silentAfter.optional(),
});

type Declared = z.input<typeof DeclaredSchema>;

const FileSchema = z.strictObject(
  { sources: z.array(DeclaredSchema, 'It must be a list.').max(10_000) },
  { error: (issue) => (issue.code === 'invalid_type' ? 'It must begin with `sources:` and a list.' : undefined) },
);

export class SourceFileError extends Error {
  override readonly name = 'SourceFileError';
  readonly code = 'BAD_SOURCE_FILE';
}

/**
 * Reads declared sources.
 *
 * @param name of the file, for errors
 * @throws SourceFileError that names the line of everything that is wrong, up to ten
 */
export function parseSourceFile(text: string, name: string): NewSource[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems = document.errors.map(({ message, pos }) => `line ${lines.linePos(pos[0]).line}: ${message}`);
  if (problems.length > 0) throw wrong(name, problems);

  const { data, error } = FileSchema.safeParse(contentOf(document, name));
  if (error)
    throw wrong(
      name,
      error.issues.flatMap((issue) => problemsOf(issue, document.contents, lines)),
    );
  const seen = new Map<string, number>();
  const twice = data.sources.flatMap((source, index) => {
    const names = [source.url, ...(source.name === undefined ? [] : [source.name])];
    return names.flatMap((each, which) => {
      const key = which === 0 ? formless(each) : each;
      const line = lineOf(document.contents, ['sources', index], lines);
      const first = seen.get(key);
      seen.set(key, first ?? line);
      return first === undefined ? [] : [`line ${line}: ${each} stands on line ${first} already.`];
    });
  });
  if (twice.length > 0) throw wrong(name, twice);

  return data.sources.map(({ name, every, url, ...rest }) => ({
    ...withoutUndefined(rest),
    url,
    ...(name !== undefined && { id: name }),
    ...(every !== undefined && { everySeconds: every }),
  }));
}

function contentOf(document: Document, name: string): unknown {
  try {
    // Aliases are what a small file can grow without bound by.
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw wrong(name, [`it uses aliases (*name) that are not there, or that stand for too much: ${error.message}`]);
  }
}

function problemsOf(issue: z.core.$ZodIssue, root: unknown, lines: LineCounter): string[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `line ${lineOf(root, [...path, key], lines)}: there is no field ${key}`);
  }
  const field = path.findLast((part) => typeof part === 'string' && part !== 'sources');
  return [`line ${lineOf(root, path, lines)}: ${field === undefined ? '' : `${String(field)}: `}${message}`];
}

/**
 * Finds and reads the file of declared sources.
 *
 * @param given its name, relative to the folder; null for the usual ones
 * @returns null where none was named and the folder has none
 * @throws WorkError, SourceFileError
 */
export async function readSourceFile(
  given: string | null,
  folder: string,
): Promise<{ file: string; declared: NewSource[] } | null> {
  for (const file of given === null ? SOURCE_FILES : [given]) {
    let text: string;
    try {
      text = await readFile(path.resolve(folder, file), 'utf8');
    } catch (error) {
      if (given === null && (error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw new WorkError('UNREADABLE', `${file}: ${reasonOf(error)}`);
    }
    return { file, declared: parseSourceFile(text, file) };
  }
  return null;
}

/** The line on which a value stands; of a missing field, the line of what lacks it. */
function lineOf(root: unknown, path: readonly PropertyKey[], lines: LineCounter): number {
  let node = root;
  for (const part of path) {
    const next: unknown = isMap(node) || isSeq(node) ? node.get(part, true) : undefined;
    if (next === undefined) break;
    node = next;
  }
  const [start = 0] = (node as Node | null)?.range ?? [];
  return lines.linePos(start).line;
}

const SHOWN = 10;

function wrong(name: string, problems: readonly string[]): SourceFileError {
  const more = problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : [];
  const shown = [...problems.slice(0, SHOWN), ...more].map((problem) => `  ${problem}`).join('\n');
  return new SourceFileError(`${name} declares no sources that can be read; docs/sources.md has its form:\n${shown}`);
}

function withoutUndefined<T extends object>(fields: T) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };
}

/** Sources as a file declares them; what is as usual is left out. */
export function declarationsOf(sources: readonly Source[]): { sources: Declared[] } {
  return {
    sources: sources.map((source) => {
      const { id, url, section, everySeconds, maxPerRun, since, recheckDays, obeyOptOuts, silentAfter } =
        settingsOf(source);
      return {
        name: id,
        url,
        ...(everySeconds !== null && { every: formatDuration(everySeconds) }),
        ...(section !== null && { section }),
        ...(maxPerRun !== DEFAULT_SETTINGS.maxPerRun && { maxPerRun }),
        ...(since !== null && { since: since.slice(0, 10) }),
        ...(recheckDays !== DEFAULT_SETTINGS.recheckDays && { recheckDays }),
        ...(obeyOptOuts !== DEFAULT_SETTINGS.obeyOptOuts && { obeyOptOuts }),
        ...(silentAfter !== DEFAULT_SETTINGS.silentAfter && { silentAfter }),
      };
    }),
  };
}

export function renderYaml(sources: readonly Source[]): string {
  return stringify(declarationsOf(sources));
}
