import { describe, expect, it } from 'vitest';
import type { Revision } from '../../../functions/article/revision.ts';
import { BODY_KEY, INLINE_BYTES } from '../../../functions/aws/articles/article-items.ts';
import { itemSize } from '../../../functions/aws/articles/item-size.ts';
import { toRevision, toRevisionItem } from '../../../functions/aws/articles/revision-items.ts';

function revision(text: string): Revision {
  const raw = { bucket: 'b', key: 'k', versionId: 'v', etag: 'e', bytes: 1, mediaType: 'text/plain', charset: 'utf-8' };
  const at = '2026-03-01T08:00:00.000Z';
  const before = { title: '号外', text, contentHash: 'c'.repeat(64), updatedAt: at, engineVersion: '1.0.0', raw };
  return { id: 'a'.repeat(32), revision: 2, at, changed: ['text'], before };
}

describe('the item of a revision', () => {
  it('holds the text before it up to a size counted in bytes, and not a byte more', () => {
    // Three bytes a character, and one to come out even.
    const room = INLINE_BYTES - 1 - itemSize(toRevisionItem(revision('')).item);
    const most = revision('新'.repeat(Math.floor(room / 3)) + 'x'.repeat(room % 3));
    const inline = toRevisionItem(most);
    expect(itemSize(inline.item)).toBe(INLINE_BYTES - 1);
    expect(inline.spilled).toBeNull();
    expect(toRevision(inline.item, null)).toEqual(most);

    const over = revision(`${most.before.text}x`);
    const { item, spilled } = toRevisionItem(over);
    expect(itemSize(item)).toBeLessThan(2_000);
    expect(spilled?.key).toBe(item[BODY_KEY]);
    expect(spilled?.key).toMatch(new RegExp(`^articles/${over.id}/revisions/[0-9a-f]{64}\\.json$`));
    expect(JSON.stringify(item)).not.toContain('新');
    expect(toRevision(item, JSON.parse(spilled?.json ?? 'null'))).toEqual(over);
  });

  it('spills a text of four-byte characters at a quarter as many', () => {
    const quarter = Math.floor(INLINE_BYTES / 4);
    expect(toRevisionItem(revision('😀'.repeat(quarter))).spilled).not.toBeNull();
    expect(toRevisionItem(revision('😀'.repeat(quarter - 500))).spilled).toBeNull();
  });
});
