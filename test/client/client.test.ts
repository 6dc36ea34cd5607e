import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { CLIENT_BUNDLE } from '../../cli/client-bundle.ts';
import { copydesk } from '../../client/client.ts';
import { memoryApp, story } from '../query/memory.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };

/** A client of an app in memory, which keeps the requests it got. */
function clientOf({ app }: ReturnType<typeof memoryApp>) {
  const requests: Request[] = [];
  const send = (async (request: Request) => {
    requests.push(request.clone());
    return app.fetch(request);
  }) as typeof fetch;
  const url = 'https://abc123.execute-api.eu-west-1.amazonaws.com/';
  return { client: copydesk({ url, credentials, fetch: send }), requests };
}

const stories = Array.from({ length: 25 }, (_, number) => story(number));

describe('the client', () => {
  it('signs every request for the API and region that the address names', async () => {
    const { client, requests } = clientOf(memoryApp({ stored: stories }));
    await client.articles.get(stories[0]?.id ?? '');
    const [request] = requests;
    expect(request?.headers.get('Authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=[\w;-]*x-amz-security-token[\w;-]*, Signature=[0-9a-f]{64}$/,
    );
    expect(request?.headers.get('X-Amz-Security-Token')).toBe('token');
  });

  it('says what could not be reached, and why', async () => {
    const nowhere = copydesk({ url: 'http://127.0.0.1:9/', region: 'us-east-1', credentials });
    await expect(nowhere.articles.get('0'.repeat(32))).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9 could not be reached: /),
    });
  });

  it('goes through the pages of a query as they are needed', async () => {
    const { client, requests } = clientOf(memoryApp({ stored: stories }));
    const found: string[] = [];
    for await (const card of client.articles.query({ site: 'harbour.example' }, { pageSize: 10 })) {
      found.push(card.id);
      if (found.length === 12) break;
    }
    expect(found).toEqual(stories.slice(0, 12).map(({ id }) => id));
    expect(requests).toHaveLength(2);
  });

  it('joins a record that does not fit into one answer', async () => {
    const long = story(0, { text: 'é'.repeat(9_000_000), blocks: ['p'] });
    // No smaller limit than the real one: the client asks for parts of its own size.
    const { client, requests } = clientOf(memoryApp({ stored: [long] }));
    expect(await client.articles.get(long.id)).toEqual(long);
    expect(requests.filter((request) => request.headers.has('Range'))).toHaveLength(5);
  });

  it('gives null for what is not there, and an error with a code for what is wrong', async () => {
    const { client } = clientOf(memoryApp());
    expect(await client.articles.get('0'.repeat(32))).toBeNull();
    expect(await client.uploads.get('nothing.html')).toBeNull();
    await expect(client.articles.get('x')).rejects.toMatchObject({
      name: 'CopydeskError',
      status: 400,
      code: 'BAD_REQUEST',
    });
    const waiting = client.waitFor({ key: 'nothing.html', version: null }, { timeout: 1 });
    await expect(waiting).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('adds less than five kilobytes to its signer', async () => {
    const sizeOf = async (entry: string) => {
      const { outputFiles } = await build({ ...CLIENT_BUNDLE, minify: true, write: false, entryPoints: [entry] });
      return outputFiles[0]?.contents.length ?? Number.NaN;
    };
    const signer = await sizeOf('aws4fetch');
    expect((await sizeOf('client/client.ts')) - signer).toBeLessThan(5_000);
  });
});
