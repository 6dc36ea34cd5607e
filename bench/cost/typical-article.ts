/**
 * The article that request units are counted for: 7 KB of text, as half of the pages of the corpora have at most, with
 * an author, a section, a language, five tags, three pictures and ten links.
 */
import type { ExtractedArticle } from '../../functions/article/record.ts';
import prices from './prices.json' with { type: 'json' };

export const SITE = 'harbour-courier.example';

const WORDS =
  `harbour winter repair visitor morning keeper month plan cupboard autumn children bell rain board contract engine
   crossing cabin bicycle coast route summer price ticket owner lease ship crew tide wall stone lamp signal wind storm
   cargo crane rope deck council budget school teacher river bridge tunnel tram station market baker`.split(/\s+/);
const PARAGRAPHS = 20;

/** The same number always gives the same article, and no two numbers the same or a similar text. */
export function typicalArticle(n: number): ExtractedArticle {
  const blocks = Array.from({ length: PARAGRAPHS }, (_, block) => paragraph(n * PARAGRAPHS + block));
  const url = `https://www.${SITE}/transport/2026/03/night-ferry-returns-to-the-harbour-${n}`;
  const picture = (k: number) => ({
    url: `https://img.${SITE}/2026/03/night-ferry-${n}-${k}-1600.jpg`,
    alt: 'A white ferry at the quay before sunrise',
    caption: 'The ferry during a trial run in February.',
    credit: 'Lena Brandt',
    width: 1600,
    height: 900,
    afterBlock: 4 * k,
  });
  return {
    url,
    canonicalUrl: url,
    site: SITE,
    siteName: 'Harbour Courier',
    title: `Night ferry returns to the harbour after ${n} years of repairs`,
    subtitle: 'The boat sails three times a week from May and takes bicycles for free.',
    description: 'The boat sails three times a week from May and takes bicycles for free.',
    authors: [{ name: 'Ines Okafor', url: `https://www.${SITE}/by/ines-okafor` }],
    section: { label: 'Transport', slug: 'transport' },
    breadcrumbs: ['News', 'Transport'],
    tags: ['ferries', 'saltmere', 'night travel', 'harbour board', 'tickets'].map((label) => ({
      label,
      slug: label.replace(' ', '-'),
    })),
    publishedAt: new Date(Date.parse('2026-03-02T05:00:00Z') + n * 10_000).toISOString(),
    modifiedAt: null,
    publishedRaw: '2026-03-02T06:00:00+01:00',
    datePrecision: 'second',
    dateSource: 'json-ld datePublished',
    language: 'en',
    direction: 'ltr',
    text: blocks.join('\n\n'),
    blocks: blocks.map(() => 'p'),
    images: [0, 1, 2].map(picture),
    embeds: [],
    links: Array.from({ length: 10 }, (_, k) => ({
      url: `https://www.${SITE}/transport/2026/02/an-earlier-story-of-the-harbour-${n}-${k}`,
      text: 'follows the opening of the coastal cycle route',
    })),
    mainImage: picture(0).url,
    kind: 'article',
    accessibleForFree: true,
    truncated: null,
    rights: null,
    quality: { confidence: 0.93, warnings: [] },
    provenance: {
      title: 'h1',
      authors: 'json-ld author',
      publishedAt: 'json-ld datePublished',
      tags: 'json-ld keywords',
    },
  };
}

/** One word of its text is another, of the same length. */
export function corrected(article: ExtractedArticle): ExtractedArticle {
  return { ...article, text: article.text.replace(/\bwinter\b/, 'summer') };
}

/** On another page of the same site. */
export function elsewhere(article: ExtractedArticle): ExtractedArticle {
  const url = `${article.url}-again`;
  return { ...article, url, canonicalUrl: url };
}

function paragraph(seed: number): string {
  let state = seed + 1;
  let text = `On day ${seed}`;
  while (text.length < (prices.assumptions.textKilobytes * 1_000) / PARAGRAPHS) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += ` ${WORDS[Math.floor((state / 2 ** 32) * WORDS.length)]}`;
  }
  return `${text}.`;
}
