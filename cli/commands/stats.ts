import { Option } from 'commander';
import { renderJson } from '../../functions/article/render/json.ts';
import type { TargetOptions } from '../api/target.ts';
import { renderBars } from '../render/bars.ts';
import { type AddCommand, examples } from './command.ts';
import { count, dayCount } from './parse.ts';
import { addStackOptions } from './stack-options.ts';

interface Options extends TargetOptions {
  days: number;
  top: number;
  json?: true;
}

export const statsCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('stats')
    .summary('count articles by day and site, and rejections by reason')
    .description('Count articles by day and site, without duplicates, and rejected uploads by reason.')
    .addOption(new Option('--days <days>', 'how many days, up to today').argParser(dayCount).default(14))
    .addOption(new Option('--top <count>', 'how many sites and reasons to show').argParser(count).default(10))
    .option('--json', 'print JSON, with all sites and reasons')
    .addHelpText('after', examples('copydesk stats', 'copydesk stats --days 90 --json | jq .sites'));
  addStackOptions(command).action(async (options: Options) => {
    const [{ withStack }, { countArticles }] = await Promise.all([
      import('../api/stack.ts'),
      import('../api/stats.ts'),
    ]);
    await withStack(options, io, async (stack) => {
      const stats = await countArticles(stack, { days: options.days, now: io.now() });
      if (options.json) {
        io.stdout.write(`${renderJson(stats, 2)}\n`);
        return;
      }
      const { days, sites, rejections, articles, more } = stats;
      const top = <T>(all: readonly T[]) => all.slice(0, options.top);
      const shown = (name: string, all: readonly unknown[]) =>
        all.length > options.top ? `${name} (${options.top} of ${all.length})` : name;
      const charts = [renderBars(`Articles by day: ${articles}${more ? ' or more' : ''}`, days, io.stdout, io.env)];
      if (sites.length > 0) charts.push(renderBars(shown('Articles by site', sites), top(sites), io.stdout, io.env));
      if (rejections.length > 0) {
        charts.push(renderBars(shown('Rejected uploads by reason', rejections), top(rejections), io.stdout, io.env));
      }
      io.stdout.write(charts.join('\n'));
    });
    finish(true);
  });
};
