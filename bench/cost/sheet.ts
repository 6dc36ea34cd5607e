/** What a million articles cost, from counted units and the prices of prices.json. Dollars, without free tiers and taxes. */
import type { Counted } from './patterns.ts';
import data from './prices.json' with { type: 'json' };
import type { ScrapePattern } from './scrape-patterns.ts';

export type CountedAll = Counted & { scraping: readonly ScrapePattern[] };

export type Inputs = Pick<typeof data, 'prices' | 'assumptions'>;

export interface Line {
  what: string;
  /** How the amount came about. */
  amount: string;
  dollars: number;
}

export interface Sheet {
  /** Once, for ingesting a million new articles. */
  once: Line[];
  /** Every month, for keeping them. */
  monthly: Line[];
  /** For a million of each read. */
  reads: Line[];
}

const MILLION = 1e6;
const GIGABYTE = 2 ** 30;

export function costSheet({ patterns, bytesPerArticle }: Counted, { prices, assumptions }: Inputs = data): Sheet {
  const [fresh, ...others] = patterns;
  if (!fresh) throw new Error('Nothing was counted.');
  const { ingestMilliseconds, ingestMegabytes, publishMillisecondsPerEvent, publishMegabytes } = assumptions;
  const { messagesPerBatch, rawKilobytes, logBytes } = assumptions;
  const gigabyteSeconds = (milliseconds: number, megabytes: number) =>
    (MILLION * milliseconds * megabytes) / 1_000 / 1_024;
  const work = gigabyteSeconds(ingestMilliseconds, ingestMegabytes);
  const publishing = gigabyteSeconds(publishMillisecondsPerEvent, publishMegabytes);
  // S3 sends one message, and each is received and deleted, ten at a time at best.
  const messages = 1 + 2 / messagesPerBatch;
  const invocations = 2 / messagesPerBatch;
  const stored = (MILLION * bytesPerArticle) / GIGABYTE;
  const raw = (MILLION * rawKilobytes * 1_024) / GIGABYTE;
  const logs = (MILLION * logBytes) / GIGABYTE;
  const line = (what: string, amount: string, dollars: number): Line => ({ what, amount, dollars });
  return {
    once: [
      line(
        'DynamoDB writes',
        `${fresh.units.write} million units`,
        fresh.units.write * prices.dynamodbMillionWriteUnits,
      ),
      line('DynamoDB reads', `${fresh.units.read} million units`, fresh.units.read * prices.dynamodbMillionReadUnits),
      line('S3 uploads', '1 million puts', 1_000 * prices.s3ThousandPuts),
      line('S3 reads', '1 million gets', 1_000 * prices.s3ThousandGets),
      line('Queue', `${messages} million requests`, messages * prices.sqsMillionRequests),
      line('Functions, invoked', `${invocations} million times`, invocations * prices.lambdaMillionRequests),
      line('Functions, ingest', `${whole(work)} GB-s`, work * prices.lambdaArmGigabyteSecond),
      line('Functions, publish', `${whole(publishing)} GB-s`, publishing * prices.lambdaArmGigabyteSecond),
      line('Events', '1 million', prices.eventBridgeMillionEvents),
      line('Logs', `${logs.toFixed(2)} GB`, logs * prices.logsGigabyte),
    ],
    monthly: [
      line('Tables and indexes', `${stored.toFixed(1)} GB`, stored * prices.dynamodbGigabyteMonth),
      line('Point-in-time recovery', `${stored.toFixed(1)} GB at most`, stored * prices.dynamodbRecoveryGigabyteMonth),
      line('Raw copies', `${raw.toFixed(1)} GB`, raw * prices.s3GigabyteMonth),
    ],
    reads: others
      .filter(({ units }) => units.write === 0)
      .map(({ name, units: { read } }) => line(name, `${read} million units`, read * prices.dynamodbMillionReadUnits)),
  };
}

/** What stands between the marks of docs/record.md: reads alone. */
function renderReads({ patterns }: Counted): string {
  return table(
    ['access', 'read units'],
    patterns.filter(({ units }) => units.write === 0).map(({ name, units: { read } }) => [name, `${read}`]),
  );
}

export function renderPatterns({ patterns }: Counted): string {
  return table(
    ['access', 'read units', 'write units'],
    patterns.map(({ name, units: { read, write } }) => [name, `${read}`, `${write}`]),
  );
}

export function renderLines(lines: readonly Line[], isSum: boolean): string {
  const sum = lines.reduce((dollars, line) => dollars + line.dollars, 0);
  return table(
    ['', 'amount', data.currency],
    [
      ...lines.map(({ what, amount, dollars }) => [what, amount, dollars.toFixed(2)]),
      ...(isSum ? [['**together**', '', `**${sum.toFixed(2)}**`]] : []),
    ],
  );
}

export function renderInputs(): string {
  const { prices, assumptions } = data;
  return table(
    ['input', 'value'],
    Object.entries({ ...prices, ...assumptions }).map(([name, value]) => [`\`${name}\``, `${value}`]),
  );
}

/** For a thousand of each. */
export function renderScraping(scraping: readonly ScrapePattern[], { prices, assumptions }: Inputs = data): string {
  const { fetchMilliseconds, fetchMegabytes } = assumptions;
  return table(
    ['a thousand times', 'requests to sites', 'function runs', 'read units', 'write units', 'S3 puts', data.currency],
    scraping.map(({ name, requests, messages, units, puts }) => {
      const work = (messages * fetchMilliseconds * fetchMegabytes) / 1_024;
      const dollars =
        (units.read * prices.dynamodbMillionReadUnits + units.write * prices.dynamodbMillionWriteUnits) / 1_000 +
        puts * prices.s3ThousandPuts +
        work * prices.lambdaArmGigabyteSecond +
        (messages * (3 * prices.sqsMillionRequests + prices.lambdaMillionRequests)) / 1_000;
      const thousands = [requests, messages, units.read, units.write, puts].map((each) => whole(each * 1_000));
      return [name, ...thousands, dollars.toFixed(3)];
    }),
  );
}

/** What stands between the marks of each page, by mark. */
export function renderPages(counted: CountedAll): Record<string, Record<string, string>> {
  return { 'docs/cost.md': renderSections(counted), 'docs/record.md': { units: renderReads(counted) } };
}

function renderSections(counted: CountedAll): Record<string, string> {
  const { once, monthly, reads } = costSheet(counted);
  return {
    units: renderPatterns(counted),
    scraping: renderScraping(counted.scraping),
    once: renderLines(once, true),
    monthly: renderLines(monthly, true),
    reads: renderLines(reads, false),
    inputs: `List prices of ${data.region}, ${data.asOf}, in ${data.currency}, ${data.source}:\n\n${renderInputs()}`,
  };
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');
}
