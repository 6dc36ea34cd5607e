import type { PutResult } from '../api/put.ts';
import type { Io, Out } from '../io.ts';
import { renderTable } from './table.ts';
import { renderArticles, renderReason } from './upload.ts';

/** What was uploaded under which key; where statuses were waited for, what became of it. */
export function renderPuts(results: readonly PutResult[], waited: boolean, out: Out, env: Io['env']): string {
  if (!waited) {
    return renderTable(
      [{ heading: 'key', flexible: true }, { heading: 'content type' }, { heading: 'bytes' }, { heading: 'version' }],
      results.map(({ key, contentType, bytes, version }) => [key, contentType, String(bytes), version]),
      out,
      env,
    );
  }
  return renderTable(
    [
      { heading: 'key', flexible: true },
      { heading: 'content type' },
      { heading: 'bytes' },
      { heading: 'status' },
      { heading: 'article' },
    ],
    results.map(({ key, contentType, bytes, upload }) => [
      key,
      contentType,
      String(bytes),
      upload?.status ?? 'processing',
      upload ? renderArticles(upload) : '',
    ]),
    out,
    env,
    undefined,
    results.map(({ upload }) => (upload ? renderReason(upload) : '')),
  );
}
