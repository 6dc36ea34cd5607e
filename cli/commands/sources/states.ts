/** pause, resume, run and remove: one thing done to each of some sources. */
import { renderJson } from '../../../functions/article/render/json.ts';
import type { Source } from '../../../functions/scrape/sources/source.ts';
import type { SourceDesk } from '../../../functions/scrape/sources/source-desk.ts';
import type { TargetOptions } from '../../api/target.ts';
import { WorkError } from '../../errors.ts';
import { renderProblem } from '../../render/problem.ts';
import { type AddCommand, examples } from '../command.ts';
import { addStackOptions } from '../stack-options.ts';

interface Options extends TargetOptions {
  reason?: string;
  json?: true;
}

interface Change {
  verb: string;
  summary: string;
  description: string;
  /** Whether it takes a reason. */
  reasoned?: true;
  make(desk: SourceDesk, name: string, options: Options): Promise<Source>;
  /** One sentence on what was done. */
  told(source: Source): string;
}

const CHANGES: readonly Change[] = [
  {
    verb: 'pause',
    summary: 'stop watching for a while',
    description: 'Stop reading sources, and fetching their articles again, until they are resumed.',
    reasoned: true,
    make: (desk, name, { reason = 'It was paused by hand.' }) => desk.pause(name, reason),
    told: ({ id }) => `${id} is paused; copydesk sources resume ${id} watches it again.`,
  },
  {
    verb: 'resume',
    summary: 'watch paused or retired sources again',
    description: 'Watch paused or retired sources again: they are read within a minute, and old failures are forgiven.',
    make: (desk, name) => desk.resume(name),
    told: ({ id }) => `${id} is watched again, and read within a minute.`,
  },
  {
    verb: 'run',
    summary: 'read sources now',
    description: 'Read sources within a minute, whatever their interval, and whole.',
    make: (desk, name) => desk.run(name),
    told: ({ id }) => `${id} is read within a minute; copydesk sources show ${id} tells what came of it.`,
  },
  {
    verb: 'remove',
    summary: 'forget sources',
    description:
      'Forget sources. Their articles stay; the next source that names them has them fetched again while their days last. What was paused because it leads to one of these is watched in its place.',
    make: (desk, name) => desk.remove(name),
    told: ({ id, url }) => `${id} (${url}) is watched no longer; its articles stay.`,
  },
];

export const changeSources: AddCommand[] = CHANGES.map(
  ({ verb, summary, description, reasoned, make, told }) =>
    (sources, io, finish) => {
      const command = sources
        .command(verb)
        .summary(summary)
        .description(description)
        .argument('<names...>', 'names of sources')
        .option('--json', 'print one JSON object a source')
        .addHelpText('after', examples(`copydesk sources ${verb} example.org`));
      if (reasoned) command.option('--reason <text>', 'why, for whoever looks at the list');
      addStackOptions(command).action(async (names: string[], options: Options) => {
        const [{ withStack }, { advised, deskOf, reported }] = await Promise.all([
          import('../../api/stack.ts'),
          import('../../api/sources.ts'),
        ]);
        let done = true;
        await withStack(options, io, async (stack) => {
          const desk = deskOf(stack, io);
          for (const name of names) {
            if (io.signal.aborted) break;
            try {
              const source = await advised(() => make(desk, name, options));
              io.stdout.write(options.json ? `${renderJson(reported(source, io.now()))}\n` : `${told(source)}\n`);
            } catch (error) {
              if (!(error instanceof WorkError)) throw error;
              done = false;
              io.stderr.write(renderProblem({ name, code: error.code, detail: error.message }, io.stderr, io.env));
            }
          }
        });
        finish(done);
      });
    },
);
