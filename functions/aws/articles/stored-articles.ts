import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Stored } from '../../article/tombstone.ts';
import { ARTICLES } from '../../names.ts';
import { BodyMissingError } from '../errors.ts';
import { BODY_KEY, type Body, toStored } from './article-items.ts';
import type { Bodies } from './bodies.ts';

/** Items of the articles table with their bodies, wherever these lie. */
export interface StoredArticles {
  /** The record or its tombstone, strongly consistent; null where there is neither. */
  read(id: string): Promise<Stored | null>;
  /** The same, with an empty body where that lies in the bodies bucket. */
  readHead(id: string): Promise<Stored | null>;
  /** The same for an item at hand; null where it is gone by now. */
  ofItem(item: Record<string, unknown>): Promise<Stored | null>;
}

/** Tries at an item whose body is gone: it was withdrawn or revised in between, which cannot go on for ever. */
const TRIES = 4;

const NO_BODY: Body = { text: '', blocks: [], images: [], embeds: [], links: [] };

/** @throws BodyMissingError where a body is missing that the item still names, by either function */
export function storedArticles(
  documents: DynamoDBDocumentClient,
  bodies: Pick<Bodies, 'get'>,
  articlesTable: string,
): StoredArticles {
  async function itemOf(id: string): Promise<Record<string, unknown> | null> {
    const key = { [ARTICLES.key]: id };
    const { Item } = await documents.send(new GetCommand({ TableName: articlesTable, Key: key, ConsistentRead: true }));
    return Item ?? null;
  }

  async function ofItem(first: Record<string, unknown>): Promise<Stored | null> {
    let item: Record<string, unknown> | null = first;
    for (let tries = 1; item !== null; tries++) {
      const id = item[ARTICLES.key] as string;
      const key = item[BODY_KEY] as string | undefined;
      if (key === undefined) return toStored(item, null);
      try {
        return toStored(item, (await bodies.get(id, key)) as Body);
      } catch (error) {
        if (!(error instanceof BodyMissingError)) throw error;
        const now = await itemOf(id);
        if (tries === TRIES || now?.[BODY_KEY] === key) throw error;
        item = now;
      }
    }
    return null;
  }

  return {
    ofItem,
    async readHead(id) {
      const item = await itemOf(id);
      return item && toStored(item, item[BODY_KEY] === undefined ? null : NO_BODY);
    },
    async read(id) {
      const item = await itemOf(id);
      return item === null ? null : ofItem(item);
    },
  };
}
