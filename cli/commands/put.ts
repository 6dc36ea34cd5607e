import { InvalidArgumentError, Option } from 'commander';
import { renderJson } from '../../functions/article/render/json.ts';
import type { PutResult } from '../api/put.ts';
import { isFailed } from '../api/status.ts';
import type { TargetOptions } from '../api/target.ts';
import { UsageError } from '../errors.ts';
import { renderProblem } from '../render/problem.ts';
import { showProgress } from '../render/progress.ts';
import { renderPuts } from '../render/put.ts';
import { type AddCommand, examples } from './command.ts';
import { count, mediaType, webAddress } from './parse.ts';
import { addStackOptions } from './stack-options.ts';

interface Options extends TargetOptions {
  source?: string;
  url?: string;
  prefix?: string;
  contentType?: string;
  wait?: true;
  timeout: number;
  json?: true;
}

export const putCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('put')
    .summary('upload files, and wait for their records')
    .description(
      'Upload files and folders to the uploads bucket, large ones in parts. A folder keeps its name and its paths in the keys.',
    )
    .argument('<files...>', 'files and folders')
    .addOption(new Option('--source <id>', 'id of the source the copies come from').argParser(sourceId))
    .option('--url <url>', 'where the copy was taken from; for one file', webAddress)
    .option('--prefix <prefix>', 'what goes before every key, such as reports/')
    .option('--content-type <type>', 'content type of the copies (default: by the name of each)', mediaType)
    .option('--wait', 'wait until every upload has its status; what gave no record counts as failed work')
    .addOption(new Option('--timeout <seconds>', 'how long to wait').argParser(count).default(300))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'copydesk put story.html --url https://example.org/politics/story --wait',
        'copydesk put articles/ --source example-archive --prefix 2026/',
        'copydesk put articles/ --wait --json | jq -r .[].upload.status',
      ),
    );
  addStackOptions(command).action(async (names: string[], options: Options) => {
    if (names.includes('-')) {
      throw new UsageError('put takes no standard input, as it has no name to become a key: name a file.');
    }
    const [{ withStack }, api] = await Promise.all([import('../api/stack.ts'), import('../api/put.ts')]);
    const { url, source, prefix, contentType } = options;
    const plan = await api.planUploads(names, {
      cwd: io.cwd,
      ...(prefix !== undefined && { prefix }),
      ...(contentType !== undefined && { contentType }),
    });
    if (url !== undefined && plan.uploads.length > 1) {
      throw new UsageError(`--url is the address of one page, and these are ${plan.uploads.length} files.`);
    }

    await withStack(options, io, async (stack) => {
      io.stderr.write(`To s3://${stack.outputs.uploadsBucket}/ (${stack.target.label})\n`);
      const bytes = plan.uploads.reduce((sum, file) => sum + file.bytes, 0);
      const sending = showProgress('uploading', bytes, 'bytes', io);
      const put = await api
        .putFiles(stack, plan.uploads, {
          signal: io.signal,
          onProgress: sending.advance,
          ...(url !== undefined && { url }),
          ...(source !== undefined && { sourceId: source }),
        })
        .finally(sending.end);

      let results: PutResult[] = put.results;
      if (options.wait) {
        const settling = showProgress('waiting', results.length, 'uploads', io);
        results = await api
          .waitForStatuses(stack, results, {
            timeout: options.timeout * 1000,
            signal: io.signal,
            onSettled: settling.reach,
          })
          .finally(settling.end);
      }
      if (options.json) io.stdout.write(`${renderJson(results, 2)}\n`);
      else if (results.length > 0) io.stdout.write(renderPuts(results, options.wait === true, io.stdout, io.env));
      const problems = [...plan.problems, ...put.problems];
      for (const problem of problems) io.stderr.write(renderProblem(problem, io.stderr, io.env));
      const unsettled = options.wait ? results.filter(({ upload }) => upload === null) : [];
      if (unsettled.length > 0 && !io.signal.aborted) {
        io.stderr.write(
          `${unsettled.length} of ${results.length} uploads have no status after ${options.timeout} s; see later with \`copydesk status KEY\`.\n`,
        );
      }
      finish(
        problems.length === 0 && unsettled.length === 0 && !results.some(({ upload }) => upload && isFailed(upload)),
      );
    });
  });
};

/** Travels in a header, and becomes part of keys. */
function sourceId(value: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value)) {
    throw new InvalidArgumentError('It must be up to 100 letters, digits, dots, hyphens and underscores.');
  }
  return value;
}
