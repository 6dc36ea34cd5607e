import { run } from '../../cli/run.ts';

/** What a command line did. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Surroundings of a command line, where they matter. */
export interface Around {
  stdin?: Uint8Array | string;
  cwd?: string;
  env?: Record<string, string>;
  now?: Date;
  /** Aborted in place of Ctrl-C. */
  signal?: AbortSignal;
  /** Hears what is written to either output, as it is. */
  onOutput?: (text: string) => void;
  /** Whether both outputs are a terminal. */
  terminal?: boolean;
}

/** Runs a command line in this process. */
export async function copydesk(argv: readonly string[], around: Around = {}): Promise<Ran> {
  const { stdin = '', cwd = process.cwd(), env = {}, terminal = false, now = new Date() } = around;
  const { signal = new AbortController().signal, onOutput = () => {} } = around;
  let stdout = '';
  let stderr = '';
  const code = await run(argv, {
    stdout: {
      write: (text) => {
        stdout += String(text);
        onOutput(String(text));
      },
      isTTY: terminal,
      columns: 100,
    },
    stderr: {
      write: (text) => {
        stderr += String(text);
        onOutput(String(text));
      },
      isTTY: terminal,
      columns: 100,
    },
    stdin: (async function* () {
      yield Buffer.from(stdin);
    })(),
    env,
    cwd,
    // What a developer runs in this checkout is none of a test's business.
    checkout: null,
    signal,
    takeTime: () => {},
    now: () => now,
  });
  return { code, stdout, stderr };
}
