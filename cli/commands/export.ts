import { resolve } from 'node:path';
import { Option } from 'commander';
import { DAYS_BACK, impliedFrom } from '../../functions/query/list-articles.ts';
import type { TargetOptions } from '../api/target.ts';
import { UsageError, WorkError } from '../errors.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../export/encoders.ts';
import { showRate } from '../render/rate.ts';
import { type AddCommand, examples } from './command.ts';
import { addFilterOptions, describeQuery, type FilterOptions, queryOf } from './filter-options.ts';
import { addStackOptions } from './stack-options.ts';

interface Options extends TargetOptions, FilterOptions {
  format?: ExportFormat;
  json?: true;
  out?: string;
}

const TYPES = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  rss: 'application/rss+xml',
} as const satisfies Record<ExportFormat, string>;

export const exportCommand: AddCommand = (program, io, finish) => {
  const command = addFilterOptions(
    program
      .command('export')
      .summary('write articles into a file, as NDJSON, CSV, Parquet or a feed')
      .description(
        'Write whole records into a file or an object, newest first where filters are given, else everything in no order. An interrupted export into a file goes on where it ended when it is started again with the same arguments.',
      ),
  )
    .addOption(new Option('-f, --format <format>', 'how to write them (default: ndjson)').choices(EXPORT_FORMATS))
    .addOption(new Option('--json', 'the same as --format ndjson').conflicts('format'))
    .option('-o, --out <place>', 'a file, or an s3:// address; else standard output')
    .addHelpText(
      'after',
      examples(
        'copydesk export > everything.ndjson',
        'copydesk export --site example.org --from 2026-01-01 --format csv --out 2026.csv',
        'copydesk export --format parquet --out s3://my-lake/articles.parquet',
      ),
    );
  addStackOptions(command).action(async (options: Options) => {
    const { format = 'ndjson', out } = options;
    if (out === undefined && format === 'parquet' && io.stdout.isTTY) {
      throw new UsageError('Parquet is no text for a terminal; name a file with --out.');
    }
    if (out === '') throw new UsageError('--out is empty; name a file or an s3:// address, or leave it out.');
    const query = queryOf(options);
    // Cut short without a word, a file would pass for all there is.
    if (query !== null && impliedFrom(query, io.now()) !== null) {
      throw new UsageError(
        `Across all sites --to goes with --from: without it a list reaches ${DAYS_BACK} days back only.`,
      );
    }
    const [{ withStack }, { exportArticles }, { encoderOf }, destinations] = await Promise.all([
      import('../api/stack.ts'),
      import('../export/export-articles.ts'),
      import('../export/encoders.ts'),
      import('../export/destinations.ts'),
    ]);
    await withStack(options, io, async (stack) => {
      const encoder = await encoderOf(format, query === null ? 'Copydesk' : `Copydesk ${describeQuery(query)}`);
      const identity = JSON.stringify([stack.outputs.articlesTable, format, query]);
      const object = out === undefined ? null : /^s3:\/\/([^/]+)\/(.+)$/s.exec(out);
      const [, bucket = '', key = ''] = object ?? [];
      if (out?.startsWith('s3://') && !object)
        throw new UsageError(`"${out}" names no object, as s3://bucket/key does.`);
      if (bucket === stack.outputs.uploadsBucket) {
        throw new UsageError(
          `${bucket} is where raw copies go: an export in it would be ingested. Name another bucket.`,
        );
      }
      if (bucket === stack.outputs.bodiesBucket) {
        throw new UsageError(`${bucket} is where long texts of records lie, and nothing else. Name another bucket.`);
      }
      const destination =
        out === undefined
          ? destinations.toOutput(io.stdout, format === 'parquet')
          : object
            ? destinations.toObject(async (body, signal) => {
                await stack
                  .writerTo(bucket)
                  .put({ key, body, contentType: TYPES[format] }, { signal })
                  .catch((error) => {
                    throw (error as Error).name === 'NoSuchBucket' ? noBucket(bucket, error) : error;
                  });
              })
            : await destinations.toFile(resolve(io.cwd, out), identity, encoder.resumable);
      const before = destination.resumed?.records ?? 0;
      if (before > 0) io.stderr.write(`Going on after the ${before} records of an earlier run.\n`);
      const total = query === null && io.stderr.isTTY ? await stack.scan.estimate() : null;
      const progress = showRate(io, { from: query?.from ?? null, total, already: before });
      const result = await exportArticles(stack, encoder, destination, {
        query,
        now: io.now(),
        signal: io.signal,
        onProgress: progress.advance,
      }).finally(progress.end);
      const place = out === undefined ? '' : ` to ${out}`;
      if (result.whole) io.stderr.write(`${result.records} records written${place}.\n`);
      else {
        const isKept = out !== undefined && !object && encoder.resumable;
        const next = isKept
          ? 'the same command goes on from there'
          : 'the same command begins anew: only NDJSON, CSV and RSS in a file can be gone on with';
        io.stderr.write(`Interrupted after ${result.records} records; ${next}.\n`);
      }
      finish(result.whole);
    });
  });
};

const noBucket = (bucket: string, cause: Error) =>
  new WorkError(
    'NO_BUCKET',
    `There is no bucket ${bucket}; make it (\`aws s3 mb\`), or name another with --out.`,
    cause,
  );
