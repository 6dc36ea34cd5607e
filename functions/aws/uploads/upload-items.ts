/**
 * Items of the uploads table: one row per object version, and one per object that names its newest version.
 */
import type { Upload, UploadStatus } from '../../article/upload.ts';
import type { Head, UploadRow } from '../../ingest/ports.ts';
import { UPLOADS } from '../../names.ts';

/** Sort key of the row that names an object's newest version; no version id of S3 holds an at sign. */
export const HEAD = '@latest';

type Item = Record<string, unknown>;

export function statusDay(status: UploadStatus, updatedAt: string): string {
  return `${status}#${updatedAt.slice(0, 10)}`;
}

export function toUploadItem(row: UploadRow): Item {
  const { lease, ...upload } = row;
  return {
    ...upload,
    [UPLOADS.byStatus.key]: statusDay(row.status, row.updatedAt),
    ...(lease === null ? {} : { lease }),
  };
}

export function toUploadRow(item: Item): UploadRow {
  const { [UPLOADS.byStatus.key]: _day, lease, ...upload } = item;
  return { ...(upload as Upload), lease: (lease as string | undefined) ?? null };
}

export function toUpload(item: Item): Upload {
  const { lease: _lease, leftText: _left, ...upload } = toUploadRow(item);
  return upload;
}

/** In the head row, the article without an address that a version of the object last made. */
export const LINEAGE = 'lineage';

export function toHead(item: Item): Head {
  return { version: item.newestVersion as string, sequencer: (item.sequencer as string | undefined) ?? null };
}
