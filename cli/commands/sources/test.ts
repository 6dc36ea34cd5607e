import { renderJson } from '../../../functions/article/render/json.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { type AddCommand, examples } from '../command.ts';
import { contactUrl, watchedAddress } from '../parse.ts';

interface Options {
  contactUrl?: string;
  allowLoopback?: true;
  json?: true;
}

export const testSource: AddCommand = (sources, io, finish) => {
  sources
    .command('test')
    .summary('see what an address is, without watching it')
    .description(
      'See what an address is and which articles it names, asked from this machine by the rules by which it would be watched. It needs no stack. The exit code is 1 where there is nothing to watch.',
    )
    .argument('<url>', 'the address', watchedAddress)
    .option('--contact-url <url>', 'names you to the site, in the user agent of the requests', contactUrl)
    .option('--allow-loopback', 'let it be a site on this machine')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      examples(
        'copydesk sources test https://example.org/',
        'copydesk sources test https://example.org/robots.txt --json',
      ),
    )
    .action(async (url: string, options: Options) => {
      const { allowLoopback = false, json = false } = options;
      const [{ inspectAddress }, { renderInspection }, { isLoopback }, { userAgentOf }] = await Promise.all([
        import('../../api/inspect.ts'),
        import('../../render/inspection.ts'),
        import('../../../functions/aws/stack/target.ts'),
        import('../../../functions/scrape/hosts/user-agent.ts'),
      ]);
      const userAgent = userAgentOf(packageJson.version, options.contactUrl ?? null);
      const inspection = await inspectAddress(url, { userAgent, allowLoopback, now: io.now, signal: io.signal });
      io.stdout.write(json ? `${renderJson(inspection, 2)}\n` : renderInspection(inspection, io.stdout, io.env));
      if (inspection.chosen === null && !allowLoopback && isLoopback(url)) {
        io.stderr.write('To look at sites on this machine, add --allow-loopback.\n');
      }
      finish(inspection.chosen !== null);
    });
};
