import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ArticleRecord } from '../article/record.ts';
import type { Articles, Commit, CommitOutcome } from '../ingest/ports.ts';
import { ARTICLES, FINGERPRINTS, UPLOADS } from '../names.ts';
import { BODY_KEY, type Body, toArticle, toArticleItem } from './article-items.ts';
import { BodyMissingError } from './errors.ts';
import { decodeCursor, encodeCursor, type Page } from './page.ts';
import { type TransactItem, transact } from './transaction.ts';
import { HEAD, toUploadItem } from './upload-items.ts';
import { heldBy } from './upload-ledger.ts';

/** What lists show: the attributes the indexes project. */
export interface ArticleCard {
  id: string;
  /** Known in lists by site; lists by day hold it too. */
  site: string | null;
  sortAt: string;
  title: string | null;
  canonicalUrl: string | null;
  siteName: string | null;
  sectionLabel: string | null;
  /** The first few, cut where they are long. */
  authorNames: string[];
  publishedAt: string | null;
  language: string | null;
  wordCount: number;
  duplicateOf: string | null;
}

export interface CardListOptions {
  /** Items of a page, 100 unless given. */
  limit?: number;
  /** From the page before. */
  cursor?: string | null;
}

export interface SiteListOptions extends CardListOptions {
  /** Bounds of sortAt, both included: an instant or the beginning of one, such as a day. */
  since?: string;
  until?: string;
}

/** Articles with their bodies, wherever these lie. */
export interface ArticleStore extends Articles {
  /** Newest first by sortAt. */
  listBySite(site: string, options?: SiteListOptions): Promise<Page<ArticleCard>>;
  /** Across all sites, newest first by sortAt; duplicates are left out. @param day `YYYY-MM-DD` in UTC */
  listByDay(day: string, options?: CardListOptions): Promise<Page<ArticleCard>>;
}

export interface ArticleStoreNames {
  articlesTable: string;
  fingerprintsTable: string;
  uploadsTable: string;
  bodiesBucket: string;
}

const PAGE = 100;

export function articleStore(documents: DynamoDBDocumentClient, s3: S3Client, names: ArticleStoreNames): ArticleStore {
  const { articlesTable, fingerprintsTable, uploadsTable, bodiesBucket } = names;

  async function readBody(id: string, key: string): Promise<Body> {
    const answer = await s3.send(new GetObjectCommand({ Bucket: bodiesBucket, Key: key })).catch((error) => {
      if (error instanceof NoSuchKey) throw new BodyMissingError(id, key);
      throw error;
    });
    return JSON.parse((await answer.Body?.transformToString('utf-8')) ?? 'null') as Body;
  }

  return {
    async get(id) {
      const { Item } = await documents.send(
        new GetCommand({ TableName: articlesTable, Key: { [ARTICLES.key]: id }, ConsistentRead: true }),
      );
      if (!Item) return null;
      const bodyKey = Item[BODY_KEY] as string | undefined;
      return toArticle(Item, bodyKey === undefined ? null : await readBody(id, bodyKey));
    },

    async firstWithText(contentHash) {
      const { Item } = await documents.send(
        new GetCommand({
          TableName: fingerprintsTable,
          Key: { [FINGERPRINTS.key]: textFingerprint(contentHash) },
          ConsistentRead: true,
        }),
      );
      return (Item?.id as string | undefined) ?? null;
    },

    async commit(commit: Commit): Promise<CommitOutcome> {
      const { article, was, firstWithText, row, lease } = commit;
      const { item, spilled } = toArticleItem(article);
      if (spilled) {
        // Before the item that points to it: a crash in between leaves an object nobody points to, never the reverse.
        await s3.send(
          new PutObjectCommand({
            Bucket: bodiesBucket,
            Key: spilled.key,
            Body: spilled.json,
            ContentType: 'application/json',
          }),
        );
      }
      const items: TransactItem[] = [
        { Put: { TableName: uploadsTable, Item: toUploadItem(row), ...heldBy(lease) } },
        {
          ConditionCheck: {
            TableName: uploadsTable,
            Key: { [UPLOADS.key]: row.object, [UPLOADS.sort]: HEAD },
            ConditionExpression: '#newest = :version',
            ExpressionAttributeNames: { '#newest': 'newestVersion' },
            ExpressionAttributeValues: { ':version': row.version },
          },
        },
        { Put: { TableName: articlesTable, Item: item, ...unchangedArticle(was) } },
      ];
      if (firstWithText) {
        items.push({
          Put: {
            TableName: fingerprintsTable,
            Item: { [FINGERPRINTS.key]: textFingerprint(article.contentHash), id: article.id },
            ...unchangedFirst(firstWithText.was),
          },
        });
      }
      const verdicts = await transact(documents, items);
      if (!verdicts) return 'committed';
      const [statusRow, head] = verdicts;
      if (statusRow === 'condition') return 'lease-lost';
      if (head === 'condition') return 'newer-version';
      return 'conflict';
    },

    async listBySite(site, { since, until, limit = PAGE, cursor = null } = {}) {
      // '~' sorts after every character of an instant, so a day's name as the upper bound takes in that day.
      const range = since === undefined && until === undefined ? '' : ' AND #sort BETWEEN :since AND :until';
      const page = await documents.send(
        new QueryCommand({
          TableName: articlesTable,
          IndexName: ARTICLES.bySite.index,
          KeyConditionExpression: `#site = :site${range}`,
          ExpressionAttributeNames: {
            '#site': ARTICLES.bySite.key,
            ...(range ? { '#sort': ARTICLES.bySite.sort } : {}),
          },
          ExpressionAttributeValues: {
            ':site': site,
            ...(range ? { ':since': since ?? '0', ':until': `${until ?? ''}~` } : {}),
          },
          ScanIndexForward: false,
          Limit: limit,
          ...(cursor ? { ExclusiveStartKey: decodeCursor(cursor) as Record<string, unknown> } : {}),
        }),
      );
      return {
        items: (page.Items ?? []).map(toCard),
        cursor: page.LastEvaluatedKey ? encodeCursor(page.LastEvaluatedKey) : null,
      };
    },

    async listByDay(day, { limit = PAGE, cursor = null } = {}) {
      const starts = cursor
        ? (decodeCursor(cursor) as ShardStart[])
        : Array<ShardStart>(ARTICLES.byDay.shards).fill({});
      const shards = await Promise.all(
        starts.map(async (start, shard) => {
          if (start.done) return { cards: [], more: false };
          const page = await documents.send(
            new QueryCommand({
              TableName: articlesTable,
              IndexName: ARTICLES.byDay.index,
              KeyConditionExpression: '#shard = :shard',
              ExpressionAttributeNames: { '#shard': ARTICLES.byDay.key },
              ExpressionAttributeValues: { ':shard': `${day}#${shard}` },
              ScanIndexForward: false,
              Limit: limit,
              ...(start.after
                ? { ExclusiveStartKey: { ...start.after, [ARTICLES.byDay.key]: `${day}#${shard}` } }
                : {}),
            }),
          );
          return { cards: (page.Items ?? []).map(toCard), more: page.LastEvaluatedKey !== undefined };
        }),
      );

      const taken = shards.map(() => 0);
      const cards: ArticleCard[] = [];
      while (cards.length < limit) {
        let newest: { card: ArticleCard; shard: number } | null = null;
        for (const [shard, { cards: rest }] of shards.entries()) {
          const card = rest[taken[shard] ?? 0];
          if (card && (!newest || card.sortAt > newest.card.sortAt)) newest = { card, shard };
        }
        if (!newest) break;
        cards.push(newest.card);
        taken[newest.shard] = (taken[newest.shard] ?? 0) + 1;
      }

      const next = shards.map(({ cards: found, more }, shard): ShardStart => {
        const count = taken[shard] ?? 0;
        if (count === found.length && !more) return { done: true };
        const last = found[count - 1];
        return last ? { after: { id: last.id, sortAt: last.sortAt } } : (starts[shard] ?? {});
      });
      return { items: cards, cursor: next.every((start) => start.done) ? null : encodeCursor(next) };
    },
  };
}

/** Where the next page starts in one shard of a day. */
interface ShardStart {
  after?: { id: string; sortAt: string };
  done?: true;
}

function textFingerprint(contentHash: string): string {
  return `text:${contentHash}`;
}

function toCard(item: Record<string, unknown>): ArticleCard {
  const { [ARTICLES.byDay.key]: _shard, ...card } = item;
  return { ...card, site: card.site ?? null } as ArticleCard;
}

/** The revision stays when only a description changes, the time of the last change never does. */
function unchangedArticle(was: ArticleRecord | null) {
  if (!was) {
    return { ConditionExpression: 'attribute_not_exists(#id)', ExpressionAttributeNames: { '#id': ARTICLES.key } };
  }
  return {
    ConditionExpression: '#updatedAt = :updatedAt AND #revision = :revision',
    ExpressionAttributeNames: { '#updatedAt': 'updatedAt', '#revision': 'revision' },
    ExpressionAttributeValues: { ':updatedAt': was.updatedAt, ':revision': was.revision },
  };
}

/** @param was the id that was read as the first with the text */
function unchangedFirst(was: string | null) {
  if (was === null) {
    return {
      ConditionExpression: 'attribute_not_exists(#fingerprint)',
      ExpressionAttributeNames: { '#fingerprint': FINGERPRINTS.key },
    };
  }
  return {
    ConditionExpression: '#id = :was',
    ExpressionAttributeNames: { '#id': 'id' },
    ExpressionAttributeValues: { ':was': was },
  };
}
