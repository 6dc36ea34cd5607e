import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import { EVENT_SCHEMAS, EVENT_SOURCE, EVENT_TYPES, EventSchema } from '../../functions/article/events.ts';
import { eventsJsonSchema, renderEventTables } from '../../functions/article/render/schema.ts';
import { extract } from '../../functions/extract/extract.ts';
import { eventOf } from '../../functions/publish/event-of.ts';
import { change, imageOf } from './images.ts';

const page = readFileSync('docs/events.md', 'utf8');

describe('what docs/ says of events', () => {
  it('is the schema of the code; `npm run schema` writes it', () => {
    expect(JSON.parse(readFileSync('docs/events.schema.json', 'utf8'))).toEqual(eventsJsonSchema());
    expect(page).toContain(`<!-- types -->\n${renderEventTables()}\n<!-- /types -->`);
  });

  it('shows an event as the bus delivers it, of an article that a sample really gives', () => {
    const [, shown = ''] = /<!-- event of[^>]*-->\n```json\n([\s\S]*?)```/.exec(page) ?? [];
    const [, sample = ''] = /<!-- event of (\S+) -->/.exec(page) ?? [];
    const bytes = readFileSync(sample);
    const at = new Date('2026-11-22T09:00:00Z');
    const outcome = extract(bytes, { asOf: at });
    if (outcome.kind === 'rejected') throw new Error(outcome.detail);
    const raw = { bucket: null, key: sample, versionId: null, etag: null, bytes: bytes.length, ...outcome.form };
    const origin = { raw, sourceId: null, fetchedAt: at, engineVersion: '1.0.0' };
    const event = eventOf(change(null, imageOf(assembleRecord(outcome.article, origin, firstSeen(at)))));
    expect(JSON.parse(shown)).toMatchObject({ source: EVENT_SOURCE, 'detail-type': 'article.created', detail: event });
  });

  it('names every type of event, and describes each', () => {
    for (const type of EVENT_TYPES) {
      expect(page).toContain(`| \`${type}\` | `);
      expect(page).toContain(`\n### ${type}\n`);
    }
    expect(EventSchema.options.map((option) => option.shape.type.value)).toEqual(Object.keys(EVENT_SCHEMAS));
  });
});
