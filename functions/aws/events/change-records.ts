/** Reads what the streams of the tables deliver to a function. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { ArticleCard } from '../../article/card.ts';
import { isWithdrawn } from '../../article/tombstone.ts';
import type { Upload } from '../../article/upload.ts';
import { ARTICLES, CARD } from '../../names.ts';
import type { ArticleImage, Change, ChangeRecord } from '../../publish/ports.ts';
import { BODY_KEY, type Item, toStored } from '../articles/article-items.ts';
import { HEAD, toUpload } from '../uploads/upload-items.ts';

/** A stream delivered a record of a table that is none of ours. */
export class UnknownTableError extends Error {
  readonly code = 'UNKNOWN_TABLE';
  override readonly name = 'UnknownTableError';
}

export interface StreamTables {
  articlesTable: string;
  uploadsTable: string;
}

/** The records in the order of the stream, each to be read on its own: one that cannot be must not stop the others. */
export function changeRecords(records: readonly DynamoDBRecord[], tables: StreamTables): ChangeRecord[] {
  return records.map((record) => ({
    sequenceNumber: record.dynamodb?.SequenceNumber ?? '',
    item: `${tableOf(record)} ${JSON.stringify(record.dynamodb?.Keys ?? {})}`,
    read: () => readChange(record, tables),
  }));
}

function readChange(record: DynamoDBRecord, { articlesTable, uploadsTable }: StreamTables): Change {
  const { OldImage, NewImage, Keys = {}, ApproximateCreationDateTime = 0 } = record.dynamodb ?? {};
  const [before, after] = [itemOf(OldImage), itemOf(NewImage)];
  const table = tableOf(record);
  if (table === articlesTable) {
    return {
      kind: 'article',
      id: String(itemOf(Keys)?.[ARTICLES.key]),
      at: new Date(ApproximateCreationDateTime * 1000),
      before: before && toImage(before),
      after: after && toImage(after),
    };
  }
  if (table === uploadsTable) return { kind: 'upload', before: toUploadImage(before), after: toUploadImage(after) };
  throw new UnknownTableError(`A stream delivered a record of the table ${table}, which is not published from.`);
}

/** `arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/stream/LABEL` */
function tableOf({ eventSourceARN = '' }: DynamoDBRecord): string {
  return eventSourceARN.split('/')[1] ?? '';
}

// The types of the two packages differ, the data does not.
function itemOf(image: object | undefined): Item | null {
  return image ? unmarshall(image as Record<string, AttributeValue>) : null;
}

function toImage(item: Item): ArticleImage {
  const stored = toStored(item, null);
  if (isWithdrawn(stored)) return { kind: 'tombstone', tombstone: stored };
  const { text, blocks, images, embeds, links, ...record } = stored;
  const key = item[BODY_KEY] as string | undefined;
  return {
    kind: 'record',
    record,
    card: item[CARD] as ArticleCard,
    body: key === undefined ? { text, blocks, images, embeds, links } : { key },
  };
}

/** The row that names an object's newest version is no upload. */
function toUploadImage(item: Item | null): Upload | null {
  return item && item.version !== HEAD ? toUpload(item) : null;
}
