/**
 * Which vocabulary a namespace URI stands for, so that `zz:creator` is `dc:creator` whatever prefix a feed gives it.
 * URIs are compared without scheme, `www.`, case and trailing `/` or `#`, which feeds write in every way.
 */
const VOCABULARIES: Readonly<Record<string, readonly string[]>> = {
  rss: [
    'purl.org/rss/1.0',
    'my.netscape.com/rdf/simple/0.9',
    'channel.netscape.com/rdf/simple/0.9',
    'my.netscape.com/publish/formats/rss-0.91.dtd',
    'purl.org/net/rss1.1',
    'backend.userland.com/rss',
    'backend.userland.com/rss2',
    'backend.userland.com/rss091',
    'blogs.law.harvard.edu/tech/rss',
    'purl.org/rss/2.0',
    'purl.org/rss/1.0/modules/rss091',
  ],
  atom: ['w3.org/2005/atom', 'purl.org/atom/ns', 'purl.org/atom', 'example.com/newformat', 'example.com/necho'],
  rdf: ['w3.org/1999/02/22-rdf-syntax-ns'],
  dc: ['purl.org/dc/elements/1.1', 'purl.org/dc/elements/1.0'],
  dcterms: ['purl.org/dc/terms', 'purl.org/rss/1.0/modules/dcterms'],
  content: ['purl.org/rss/1.0/modules/content'],
  sy: ['purl.org/rss/1.0/modules/syndication'],
  media: ['search.yahoo.com/mrss', 'search.yahoo.com/mrss/index.html', 'video.search.yahoo.com/mrss'],
  itunes: ['itunes.com/dtds/podcast-1.0.dtd', 'example.com/dtds/podcast-1.0.dtd'],
  feedburner: ['rssnamespace.org/feedburner/ext/1.0'],
  pheedo: ['pheedo.com/namespace/pheedo'],
  prism: [
    'prismstandard.org/namespaces/basic/1.2',
    'prismstandard.org/namespaces/basic/2.0',
    'prismstandard.org/namespaces/1.2/basic',
    'prismstandard.org/namespaces/1.0/basic',
  ],
  yandex: ['news.yandex.ru'],
  turbo: ['turbo.yandex.ru'],
  xhtml: ['w3.org/1999/xhtml'],
  xml: ['w3.org/xml/1998/namespace'],
  sitemap: [
    'sitemaps.org/schemas/sitemap/0.9',
    'google.com/schemas/sitemap/0.9',
    'google.com/schemas/sitemap/0.84',
    'google.com/schemas/sitemap/0.90',
  ],
  news: ['google.com/schemas/sitemap-news/0.9'],
  image: ['google.com/schemas/sitemap-image/1.1'],
  video: ['google.com/schemas/sitemap-video/1.1'],
};

const BY_URI = new Map(
  Object.entries(VOCABULARIES).flatMap(([vocabulary, uris]) => uris.map((uri) => [uri, vocabulary] as const)),
);

/** The vocabulary of a namespace URI; null for one that nothing is known of. */
export function vocabularyOf(uri: string): string | null {
  let name = uri.trim().toLowerCase();
  name = name.replace(/^https?:\/\//, '').replace(/^www\./, '');
  let end = name.length;
  while (end > 0 && (name[end - 1] === '/' || name[end - 1] === '#')) end--;
  return BY_URI.get(name.slice(0, end)) ?? null;
}

/**
 * Names of elements and attributes in one scope of namespaces: `vocabulary:local` in small letters, and bare `local` for
 * the document's own vocabulary. Feeds write names in any case, and prefixes without declaring them.
 */
export class NameScope {
  readonly #uris: ReadonlyMap<string, string>;
  readonly #root: RootVocabulary;
  readonly #names = new Map<string, string>();

  constructor(root: RootVocabulary, uris: ReadonlyMap<string, string> = new Map()) {
    this.#root = root;
    this.#uris = uris;
  }

  /** The scope inside an element that declares namespaces. */
  declare(declared: ReadonlyMap<string, string>): NameScope {
    const uris = new Map(this.#uris);
    for (const [prefix, uri] of declared) if (uris.size < MAX_PREFIXES || uris.has(prefix)) uris.set(prefix, uri);
    return new NameScope(this.#root, uris);
  }

  /** Settles which vocabulary is the document's own: that of its outermost element. */
  rootIs(qualified: string): void {
    const { prefix } = split(qualified);
    const uri = this.#uris.get(prefix);
    const vocabulary = (uri === undefined ? null : vocabularyOf(uri)) ?? prefix;
    this.#root.vocabulary = vocabulary === 'rdf' ? 'rss' : vocabulary;
  }

  element(qualified: string): string {
    const known = this.#names.get(qualified);
    if (known !== undefined) return known;
    const { prefix, local } = split(qualified);
    const uri = this.#uris.get(prefix);
    const vocabulary = (uri === undefined ? null : vocabularyOf(uri)) ?? prefix;
    const own = vocabulary === '' || vocabulary === 'rss' || vocabulary === this.#root.vocabulary;
    const name = own ? local : `${vocabulary}:${local}`;
    if (this.#names.size < MAX_NAMES) this.#names.set(qualified, name);
    return name;
  }

  attribute(qualified: string): string {
    const { prefix, local } = split(qualified);
    if (prefix === '') return local;
    const uri = this.#uris.get(prefix);
    return `${(uri === undefined ? null : vocabularyOf(uri)) ?? prefix}:${local}`;
  }
}

/** Shared by all scopes of a document. */
export interface RootVocabulary {
  vocabulary: string;
}

const MAX_PREFIXES = 100;
const MAX_NAMES = 1_000;

function split(qualified: string): { prefix: string; local: string } {
  const name = qualified.toLowerCase();
  const colon = name.indexOf(':');
  return colon < 0
    ? { prefix: '', local: name }
    : { prefix: name.slice(0, colon), local: name.slice(colon + 1).replaceAll(':', '-') };
}
