/** What discover and fetch say to each other through the fetch queue. */
import { z } from 'zod';

const redirects = z
  .array(z.object({ status: z.int(), from: z.string(), to: z.string() }))
  .max(20)
  .describe('redirects taken so far: a redirect to another host goes on as a message to that host');

const work = [
  /** Read a source's listing. */
  z.object({ kind: z.literal('listing'), sourceId: z.string(), url: z.string(), redirects }),
  /** Read one of the site maps that a source's site map index names. */
  z.object({
    kind: z.literal('child'),
    sourceId: z.string(),
    addedAt: z.string().describe('with `settledAt` the watch that it is read for, as the row of the source says'),
    settledAt: z.string().nullable(),
    url: z.string(),
    modifiedAt: z.string().nullable().describe('time of change that the index gives it'),
    again: z.boolean().default(false).describe('whether pages of it that could not be had are tried at once'),
    depth: z.int().min(1).describe('1 for those that the source itself names: an index may name another'),
    redirects,
  }),
  /** Fetch an article's page. */
  z.object({ kind: z.literal('page'), page: z.string(), url: z.string(), redirects }),
] as const;

const RobotsMessageSchema = z.object({
  kind: z.literal('robots'),
  origin: z.string().describe('whose robots.txt it is'),
  url: z.string().describe('where its redirects lead: at another host, in whose turn it is asked for'),
  hops: z.int().min(1).describe('hosts asked before'),
  waiting: z.discriminatedUnion('kind', work).describe('the message that waits for it, sent on once it is known'),
});
export type RobotsMessage = z.infer<typeof RobotsMessageSchema>;

export const FetchMessageSchema = z.discriminatedUnion('kind', [...work, RobotsMessageSchema]);
/** Work for one host. What it asks for is done only while the source's or page's row says that it is due. */
export type FetchMessage = z.infer<typeof FetchMessageSchema>;

/** @throws SyntaxError, z.ZodError where the body is no message of ours */
export function parseFetchMessage(body: string): FetchMessage {
  return FetchMessageSchema.parse(JSON.parse(body));
}
