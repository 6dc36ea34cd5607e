/** Writes what docs/ says of the record and the events from their schemas and the engine: `npm run schema` after a change of either. */
import { readFile, writeFile } from 'node:fs/promises';
import { renderJson } from '../functions/article/render/json.ts';
import {
  eventsJsonSchema,
  recordJsonSchema,
  renderEventTables,
  renderFieldTable,
  renderRejectTable,
} from '../functions/article/render/schema.ts';
import { extractFiles } from './api/extract.ts';
import { replaceSection } from './render/section.ts';

const EXAMPLE = 'samples/harbour-ferry.html';
/** Fixed, so that the page changes only when the record does. */
const NOW = new Date('2026-11-22T09:00:00Z');

let example = '';
for await (const extraction of extractFiles([EXAMPLE], { cwd: '.', stdin: process.stdin, now: NOW })) {
  if (extraction.outcome !== 'article') throw new Error(`${EXAMPLE} is no article, so docs/record.md cannot show it.`);
  example = renderJson(extraction.record, 2);
}

let page = await readFile('docs/record.md', 'utf8');
for (const [section, content] of Object.entries({
  example: `\`\`\`json\n${example}\n\`\`\``,
  fields: renderFieldTable(),
  'reject-codes': renderRejectTable(),
})) {
  page = replaceSection(page, section, content);
}
await writeFile('docs/record.md', page);
await writeFile('docs/record.schema.json', `${JSON.stringify(recordJsonSchema(), null, 2)}\n`);

const events = await readFile('docs/events.md', 'utf8');
await writeFile('docs/events.md', replaceSection(events, 'types', renderEventTables()));
await writeFile('docs/events.schema.json', `${JSON.stringify(eventsJsonSchema(), null, 2)}\n`);
