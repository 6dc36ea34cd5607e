import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ArticleCardSchema } from '../../functions/article/card.ts';
import { ArticleRecordSchema, BLOCK_KINDS } from '../../functions/article/record.ts';
import { recordJsonSchema, renderFieldTable, renderRejectTable } from '../../functions/article/render/schema.ts';
import { UPLOAD_STATUSES } from '../../functions/article/upload.ts';
import { ARTICLES, CARD, FACETS, FINGERPRINTS, OUTPUTS, REVISIONS, UPLOADS } from '../../functions/names.ts';

const page = readFileSync('docs/record.md', 'utf8');

describe('what docs/ says of the record', () => {
  it('is the schema of the code; `npm run schema` writes it', () => {
    expect(JSON.parse(readFileSync('docs/record.schema.json', 'utf8'))).toEqual(recordJsonSchema());
    expect(page).toContain(`<!-- fields -->\n${renderFieldTable()}\n<!-- /fields -->`);
    expect(page).toContain(`<!-- reject-codes -->\n${renderRejectTable()}\n<!-- /reject-codes -->`);
  });

  it('has a row for every field of the record, with its type', () => {
    const rows = renderFieldTable().split('\n');
    for (const field of Object.keys(ArticleRecordSchema.shape)) {
      expect(rows).toContainEqual(expect.stringMatching(new RegExp(`^\\| \`${field}\` \\| \\S`)));
    }
    expect(rows.join('\n')).not.toContain('| any |');
  });

  it('shows a record that holds to the schema', () => {
    const example = /```json\n([\s\S]+?)\n```/.exec(page)?.[1] ?? '';
    expect(() => ArticleRecordSchema.strict().parse(JSON.parse(example))).not.toThrow();
  });

  it('explains every status and every kind of block', () => {
    for (const status of UPLOAD_STATUSES) expect(page).toContain(`\n| \`${status}\` | `);
    const ends = new Set(BLOCK_KINDS.filter((kind) => !/^(h[345]|[uo]l[23])$/.test(kind)));
    for (const kind of ends) expect(page).toMatch(new RegExp(`^\\| .*\`${kind}\`.* \\| `, 'm'));
  });

  it('queries the tables by the names they have', () => {
    const { articlesTable, facetsTable, revisionsTable, uploadsTable, fingerprintsTable } = OUTPUTS;
    const tables = [articlesTable, facetsTable, revisionsTable, uploadsTable, fingerprintsTable];
    for (const output of [...tables, OUTPUTS.uploadsBucket, OUTPUTS.bodiesBucket]) {
      expect(page).toContain(`output ${output})`);
    }
    expect(page).toContain(`--index-name ${ARTICLES.bySite.index} `);
    expect(page).toContain(`'${ARTICLES.bySite.key} = :site AND ${ARTICLES.bySite.sort} BETWEEN`);
    expect(page).toContain(`--index-name ${ARTICLES.byDay.index} `);
    expect(page).toContain(`'${ARTICLES.byDay.key} = :day'`);
    const shards = Array.from({ length: ARTICLES.byDay.shards }, (_, shard) => shard).join(' ');
    expect(page).toContain(`for shard in ${shards}; do`);
    expect(FACETS.shards).toBe(ARTICLES.byDay.shards);
    expect(page).toContain(`'${FACETS.key} = :facet'`);
    expect(page).toContain(`'${REVISIONS.key} = :id'`);
    expect(page).toContain(`--index-name ${UPLOADS.byStatus.index} `);
    expect(page).toContain(`'${UPLOADS.byStatus.key} = :day'`);
    expect(page).toContain(`{"${FINGERPRINTS.key}": {"S": "text:`);
    expect(page).toContain(`\`${CARD}\``);
    for (const field of Object.keys(ArticleCardSchema.shape)) expect(page).toContain(`\`${field}\``);
  });
});
