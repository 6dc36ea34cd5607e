import type { Tombstone } from '../../functions/article/tombstone.ts';
import type { Withdrawal } from '../../functions/withdraw/withdraw.ts';
import { printableLine } from './printable.ts';

/** Lines for versions that stay. */
const UNREAD_SHOWN = 20;

/** What was done, what is left, and what could be done about it. */
export function renderWithdrawal({ tombstone, before, sameText, erased, purged, unread }: Withdrawal): string {
  const lines = [
    before
      ? `${subject(tombstone)} was withdrawn already, on ${tombstone.withdrawnAt.slice(0, 10)}.`
      : `Withdrawn: ${subject(tombstone)}.`,
    `  ${count(erased.revisions, 'earlier revision')} and ${count(erased.bodies, 'object')} of the bodies bucket deleted.`,
    purged === null
      ? `  Its raw copies stay in the uploads bucket; --purge deletes them.`
      : `  ${count(purged, 'version')} of raw copies deleted.`,
  ];
  if (unread.length > 0) {
    lines.push(
      `  ${count(unread.length, 'version')} under the same keys gave no record and may be of other articles, so ${unread.length === 1 ? 'it stays' : 'they stay'}; look at each, and delete what is of this one with aws s3api delete-object --version-id:`,
      ...unread
        .slice(0, UNREAD_SHOWN)
        .map(({ object, version }) => `    ${printableLine(object)} ${printableLine(version)}`),
    );
    if (unread.length > UNREAD_SHOWN) lines.push(`    and ${unread.length - UNREAD_SHOWN} more, which --json names.`);
  }
  if (sameText.length > 0) {
    lines.push(
      `  The same text is still stored from elsewhere; to withdraw that too: copydesk withdraw ${sameText.join(' ')}`,
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}

export function renderRestoration(tombstone: Tombstone): string {
  return `${subject(tombstone)} may be ingested again: upload a copy of it, for example with \`copydesk put\`.\n`;
}

function subject({ id, canonicalUrl }: Tombstone): string {
  return canonicalUrl === null ? id : `${id} (${printableLine(canonicalUrl)})`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
