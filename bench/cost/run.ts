/** npm run cost: request units of every access, counted, and what a million articles cost at the prices of prices.json. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { countPatterns } from './patterns.ts';
import { countScraping } from './scrape-patterns.ts';
import { costSheet, renderPages } from './sheet.ts';

const PROJECT = path.join(import.meta.dirname, '../..');
const HELP = `usage: npm run cost -- [options]

  --write   put the tables into docs/cost.md and docs/record.md
  --json    print the figures as JSON

Prices and assumptions are read from bench/cost/prices.json; change them there.
`;

const { values } = parseArgs({
  options: { write: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) process.stdout.write(HELP);
else {
  const counted = { ...(await countPatterns()), scraping: await countScraping() };
  const pages = renderPages(counted);
  if (values.json) console.log(JSON.stringify({ ...counted, ...costSheet(counted) }, null, 2));
  else if (values.write) {
    for (const [file, sections] of Object.entries(pages)) {
      let page = readFileSync(path.join(PROJECT, file), 'utf8');
      for (const [name, content] of Object.entries(sections)) {
        const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
        const from = page.indexOf(begin) + begin.length;
        page = page.slice(0, from) + content + page.slice(page.indexOf(end, from - 1));
      }
      writeFileSync(path.join(PROJECT, file), page);
    }
  } else {
    for (const [name, content] of Object.entries(pages['docs/cost.md'] ?? {})) console.log(`${name}\n\n${content}\n`);
  }
}
