/** What became of the files, for people and for programs. */
import path from 'node:path';
import type { Io, Out } from '../cli/io.ts';
import { renderProblem } from '../cli/render/problem.ts';
import { renderPublished } from '../cli/render/record.ts';
import { type Column, renderTable } from '../cli/render/table.ts';
import { renderJson } from '../functions/article/render/json.ts';
import { apiAddress } from '../functions/aws/stack/api-address.ts';
import type { StackOutputs } from '../functions/aws/stack/stack-outputs.ts';
import { LOCAL_REGION } from '../functions/aws/stack/target.ts';
import { ARTICLES } from '../functions/names.ts';
import { census } from '../functions/scrape/sources/health.ts';
import type { Source } from '../functions/scrape/sources/source.ts';
import { DEFAULT_DATA_FOLDER } from './announcement.ts';
import type { Ingested } from './ingestion.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'file', flexible: true },
  { heading: 'status' },
  { heading: 'title', flexible: true },
  { heading: 'section', flexible: true },
  { heading: 'site' },
  { heading: 'published' },
  { heading: 'words' },
];

/** One line a file. */
export function renderIngested(ingested: readonly Ingested[], out: Out, env: Io['env']): string {
  const rows = ingested.map(({ file, upload, article }) => [
    file,
    upload?.status ?? 'no status yet',
    // What has no title has a reason, and a line must fit a terminal.
    article?.title ?? upload?.reason ?? '',
    article?.section?.label ?? '',
    article?.site ?? '',
    article ? renderPublished(article.publishedAt, article.datePrecision) : '',
    article ? String(article.wordCount) : '',
  ]);
  return renderTable(COLUMNS, rows, out, env);
}

/** A sentence for every file that has no record, saying what to do. */
export function renderProblems(ingested: readonly Ingested[], out: Out, env: Io['env']): string {
  return ingested
    .filter(({ upload }) => upload?.status === 'rejected' || upload?.status === 'failed')
    .map(({ file, upload }) =>
      renderProblem(
        { name: file, code: upload?.reason ?? 'FAILED', detail: upload?.detail ?? 'See its log.' },
        out,
        env,
      ),
    )
    .join('');
}

/** A list with everything known of each file. */
export function ingestedJson(ingested: readonly Ingested[]): string {
  return `${renderJson(ingested, 2)}\n`;
}

/** One line on what is watched, or on how to watch something. */
export function renderWatched(sources: readonly Source[], now: Date, data: string): string {
  if (sources.length === 0) {
    return `\nNo sources are watched. To fetch what is new on a site: npx copydesk sources add https://example.org/${data}\n`;
  }
  const counts = Object.entries(census(sources, now)).filter(([, count]) => count > 0);
  const healths = counts.map(([health, count]) => `${count} ${health}`).join(', ');
  return `\nSources are read every minute that they are due (${healths}): npx copydesk sources list${data}\n`;
}

/** How the command line names the stack that keeps its data here: not at all where it finds it by itself. */
export function dataOption(dataFolder: string, project: string): string {
  return dataFolder === path.join(project, DEFAULT_DATA_FOLDER) ? '' : ` --data ${shellWord(dataFolder)}`;
}

/**
 * Commands that work as they stand, with the names of this stack.
 *
 * @param data what {@link dataOption} says of its folder
 */
export function renderNextSteps(
  endpoint: string,
  outputs: StackOutputs,
  ingested: readonly Ingested[],
  data: string,
): string {
  const example = ingested.find(({ article }) => article !== null)?.article;
  const aws = `aws --endpoint-url ${endpoint}`;
  const site = JSON.stringify({ ':site': { S: example?.site ?? 'harbour-courier.example' } });
  return `
The pipeline is running at ${endpoint}. Ctrl-C stops it; its data stays.

The AWS CLI wants credentials and a region; here any will do:
  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=${LOCAL_REGION}

Upload an article of your own, and see what became of it:
  ${aws} s3 cp article.html s3://${outputs.uploadsBucket}/
  npx copydesk status article.html${data}

Read a record:
  npx copydesk get ${example?.id ?? 'ID'}${data}

List the records of a site, newest first:
  ${aws} dynamodb query --table-name ${outputs.articlesTable} \\
    --index-name ${ARTICLES.bySite.index} --no-scan-index-forward \\
    --key-condition-expression '${ARTICLES.bySite.key} = :site' \\
    --expression-attribute-values ${shellWord(site)}

Or ask the query API (docs/api.md), which wants a signature, and here takes any:
  curl -H 'Authorization: any' ${shellWord(`${apiAddress(outputs.queryApi, endpoint)}/articles`)}

`;
}

/** A host name may hold quotes: what a page calls its site must not become a command in the shell it is pasted into. */
function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
