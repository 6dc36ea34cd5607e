// Runs one JavaScript extractor over a corpus: node-peers.mjs PEER CORPUS_FOLDER → one prediction a line.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Block elements end a line, as they do where these tools show their result. */
const BLOCKS = /<\/(?:p|div|h[1-6]|li|blockquote|pre|tr|td|th|figcaption|section|article|ul|ol|table)>|<br\s*\/?>/gi;

const loaders = {
  async readability() {
    const { Readability } = await import('@mozilla/readability');
    const { parseHTML } = await import('linkedom');
    return (_page, html) => {
      const found = new Readability(parseHTML(html).document).parse();
      return (
        found && {
          ...described(found, parseHTML),
          title: found.title,
          authors: found.byline ? [found.byline] : [],
          published: found.publishedTime,
        }
      );
    };
  },
  async defuddle() {
    const { Defuddle } = await import('defuddle/node');
    const { parseHTML } = await import('linkedom');
    return async (page, html) => {
      const found = await Defuddle(parseHTML(html).document, page.url);
      return {
        ...described(found, parseHTML),
        title: found.title,
        authors: found.author ? found.author.split(/\s*,\s*/) : [],
        published: found.published,
      };
    };
  },
};

const described = (found, parseHTML) => {
  const separated = (found.content ?? '').replace(BLOCKS, (tag) => `${tag}\n`);
  return { text: parseHTML(`<html><body>${separated}</body></html>`).document.body.textContent };
};

const [peer, folder] = process.argv.slice(2);
const run = await loaders[peer]();
for (const line of readFileSync(join(folder, 'gold.ndjson'), 'utf8').split('\n').filter(Boolean)) {
  const page = JSON.parse(line);
  // These tools take text and leave decoding to the browser; UTF-8 is what nearly every page is in.
  const html = gunzipSync(readFileSync(join(folder, 'html', `${page.id}.html.gz`))).toString('utf8');
  const started = performance.now();
  let prediction;
  try {
    prediction = (await run(page, html)) ?? {};
  } catch (error) {
    prediction = { error: String(error) };
  }
  const ms = performance.now() - started;
  console.log(JSON.stringify({ id: String(page.id), ...prediction, ms }));
}
