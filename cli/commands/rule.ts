import { renderJson } from '../../functions/article/render/json.ts';
import { renderProblem } from '../render/problem.ts';
import { renderRuleTrial } from '../render/rule-trial.ts';
import { type AddCommand, examples } from './command.ts';
import { mediaType, webAddress } from './parse.ts';

interface TryOptions {
  rule: string;
  url?: string;
  contentType?: string;
  json?: true;
}

export const ruleCommand: AddCommand = (program, io, finish) => {
  const rule = program
    .command('rule')
    .summary('write rules for sites that mislead the engine')
    .description('Write rules for sites that mislead the engine. docs/rules.md has their form.');
  rule
    .command('try')
    .summary('see what a rule finds on a page')
    .description(
      "See what each selector of a rule matches on a page, and the fields it gives beside the engine's own. " +
        'The rule is tried whatever the site and age of the page. The exit code is 1 where it finds no body.',
    )
    .argument('<file>', 'a saved page, or - for standard input')
    .requiredOption('--rule <file>', 'the rule, as JSON')
    .option('--url <url>', 'where the copy was taken from', webAddress)
    .option('--content-type <type>', 'content type of the copy, such as "text/html; charset=gbk"', mediaType)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      examples(
        'copydesk rule try page.html --rule example.json',
        'curl -s https://example.org/story | copydesk rule try - --rule example.json --json',
      ),
    )
    .action(async (file: string, options: TryOptions) => {
      const { readRule, tryRuleOn } = await import('../api/rule.ts');
      const named = await readRule(options.rule, io.cwd);
      const { url, contentType } = options;
      const report = await tryRuleOn(file, named, { url, contentType, cwd: io.cwd, stdin: io.stdin, now: io.now() });
      const { rule: tried, ...rest } = report;
      io.stdout.write(
        options.json
          ? `${renderJson({ ...rest, rule: { name: tried.name, ...tried.rule } }, 2)}\n`
          : renderRuleTrial(report, io.stdout, io.env),
      );
      const { site } = named.rule;
      if (report.site !== null && report.site !== site) {
        const detail = `the page is of ${report.site} and the rule for ${site}: only here it is used all the same`;
        io.stderr.write(renderProblem({ name: file, detail }, io.stderr, io.env));
      }
      if (!report.found) {
        const detail = 'the rule finds no text on this page; see what its selectors match';
        io.stderr.write(renderProblem({ name: file, detail }, io.stderr, io.env));
      }
      finish(report.found);
    });
};
