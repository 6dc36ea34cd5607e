import { HashTable, mixHigh, mixLow, START_HIGH, START_LOW } from '../markup/hashes.ts';
import type { MarkupTree } from '../markup/tree.ts';
import type { ValueCodes } from '../markup/value-codes.ts';

/** What the class and id names around a text say about its role, as bits. */
export const ZONE = {
  chrome: 1,
  footer: 2,
  aside: 4,
  comments: 8,
  related: 16,
  author: 32,
  date: 64,
  tags: 128,
  category: 256,
  crumbs: 512,
  header: 1024,
  caption: 2048,
} as const;

/** Zones in which nothing is stated about the page's own article. */
export const FOREIGN_ZONE = ZONE.comments | ZONE.related | ZONE.aside | ZONE.footer | ZONE.chrome;

// biome-ignore format: a table reads better packed
const WORDS: Readonly<Record<string, number>> = {
  nav: ZONE.chrome, navigation: ZONE.chrome, navbar: ZONE.chrome, menu: ZONE.chrome, modal: ZONE.chrome, popup: ZONE.chrome, cookie: ZONE.chrome, consent: ZONE.chrome, newsletter: ZONE.chrome, subscribe: ZONE.chrome,
  footer: ZONE.footer, colophon: ZONE.footer, copyright: ZONE.footer,
  sidebar: ZONE.aside, widget: ZONE.aside, rail: ZONE.aside, aside: ZONE.aside,
  comment: ZONE.comments, comments: ZONE.comments, commentlist: ZONE.comments, disqus: ZONE.comments, respond: ZONE.comments, reply: ZONE.comments, kommentar: ZONE.comments, kommentare: ZONE.comments, commenter: ZONE.comments,
  related: ZONE.related, recommended: ZONE.related, recommendations: ZONE.related, recommendation: ZONE.related, popular: ZONE.related, trending: ZONE.related, teaser: ZONE.related, teasers: ZONE.related, card: ZONE.related, cards: ZONE.related, latest: ZONE.related, similar: ZONE.related, mostread: ZONE.related, readmore: ZONE.related, ticker: ZONE.related, carousel: ZONE.related, outbrain: ZONE.related, taboola: ZONE.related, suggestions: ZONE.related, upnext: ZONE.related, relatedposts: ZONE.related, archive: ZONE.related, archives: ZONE.related, promo: ZONE.related,
  author: ZONE.author, authors: ZONE.author, byline: ZONE.author, bylines: ZONE.author, autor: ZONE.author, autoren: ZONE.author, auteur: ZONE.author, autore: ZONE.author, contributor: ZONE.author, contributors: ZONE.author, writer: ZONE.author, creator: ZONE.author, postedby: ZONE.author, vcard: ZONE.author, bigusername: ZONE.author, redactor: ZONE.author, firma: ZONE.author, signature: ZONE.author, auteurs: ZONE.author, autores: ZONE.author, reporter: ZONE.author, journalist: ZONE.author, verfasser: ZONE.author, penulis: ZONE.author, yazar: ZONE.author,
  date: ZONE.date, dateline: ZONE.date, datetime: ZONE.date, pubdate: ZONE.date, published: ZONE.date, publish: ZONE.date, publication: ZONE.date, time: ZONE.date, timestamp: ZONE.date, datum: ZONE.date, fecha: ZONE.date, data: ZONE.date, posted: ZONE.date, postdate: ZONE.date, entrydate: ZONE.date, meta: ZONE.date, postmeta: ZONE.date, submitted: ZONE.date, updated: ZONE.date, created: ZONE.date, tarih: ZONE.date, info: ZONE.date,
  tags: ZONE.tags, tag: ZONE.tags, taglist: ZONE.tags, tagcloud: ZONE.aside, keywords: ZONE.tags, topics: ZONE.tags, topic: ZONE.tags, labels: ZONE.tags, themen: ZONE.tags, schlagworte: ZONE.tags, schlagwort: ZONE.tags, etiquetas: ZONE.tags, temas: ZONE.tags, hashtags: ZONE.tags, posttags: ZONE.tags, tagged: ZONE.tags, tagi: ZONE.tags, tematy: ZONE.tags, motscles: ZONE.tags, stichworte: ZONE.tags, trefwoorden: ZONE.tags, argomenti: ZONE.tags, avainsanat: ZONE.tags, emner: ZONE.tags,
  category: ZONE.category, categories: ZONE.category, section: ZONE.category, kicker: ZONE.category, rubric: ZONE.category, rubrik: ZONE.category, ressort: ZONE.category, cat: ZONE.category, eyebrow: ZONE.category,
  breadcrumb: ZONE.crumbs, breadcrumbs: ZONE.crumbs, crumbs: ZONE.crumbs, brotkrumen: ZONE.crumbs, crumb: ZONE.crumbs, pathway: ZONE.crumbs, breadcrumblist: ZONE.crumbs,
  caption: ZONE.caption, figcaption: ZONE.caption, credit: ZONE.caption,
};

const words = new HashTable(Object.keys(WORDS).length);
const zoneOfWord: number[] = [];
for (const [word, zone] of Object.entries(WORDS)) zoneOfWord[words.addWord(word)] = zone;

/** Characters of class and id names read: utility frameworks write hundreds of names, of which the first tell. */
const MAX_NAMES = 300;
const SHORTEST_WORD = 3;
const LONGEST_WORD = 16;

/** The footer of an article, which is none of the page. */
const OWN_FOOTER = /(?:entry|post|article|artikel|content|story)[-_]{0,2}footer/iu;

/** Who is credited with an article, not with a picture. */
const OWN_CREDIT = /(?:^|[\s_-])(?:entry|post|article|content|story)[-_]{0,2}credits?(?:$|[\s_-])/iu;

/** Sizes of type that style sheets call captions: Material, Shopify's themes. */
const TYPE_SIZE = /text-caption|typography[-_]{1,2}caption|caption-with-/iu;

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** The zone that class and id names give. */
export function namesZone(names: string): number {
  const codes = Uint16Array.from(names.slice(0, MAX_NAMES), (_, i) => names.charCodeAt(i));
  return withoutStyle(wordsZone(codes, codes.length), names);
}

/** As {@link namesZone} of the value of the attribute at a place. */
export function zoneOfValue(tree: MarkupTree, attribute: number, codes: ValueCodes): number {
  codes.read(attribute);
  const zone = wordsZone(codes.codes, Math.min(codes.count, MAX_NAMES));
  return zone & (ZONE.footer | ZONE.caption) ? withoutStyle(zone, tree.value(attribute)) : zone;
}

function withoutStyle(zone: number, names: string): number {
  const footer = zone & ZONE.footer && OWN_FOOTER.test(names) ? ZONE.footer : 0;
  const caption = zone & ZONE.caption && (TYPE_SIZE.test(names) || OWN_CREDIT.test(names)) ? ZONE.caption : 0;
  return zone & ~(footer | caption);
}

/** Reads names word by word; `articleAuthor__name` holds the words article, author and name. */
function wordsZone(codes: Uint16Array, count: number): number {
  let zone = 0;
  let low = START_LOW;
  let high = START_HIGH;
  let letters = 0;
  let afterCapital = false;
  for (let i = 0; i <= count; i++) {
    const code = i < count ? (codes[i] as number) : 32;
    const capital = isCapital(code);
    // A capital behind a small letter opens another word; capitals in a row are one word.
    if (!(capital ? afterCapital : (code >= 97 && code <= 122) || code >= 0xe0)) {
      if (letters >= SHORTEST_WORD && letters <= LONGEST_WORD) {
        const word = words.find(low, high);
        if (word !== -1) zone |= zoneOfWord[word] as number;
      }
      low = START_LOW;
      high = START_HIGH;
      letters = 0;
      afterCapital = capital;
      if (!capital) continue;
    }
    afterCapital = capital;
    const letter = capital ? code | 0x20 : code;
    low = mixLow(low, letter);
    high = mixHigh(high, letter);
    letters++;
  }
  return zone;
}

/**
 * Roles of a text that make it foreign to the article. A role that the headline shares says nothing: some sites
 * name the whole page a card, a widget or a subscription form.
 */
export function foreign(zone: number, headlineZone: number): number {
  return zone & FOREIGN_ZONE & ~headlineZone;
}
