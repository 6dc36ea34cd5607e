import { Option } from 'commander';
import { type CopyHints, CopyHintsSchema } from '../../functions/article/feed-hints.ts';
import type { Extraction } from '../api/extract.ts';
import { namesMany } from '../api/files.ts';
import { readJsonFile } from '../api/json-file.ts';
import { UsageError } from '../errors.ts';
import { explanationJson, renderExplanation } from '../render/explanation.ts';
import { renderProblem } from '../render/problem.ts';
import { RECORD_FORMATS, type RecordFormat, recordPrinter } from '../render/record.ts';
import { type AddCommand, examples } from './command.ts';
import { webAddress } from './parse.ts';

interface Options {
  format?: RecordFormat;
  json?: true;
  url?: string;
  contentType?: string;
  frontMatter?: true;
  rule?: string;
  hints?: string;
  explain?: true;
}

export const extractCommand: AddCommand = (program, io, finish) => {
  program
    .command('extract')
    .summary('make records from files, without any cloud')
    .description(
      'Make records from files on this machine, without any cloud. What is no article is named on stderr with the reason, and the rest goes on.',
    )
    .argument('<files...>', 'files and folders, or - for standard input')
    .addOption(new Option('-f, --format <format>', 'how to print the records (default: json)').choices(RECORD_FORMATS))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .option('--url <url>', 'where the copy was taken from; for one file', webAddress)
    .option('--content-type <type>', 'content type of the copy, such as "text/html; charset=gbk"')
    .option('--front-matter', 'put YAML front matter above Markdown')
    .option('--rule <file>', 'read pages of a site by a rule, as JSON')
    .option('--hints <file>', 'what a feed and a site say of it, as JSON; for one file')
    .option('--explain', 'print why the engine decided as it did, in place of the record')
    .addHelpText(
      'after',
      examples(
        'copydesk extract page.html',
        'copydesk extract --format markdown --front-matter page.html > page.md',
        'copydesk extract --format ndjson dump/ | jq -r .title',
        'curl -s https://example.org/story | copydesk extract --url https://example.org/story -',
        'copydesk extract --explain page.html',
        'copydesk extract --rule example.json example-pages/',
      ),
    )
    .action(async (names: string[], options: Options) => {
      // The engine loads its models, which no other command needs.
      const { extractFiles, STDIN } = await import('../api/extract.ts');
      const format = options.format ?? 'json';
      if (names.filter((name) => name === STDIN).length > 1) {
        throw new UsageError('Standard input can be read once only: name - once.');
      }
      const many = await namesMany(names, io.cwd);
      if (options.url !== undefined && many) {
        throw new UsageError('--url is the address of one page, and these may be several files.');
      }
      if (options.hints !== undefined && many) {
        throw new UsageError('--hints is about one page, and these may be several files.');
      }
      const { rule: ruleFile, hints: hintsFile, ...rest } = options;
      const hints = hintsFile === undefined ? undefined : await readHints(hintsFile, io.cwd);
      const rule =
        ruleFile === undefined ? undefined : await (await import('../api/rule.ts')).readRule(ruleFile, io.cwd);
      const frontMatter = options.frontMatter === true;
      const printer = recordPrinter({ format, many, frontMatter }, io.stdout, io.env);
      let done = true;
      for await (const extraction of extractFiles(names, {
        ...rest,
        rule,
        hints,
        cwd: io.cwd,
        stdin: io.stdin,
        now: io.now(),
      })) {
        if (io.signal.aborted) break;
        if (options.explain) {
          const asJson = options.json || options.format === 'json' || options.format === 'ndjson';
          io.stdout.write(
            asJson ? `${explanationJson(extraction, 0)}\n` : `${renderExplanation(extraction, io.stdout, io.env)}\n`,
          );
        }
        if (extraction.outcome === 'article') {
          if (!options.explain) printer.print(extraction.record);
          continue;
        }
        done = false;
        if (!options.explain) printer.refuse(withoutDecisions(extraction));
        io.stderr.write(renderProblem(extraction, io.stderr, io.env));
      }
      if (!options.explain) printer.end();
      finish(done);
    });
};

function readHints(file: string, cwd: string): Promise<CopyHints> {
  const [what, kind] = ['hints', 'object of hints'];
  return readJsonFile(file, cwd, { schema: CopyHintsSchema, what, kind, document: 'docs/record.md' });
}

/** Decisions are printed only where they are asked for. */
function withoutDecisions(refusal: Exclude<Extraction, { outcome: 'article' }>): object {
  const { name, outcome, detail } = refusal;
  return outcome === 'rejected'
    ? { name, outcome, code: refusal.code, detail, form: refusal.form }
    : { name, outcome, detail };
}
