/** The command line of `npm start`. */
import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { contactUrl } from '../cli/commands/parse.ts';
import type { Out } from '../cli/io.ts';
import { DEFAULT_DATA_FOLDER } from './announcement.ts';

/** The port local AWS clouds are expected at. */
const DEFAULT_PORT = 4566;
const DEFAULT_TIMEOUT_S = 120;

export interface StartOptions {
  /** Files and folders to upload in place of the samples. */
  files: string[];
  once: boolean;
  json: boolean;
  port: number;
  /** Absolute. */
  dataFolder: string;
  /** Milliseconds. */
  timeoutMs: number;
  /** File of declared sources, as its user named it; null for the project's own, where there is one. */
  sources: string | null;
  /** Names you to watched sites, in the user agent; null names nobody. */
  contactUrl: string | null;
  /** Whether fetches may reach sites on this machine. */
  allowLoopback: boolean;
}

interface Given {
  once?: true;
  json?: true;
  port?: string;
  data?: string;
  timeout: number;
  sources?: string;
  contactUrl?: string;
  allowLoopback?: true;
}

/** The surroundings of the command line. */
export interface StartEnvironment {
  env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  cwd: string;
  /** Folder of the project. */
  project: string;
  stdout: Out;
  stderr: Out;
}

/**
 * Reads the arguments; help and what is wrong with them is printed.
 *
 * @returns the options, or the exit code where there is nothing to do: 0 after --help, 2 after an error
 */
export function readStartOptions(argv: readonly string[], around: StartEnvironment): StartOptions | number {
  const { env, cwd, project, stdout, stderr } = around;
  const program = new Command('npm start --')
    .description('Run the whole pipeline on this machine: a local cloud, the deployed stack, and articles through it.')
    .argument('[files...]', "files and folders to upload in place of the project's samples")
    .option('--once', 'stop when every file has its status; exit code 1 where one has none in time or cannot be read')
    .option('--json', 'with --once: print JSON, one entry a file with its status and record')
    .option('--port <number>', `port on 127.0.0.1, 0 for a free one (default: COPYDESK_PORT or ${DEFAULT_PORT})`)
    .option('--data <folder>', `where everything is kept (default: ${DEFAULT_DATA_FOLDER} in the project)`)
    .option('--timeout <seconds>', 'how long to wait for the statuses once all is uploaded', seconds, DEFAULT_TIMEOUT_S)
    .option(
      '--sources <file>',
      'sources to watch, in YAML or JSON (default: sources.yaml in the project, if it is there)',
    )
    .option('--contact-url <url>', 'names you to watched sites, in the user agent of the requests', contactUrl)
    .option(
      '--allow-loopback',
      'let sources be sites on this machine, such as http://localhost:8000/; else they are refused',
    )
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('Add --help for examples.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    });
  try {
    program.parse(argv, { from: 'user' });
    const given = program.opts<Given>();
    if (given.json && !given.once) program.error('error: --json goes with --once');
    if (given.once && (given.sources !== undefined || given.allowLoopback)) {
      program.error('error: --once watches nothing: it goes without --sources and --allow-loopback');
    }
    const port = Number(given.port ?? env.COPYDESK_PORT ?? DEFAULT_PORT);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      const name = given.port === undefined ? 'COPYDESK_PORT' : '--port';
      program.error(`error: ${name} must be a number from 0 to 65535, not '${given.port ?? env.COPYDESK_PORT}'`);
    }
    return {
      files: program.args,
      once: given.once ?? false,
      json: given.json ?? false,
      port,
      dataFolder: given.data === undefined ? path.join(project, DEFAULT_DATA_FOLDER) : path.resolve(cwd, given.data),
      timeoutMs: given.timeout * 1000,
      sources: given.sources ?? null,
      contactUrl: given.contactUrl ?? null,
      allowLoopback: given.allowLoopback ?? false,
    };
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function seconds(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 86_400)) throw new InvalidArgumentError('It must be a number of seconds above 0.');
  return number;
}

const EXAMPLES = `
Examples:
  npm start                                    the samples go through; the pipeline runs until Ctrl-C
  npm start -- --port 4600                     on another port
  npm start -- --sources desk/sources.yaml --contact-url mailto:desk@example.org
                                               watch these feeds, site maps and pages, and say who asks
  npm start -- --once page.html dump/          what becomes of these, then stop
  npm start --silent -- --once --json page.html | jq '.[0].article'
                                               without the line that npm itself prints
`;
