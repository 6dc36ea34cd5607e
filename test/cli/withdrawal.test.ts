import { describe, expect, it } from 'vitest';
import { renderWithdrawal } from '../../cli/render/withdrawal.ts';
import type { Withdrawal } from '../../functions/withdraw/withdraw.ts';

const at = '2026-03-01T08:00:00.000Z';

function purgeThatLeft(count: number): Withdrawal {
  const unread = Array.from({ length: count }, (_, i) => ({ object: 'uploads/latest.txt', version: `left${i}` }));
  const id = 'a'.repeat(32);
  const times = { withdrawnAt: at, restoredAt: null, firstSeenAt: at, updatedAt: at };
  const raw = { bucket: 'uploads', key: 'latest.txt', versionId: 'v9' };
  const said = { url: null, canonicalUrl: null, site: null, reason: null, revision: 1, heir: null };
  const tombstone = { id, ...said, ...times, purged: true, raw };
  return { tombstone, before: false, sameText: [], erased: { revisions: 0, bodies: 0 }, purged: 1, unread };
}

describe('what copydesk withdraw --purge says', () => {
  it('names the versions that stay because they may be of other articles, and what to do with them', () => {
    const said = renderWithdrawal(purgeThatLeft(2));
    expect(said).toContain('1 version of raw copies deleted.');
    expect(said).toMatch(/2 versions under the same keys .* delete-object/);
    expect(said).toContain('uploads/latest.txt left0\n');
    expect(said).toContain('uploads/latest.txt left1\n');
  });

  it('names twenty of very many, and says where the others are named', () => {
    const said = renderWithdrawal(purgeThatLeft(500));
    expect(said.match(/ left\d+\n/g)).toHaveLength(20);
    expect(said).toContain('and 480 more, which --json names.');
  });

  it('says nothing of versions where none stay', () => {
    expect(renderWithdrawal(purgeThatLeft(0))).not.toContain('same keys');
  });
});
