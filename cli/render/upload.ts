import type { Tombstone } from '../../functions/article/tombstone.ts';
import type { Upload, UploadStatus } from '../../functions/article/upload.ts';
import { keyIn } from '../api/object-key.ts';
import { COUNTED, type StatusCount } from '../api/status.ts';
import type { Io, Out } from '../io.ts';
import { printableLine } from './printable.ts';
import { type Style, styleFor } from './style.ts';
import { renderTable } from './table.ts';

const COLOURS = {
  processing: 'cyan',
  ingested: 'green',
  unchanged: 'dim',
  duplicate: 'yellow',
  superseded: 'dim',
  rejected: 'red',
  failed: 'red',
} as const satisfies Record<UploadStatus, string>;

const isStatus = (text: string): text is UploadStatus => Object.hasOwn(COLOURS, text);
const colouredStatus = (style: Style, status: UploadStatus) => style(COLOURS[status], status);

/** To the second: uploads follow each other closely. */
const renderInstant = (instant: string) => `${instant.slice(0, 19).replace('T', ' ')}Z`;

/** Every version of one object: status, when, why, and the articles it gave, with those that were `withdrawn` by id. */
export function renderVersions(
  uploads: readonly Upload[],
  withdrawn: ReadonlyMap<string, Tombstone>,
  out: Out,
  env: Io['env'],
): string {
  const style = styleFor(out, env);
  const lines = [style('bold', printableLine(keyIn(uploads[0]?.object ?? '')))];
  for (const upload of uploads) {
    const status = colouredStatus(style, upload.status);
    const took = upload.durationMs === null ? '' : `, ${Math.round(upload.durationMs)} ms`;
    const tries = upload.attempts > 1 ? `, attempt ${upload.attempts}` : '';
    lines.push(
      `  ${status}  ${renderInstant(upload.updatedAt)}${took}${tries}  version ${printableLine(upload.version)}`,
    );
    if (upload.reason !== null || upload.detail !== null) {
      lines.push(
        `    ${[upload.reason, upload.detail]
          .filter((part) => part !== null)
          .map(printableLine)
          .join(' ')}`,
      );
    }
    for (const id of upload.articleIds) lines.push(`    article ${printableLine(id)}${renderEnd(withdrawn.get(id))}`);
  }
  return `${lines.join('\n')}\n`;
}

/** An upload keeps its status; that its article was taken back since is the article's to say. */
function renderEnd(tombstone: Tombstone | undefined): string {
  if (!tombstone) return '';
  const purged = tombstone.purged ? ', and its raw copies deleted' : '';
  return `, withdrawn on ${tombstone.withdrawnAt.slice(0, 10)}${purged}`;
}

/** The articles of an upload; none where it was rejected, though a copy of a withdrawn article names it. */
export function renderArticles({ articleIds, reason }: Upload): string {
  return reason === null ? articleIds.join(' ') : '';
}

/** Why an upload gave no article or repeats another, and what to do. */
export function renderReason({ status, reason, detail }: Upload): string {
  // That it says the same is what the status says.
  return status === 'unchanged' ? '' : [reason, detail].filter((part) => part !== null).join(' ');
}

/** Uploads as a table, with the sentence that says why below. */
export function renderUploads(uploads: readonly Upload[], out: Out, env: Io['env']): string {
  const style = styleFor(out, env);
  return renderTable(
    [{ heading: 'key', flexible: true }, { heading: 'status' }, { heading: 'changed' }, { heading: 'article' }],
    uploads.map((upload) => [
      keyIn(upload.object),
      upload.status,
      renderInstant(upload.updatedAt),
      renderArticles(upload),
    ]),
    out,
    env,
    (cell, column) => (column === 1 && isStatus(cell) ? colouredStatus(style, cell) : cell),
    uploads.map(renderReason),
  );
}

/** How many uploads each status has, and which changed last. */
export function renderCounts(counts: readonly StatusCount[], out: Out, env: Io['env']): string {
  const rows = counts.map(({ status, count, more, latest: [last] }) => [
    status,
    more ? `over ${COUNTED}` : String(count),
    last ? renderInstant(last.updatedAt) : '',
    last ? keyIn(last.object) : '',
  ]);
  return renderTable(
    [{ heading: 'status' }, { heading: 'uploads' }, { heading: 'last change' }, { heading: 'key', flexible: true }],
    rows,
    out,
    env,
  );
}
