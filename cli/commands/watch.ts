import { Option } from 'commander';
import type { EventFilter } from '../../functions/article/event-filter.ts';
import { EVENT_TYPES, type EventType } from '../../functions/article/events.ts';
import { FACET_KINDS, facetName } from '../../functions/article/facets.ts';
import { renderJson } from '../../functions/article/render/json.ts';
import { slug } from '../../functions/article/slug.ts';
import type { TargetOptions } from '../api/target.ts';
import { UsageError } from '../errors.ts';
import { renderError } from '../render/error.ts';
import { renderEvent } from '../render/event.ts';
import { type AddCommand, examples } from './command.ts';
import { count } from './parse.ts';
import { addStackOptions } from './stack-options.ts';

interface Options extends TargetOptions {
  site?: string;
  tag?: string;
  section?: string;
  author?: string;
  language?: string;
  type?: EventType[];
  limit?: number;
  json?: true;
}

/** Milliseconds that taking away a rule and a queue may take in a region far away. */
const CLEAN_UP = 10_000;

export const watchCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('watch')
    .summary('follow what happens to articles and uploads')
    .description(
      'Print events as they happen: articles created, revised and withdrawn, uploads rejected. Until Ctrl-C it has a rule and a queue of its own in the cloud.',
    )
    .option('--site <domain>', 'of articles of this site')
    .option('--tag <tag>', 'of articles with this tag, by label or slug')
    .option('--section <section>', 'of articles of this section')
    .option('--author <name>', 'of articles by this author')
    .option('--language <code>', 'of articles in this language, such as en')
    .addOption(new Option('--type <types...>', 'of these types').choices(EVENT_TYPES))
    .addOption(new Option('--limit <count>', 'end after so many events').argParser(count))
    .option('--json', 'print the detail of each event as one line of JSON')
    .addHelpText(
      'after',
      examples(
        'copydesk watch',
        'copydesk watch --site example.org --tag "Night ferry"',
        'copydesk watch --type upload.rejected',
        'copydesk watch --type article.created --json | jq -r .card.title',
      ),
    );
  addStackOptions(command).action(async (options: Options) => {
    const [{ withStack }, { cloudError }, { languageNamed, siteNamed }, { watchEvents }] = await Promise.all([
      import('../api/stack.ts'),
      import('../api/cloud-error.ts'),
      import('../api/list.ts'),
      import('../api/watch.ts'),
    ]);
    const site = options.site === undefined ? null : siteNamed(options.site);
    const filter: EventFilter = { types: options.type ?? [], site, facets: facetsOf(options, languageNamed) };
    io.takeTime(CLEAN_UP);
    let left = options.limit ?? Number.POSITIVE_INFINITY;
    await withStack(options, io, (stack) =>
      watchEvents(stack, {
        filter,
        signal: io.signal,
        now: io.now,
        onReady: () => io.stderr.write(`Following the events of the ${stack.target.label}; Ctrl-C ends it.\n`),
        onEvent: (delivered) => {
          const { detail } = delivered;
          io.stdout.write(options.json ? `${renderJson(detail, 0)}\n` : renderEvent(delivered, io.stdout, io.env));
          left -= 1;
          return left > 0;
        },
        onTrouble: (error) => {
          const told = renderError(cloudError(error, stack.target, io.checkout)).trimEnd();
          io.stderr.write(`${told} Trying again until Ctrl-C.\n`);
        },
      }),
    );
    finish(true);
  });
};

/** The facets that the options name. */
function facetsOf(options: Options, languageNamed: (code: string) => string): string[] {
  return FACET_KINDS.filter((kind) => kind !== 'cluster').flatMap((kind) => {
    const value = options[kind];
    if (value === undefined) return [];
    const name = kind === 'language' ? languageNamed(value) : slug(value);
    if (name === '') throw new UsageError(`--${kind} "${value}" holds no letter and no digit to find anything by.`);
    return [facetName(kind, name)];
  });
}
