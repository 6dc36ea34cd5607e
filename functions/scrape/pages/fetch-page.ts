/** Fetching an article's page: what is new goes into the uploads bucket, and the page's row says what comes next. */

import { createHash } from 'node:crypto';
import { siteOf } from '../../article/canonical-url.ts';
import { MINUTE_MS } from '../../article/durations.ts';
import type { AnswerHints, CopyHints } from '../../article/feed-hints.ts';
import { fetchedKey } from '../../article/fetched-keys.ts';
import { hostOf, keepManners, planned } from '../hosts/manners.ts';
import { type FetchSettings, type PoliteAnswer, politeGet } from '../hosts/polite-get.ts';
import type { HttpFailure } from '../http.ts';
import type { FetchMessage } from '../message.ts';
import { answerHints, optOut } from '../opt-outs/opt-outs.ts';
import { done, type FetchOutcome, whither } from '../outcome.ts';
import { onward, underWayFor } from '../outgoing.ts';
import type { Page, Ports, Source } from '../ports.ts';
import { validators } from '../readings/http-time.ts';
import { owners } from '../readings/owners.ts';
import { refusal } from '../readings/read-source.ts';
import type { At } from '../readings/reading.ts';
import { isToldAnew } from '../readings/said.ts';
import { productTokenOf } from '../robots/robots-txt.ts';
import { fingerprintOf } from './fingerprint.ts';
import { claimTarget, isAway, isForNow, leadsToKnown } from './led-elsewhere.ts';
import { idOf } from './page-id.ts';
import {
  type Copy,
  disallowedPage,
  failedPage,
  fetched,
  limitedPage,
  orphaned,
  postponed,
  putOffPage,
  refusedPage,
  resting,
  settled,
} from './page-states.ts';
import { isToBeReadWhole } from './recheck.ts';
import { change, giveUp, tellOfSuccess } from './tell-source.ts';
import { unfitness } from './unfit.ts';

/** Milliseconds for which a page may wait in the queue; what is behind it waits as long. */
const LONGEST_QUEUED_MS = 5 * MINUTE_MS;
/** Milliseconds since a host might be asked again after which it is not busy. */
const BUSY_MS = MINUTE_MS;
const PAGE_ACCEPT = 'text/html, application/xhtml+xml;q=0.9, text/plain;q=0.8, */*;q=0.1';

export interface PageSettings extends FetchSettings {
  /** What ingest takes: larger pages would be rejected there. Bytes. */
  maxObjectBytes: number;
}

type Response = Extract<PoliteAnswer, { kind: 'response' }>;

export async function fetchPage(
  message: FetchMessage & { kind: 'page' },
  settings: PageSettings,
  ports: Ports,
): Promise<FetchOutcome> {
  const page = await ports.pages.read(message.page);
  if (!page || !isWanted(page, ports.now())) return done('nothing');
  const source = await owners(ports)(page);
  if (!source) {
    await change(page, ports, orphaned);
    return done('refused', 'Its source was removed.');
  }
  if (source.state === 'paused') {
    await change(page, ports, (row) => resting(row, source, ports.now()));
    return done('refused', 'Its source is paused.');
  }

  if (message.redirects.length === 0 && (await waitedTooLong(page, ports))) return planAnew(page, settings, ports);

  const isWhole = isToBeReadWhole(page, ports.now());
  const answer = await politeGet(
    {
      url: message.url,
      accept: PAGE_ACCEPT,
      etag: isWhole ? null : page.etag,
      lastModified: isWhole ? null : page.lastModified,
      maxBytes: settings.maxObjectBytes,
      redirects: message.redirects,
      forPage: true,
      obeyOptOuts: source.obeyOptOuts,
      mayFollow: async (to) => {
        const id = idOf(to);
        return id === null || id === page.page || (await ports.pages.read(id)) === null;
      },
    },
    settings,
    ports,
  );
  const at: At = { now: ports.now(), random: ports.random() };

  switch (answer.kind) {
    case 'later':
      return answer;
    case 'postponed':
      await giveUp(page, source, answer.reason, ports, (row) =>
        postponed(row, answer.until, answer.reason, ports.now()),
      );
      return done('postponed', answer.reason);
    case 'disallowed':
      await giveUp(page, source, answer.reason, ports, (row) =>
        answer.unread
          ? failedPage(row, answer.reason, answer.until.toISOString(), source, at)
          : disallowedPage(row, answer.reason, source, ports.now()),
      );
      return done('refused', answer.reason);
    case 'elsewhere':
      await ports.queue.send([onward(message, answer, page.revision)]);
      return done('forwarded', whither(message.url, answer));
    case 'unwanted':
      return leadsToKnown(page, source, answer, ports);
    case 'failed':
      await giveUp(page, source, answer.detail, ports, (row) =>
        FINAL_FAILURES.has(answer.code)
          ? settled(row, answer.detail)
          : failedPage(row, answer.detail, null, source, at),
      );
      return done('failed', answer.detail);
    case 'response':
      return takeAnswer(page, source, answer, productTokenOf(settings.userAgent), ports, at);
  }
}

/**
 * Whether it waited for a host that was asked all the while. One whose function ended half-way, so that its message comes
 * again late, is tried again at once: should that be its own doing, it is a dead letter in the end.
 */
async function waitedTooLong(page: Page, { hosts, now }: Pick<Ports, 'hosts' | 'now'>): Promise<boolean> {
  if (underWayFor(page, now()) <= LONGEST_QUEUED_MS) return false;
  const { notBefore } = (await hosts.read(hostOf(page.url))) ?? {};
  return Date.parse(notBefore ?? '') > now().getTime() - BUSY_MS;
}

/**
 * A host takes longer than was planned, as one whose Crawl-delay nobody knew yet: a page that waited too long behind others
 * gets another time, by what is known now, so that listings of that host need not wait behind all of them.
 */
async function planAnew(page: Page, { delaySeconds }: FetchSettings, ports: Ports): Promise<FetchOutcome> {
  const now = ports.now();
  const host = await keepManners(ports, hostOf(page.url), (row) => planned(row, page.url, delaySeconds, now));
  const until = new Date(host.plannedUntil ?? now);
  await change(page, ports, (row) => putOffPage(row, until, row.problem));
  return done(
    'postponed',
    `${host.host} takes longer than was planned: ${page.url} is asked for at ${until.toISOString()}.`,
  );
}

/** Due, or under way to be so: where those before it took no turn of their host, it is there before its time. */
function isWanted({ dueAt, leaseUntil }: Page, now: Date): boolean {
  return dueAt !== null && (leaseUntil !== null || dueAt <= now.toISOString());
}

async function takeAnswer(
  page: Page,
  source: Source,
  answer: Response,
  productToken: string,
  ports: Ports,
  at: At,
): Promise<FetchOutcome> {
  const { status, headers, body } = answer;
  if (status === 304 && page.fetchedAt !== null) {
    const copy = { url: answer.url, ...validators(headers), body: null };
    await change(page, ports, (row) => fetched(row, copy, source, at.now));
    return done('unchanged');
  }
  if (status !== 200 || (body.length === 0 && !(await isInFeed(page, ports))))
    return lost(page, source, answer, ports, at);
  const asked = answerHints(answer, answer.tdmRules, productToken, at.now);
  const staysOut = source.obeyOptOuts ? optOut(answer, asked, productToken, at.now) : null;
  const unfit = unfitness(page, answer);
  const refused = unfit ?? (staysOut && `${answer.url}: ${staysOut}.`);
  if (refused) {
    await giveUp(page, source, refused, ports, (row) => ({ ...settled(row, refused), leftAlone: unfit === null }));
    return done('refused', refused);
  }
  const id = idOf(answer.url) as string;
  if (id === page.page) return store(page, source, answer, asked, ports, at);
  if (page.fetchedAt !== null && isForNow(answer)) return isAway(page, source, answer.url, ports);
  const target = await claimTarget(page, source, id, answer, ports, at.now);
  if (!target) return done('moved', `${page.url} redirects to ${answer.url}, which is known already.`);
  return store(target, source, answer, asked, ports, at);
}

/**
 * Whether an empty page has its text in the feed, and may stand for it: never in the place of a copy that had something.
 */
async function isInFeed({ hints, bodyHash }: Page, ports: Pick<Ports, 'hints'>): Promise<boolean> {
  if (hints === null || (bodyHash !== null && bodyHash !== EMPTY_HASH)) return false;
  return ((await ports.hints.read(hints))?.feed?.content ?? null) !== null;
}

const EMPTY_HASH = createHash('sha256').digest('hex');

async function lost(page: Page, source: Source, answer: Response, ports: Ports, at: At): Promise<FetchOutcome> {
  const { status } = answer;
  const { problem, notBefore } =
    status === 200
      ? { problem: `${answer.url} answered with an empty page.`, notBefore: null }
      : await refusal(answer, ports);
  await giveUp(page, source, problem, ports, (row) => {
    if (status === 429) return limitedPage(row, problem, notBefore, source, at);
    if (status === 404) return refusedPage(row, problem, 'absent', source, at);
    // Where its host rests for it, it is as any other failure of that.
    if (status === 403 && notBefore === null) return refusedPage(row, problem, 'forbidden', source, at);
    return FINAL.has(status) ? settled(row, problem) : failedPage(row, problem, notBefore, source, at);
  });
  return done('failed', problem);
}

/** Answers that trying again does not change: a login, a price, gone, no such method, the law. */
const FINAL = new Set([401, 402, 405, 406, 410, 451]);

/** Failures likewise. */
const FINAL_FAILURES = new Set<HttpFailure>(['BAD_URL', 'FORBIDDEN_ADDRESS', 'TOO_LARGE', 'TOO_MANY_REDIRECTS']);

async function store(
  page: Page,
  source: Source,
  answer: Response,
  asked: AnswerHints | null,
  ports: Ports,
  at: At,
): Promise<FetchOutcome> {
  const { headers, body, url } = answer;
  const copy = copyOf(page, body);
  const isNew = copy.changed || isToldAnew(page);
  if (isNew) {
    await ports.raw.put({
      key: fetchedKey(siteOf(url), page.page),
      body,
      contentType: headers['content-type'] ?? null,
      url,
      // Of the first, whoever has it fetched by now.
      sourceId: page.sourceId ?? source.id,
      fetchedAt: at.now,
      hints: await hintsWith(page, source, asked, ports),
    });
  }
  const uploaded = isNew ? { uploadedWith: page.hints } : {};
  const taken = { url, ...validators(headers), body: copy, ...uploaded };
  await change(page, ports, (row) => fetched(row, taken, source, at.now));
  await tellOfSuccess(page, source, ports);
  return done(isNew ? 'stored' : 'unchanged');
}

/** Whether it is another page than the copy that was uploaded last, by what is seen of it. */
function copyOf({ bodyHash, fingerprint }: Page, body: Uint8Array): NonNullable<Copy['body']> {
  const hash = createHash('sha256').update(body).digest('hex');
  if (hash === bodyHash) return { hash, fingerprint, changed: false };
  const seen = fingerprintOf(body);
  return { hash, fingerprint: seen, changed: seen === null || seen !== fingerprint };
}

/** What is said of the article, what its answer asks of machines, and its source's label: one document. */
async function hintsWith(
  { page, hints: key }: Page,
  { section }: Source,
  answer: AnswerHints | null,
  { hints }: Pick<Ports, 'hints'>,
): Promise<string | null> {
  if (answer === null && section === null) return key;
  const said = (key === null ? null : await hints.read(key)) ?? NOTHING_SAID;
  // Who knows more of it need not be the source that has the label.
  const labelled = { ...said, section: said.section ?? section };
  return answer === null && labelled.section === said.section ? key : hints.put(page, { ...labelled, answer });
}

const NOTHING_SAID: CopyHints = { feed: null, feedUrl: null, section: null, answer: null };
