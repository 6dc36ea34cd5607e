/** argv → exit code: 0 fine, 1 the work failed, 2 the command line is wrong. */
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { exportCommand } from './commands/export.ts';
import { extractCommand } from './commands/extract.ts';
import { getCommand } from './commands/get.ts';
import { listCommand } from './commands/list.ts';
import { putCommand } from './commands/put.ts';
import { ruleCommand } from './commands/rule.ts';
import { schemaCommand } from './commands/schema.ts';
import { searchCommand } from './commands/search.ts';
import { sourcesCommand } from './commands/sources/sources.ts';
import { statsCommand } from './commands/stats.ts';
import { statusCommand } from './commands/status.ts';
import { watchCommand } from './commands/watch.ts';
import { withdrawCommand } from './commands/withdraw.ts';
import { UsageError } from './errors.ts';
import type { Io } from './io.ts';
import { renderError } from './render/error.ts';

/**
 * Runs one command line.
 *
 * @param argv the arguments without the program's name
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let done = true;
  const program = new Command('copydesk')
    .description(packageJson.description)
    .version(packageJson.version, '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('Add --help for an example.')
    .addHelpText('after', EXAMPLES);
  for (const command of [
    extractCommand,
    putCommand,
    sourcesCommand,
    statusCommand,
    getCommand,
    listCommand,
    watchCommand,
    withdrawCommand,
    searchCommand,
    exportCommand,
    statsCommand,
    ruleCommand,
    schemaCommand,
  ]) {
    command(program, io, (result) => {
      done = result;
    });
  }

  try {
    await program.parseAsync(argv, { from: 'user' });
    return done ? 0 : 1;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!io.signal.aborted) io.stderr.write(renderError(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

const EXAMPLES = `
Examples:
  copydesk extract page.html                     the record of a file, without any cloud
  copydesk extract --format markdown page.html   the article as Markdown
  copydesk put articles/ --wait                  upload a folder and see what became of each file
  copydesk sources add https://example.org/      watch a site, and ingest what is new there
  copydesk status --failed                       what was turned down, and why
  copydesk list --site example.org               the newest articles of a site
  copydesk watch --site example.org              what happens to them, as it happens
`;
