/** What the local cloud does not do as AWS does: keys encoded in the answer, and deletions among many pages. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { s3Client } from '../../../functions/aws/stack/clients.ts';
import { objectReader } from '../../../functions/aws/uploads/object-reader.ts';
import { objectVersions } from '../../../functions/aws/uploads/object-versions.ts';

interface Listing {
  encoded: boolean;
  /** Version id by key, in the order of the listing; an id that begins with `x` is a delete marker. */
  entries: [key: string, version: string][];
}

let server: Server | undefined;
afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

/** Answers listings a page at a time, in the manner of S3. */
async function serve({ encoded, entries }: Listing) {
  const asked: URLSearchParams[] = [];
  server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://s3').searchParams;
    asked.push(query);
    const write = (key: string) =>
      encoded ? encodeURIComponent(key).replaceAll('%20', '+') : key.replaceAll('&', '&amp;');
    const after = entries.findIndex(
      ([key, version]) => key === query.get('key-marker') && version === query.get('version-id-marker'),
    );
    const matching = entries.slice(after + 1).filter(([key]) => key.startsWith(query.get('prefix') ?? ''));
    const page = matching.slice(0, Number(query.get('max-keys') ?? 1000));
    const [lastKey = '', lastVersion = ''] = page.at(-1) ?? [];
    const truncated = page.length < matching.length;
    const items = page.map(([key, version]) => {
      const element = version.startsWith('x') ? 'DeleteMarker' : 'Version';
      return `<${element}><Key>${write(key)}</Key><VersionId>${version}</VersionId></${element}>`;
    });
    const next = truncated
      ? `<NextKeyMarker>${write(lastKey)}</NextKeyMarker><NextVersionIdMarker>${lastVersion}</NextVersionIdMarker>`
      : '';
    response.setHeader('Content-Type', 'application/xml');
    response.end(
      `<?xml version="1.0"?><ListVersionsResult>${encoded ? '<EncodingType>url</EncodingType>' : ''}` +
        `<IsTruncated>${truncated}</IsTruncated>${next}${items.join('')}</ListVersionsResult>`,
    );
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { s3: s3Client({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials }), asked };
}

const KEYS = ['a b', 'a+b', 'a%2Bb', 'a&b', 'über/新'];

describe('a listing of object versions', () => {
  it.each([true, false])('gives keys as they are, whether or not the answer encodes them (%s)', async (encoded) => {
    const { s3 } = await serve({ encoded, entries: KEYS.map((key, i) => [key, `v${i}`]) });
    const found = [];
    for await (const version of objectVersions(s3, 'bucket', { pageSize: 2 })) found.push(version);
    expect(found).toEqual(KEYS.map((key, i) => ({ bucket: 'bucket', key, versionId: `v${i}` })));
  });

  it('finds the newest version behind pages of delete markers, and stops there', async () => {
    const markers = Array.from({ length: 50 }, (_, i): [string, string] => ['a', `x${i}`]);
    const entries: Listing['entries'] = [...markers, ['a', 'v2'], ['a', 'v1'], ['ab', 'v9']];
    const { s3, asked } = await serve({ encoded: true, entries });
    expect(await objectReader(s3).newestVersion('bucket', 'a')).toBe('v2');
    expect(asked).toHaveLength(3);
  });

  it('finds no version of a key that has markers alone, though longer keys follow', async () => {
    const { s3 } = await serve({
      encoded: true,
      entries: [
        ['a', 'x1'],
        ['ab', 'v9'],
      ],
    });
    expect(await objectReader(s3).newestVersion('bucket', 'a')).toBeNull();
    expect(await objectReader(s3).newestVersion('bucket', 'nothing')).toBeNull();
  });
});
