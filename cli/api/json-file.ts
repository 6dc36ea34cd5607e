import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { reasonOf } from './files.ts';

/** What a file is meant to hold. */
export interface FileForm<T> {
  schema: z.ZodType<T>;
  /** As in "The rule x.json cannot be read". */
  what: string;
  /** As in "x.json is no site rule". */
  kind: string;
  /** The document that has the form. */
  document: string;
}

/**
 * Reads a JSON file of a known form.
 *
 * @throws UsageError that says what is wrong with the file, key by key
 */
export async function readJsonFile<T>(file: string, cwd: string, form: FileForm<T>): Promise<T> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path.resolve(cwd, file), 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? `it is not JSON: ${error.message}` : reasonOf(error);
    throw new UsageError(`The ${form.what} ${file} cannot be read: ${reason}.`);
  }
  const { data, error } = form.schema.safeParse(value);
  if (error)
    throw new UsageError(`${file} is no ${form.kind}:\n${z.prettifyError(error)}\n${form.document} has the form.`);
  return data as T;
}
