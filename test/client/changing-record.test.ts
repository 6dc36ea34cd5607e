import { describe, expect, it } from 'vitest';
import { copydesk } from '../../client/client.ts';
import { memoryApp, story } from '../query/memory.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const url = 'https://abc123.execute-api.eu-west-1.amazonaws.com/';

/** One too large for one answer, of so many letters. */
const large = (letter: string, count: number) => story(0, { text: letter.repeat(count), blocks: ['p'] });

/** A client of a record that becomes another one behind every request that `changes` says. */
function clientOf(versions: readonly ReturnType<typeof story>[], changes: (request: number) => boolean) {
  const [first, ...later] = versions;
  const stored = first ? [first] : [];
  const { app } = memoryApp({ stored });
  let requests = 0;
  const send = (async (request: Request) => {
    const response = await app.fetch(request);
    requests += 1;
    if (changes(requests)) stored.splice(0, 1, later.shift() ?? large(String.fromCharCode(100 + requests), 5_000_000));
    return response;
  }) as typeof fetch;
  return copydesk({ url, credentials, fetch: send });
}

describe('a record that changes while the client reads it in parts', () => {
  // The first request says that the answer is too large, the second brings the first part.
  const afterFirstPart = (request: number) => request === 2;

  it.each([
    ['of the same length', 9_000_000],
    ['longer than it was', 13_000_000],
    ['shorter than it was, but still in parts', 5_000_000],
    ['so short that the next part lies behind its end', 3_000_000],
  ])('is read as it is then, never as a mixture: %s', async (_, count) => {
    const [was, is] = [large('a', 9_000_000), large('b', count)];
    expect(await clientOf([was, is], afterFirstPart).articles.get(was.id)).toEqual(is);
  });

  it('is given up for an error that says so where it never rests', async () => {
    const was = large('a', 5_000_000);
    await expect(clientOf([was], () => true).articles.get(was.id)).rejects.toMatchObject({ code: 'CHANGING' });
  });
});
