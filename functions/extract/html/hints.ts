/**
 * What the names a site gave its elements (class, id, role, itemprop, tag) say of their content.
 *
 * Names are split into words and looked up whole: as substrings, `ad` would be found in `header`.
 */
import type { MarkupTree, Node } from '../markup/tree.ts';

export const CONTENT = 1;
export const RELATED = 2;
export const COMMENT = 4;
export const NAVIGATION = 8;
export const SHARE = 16;
export const META = 32;
export const CAPTION = 64;
export const PROMO = 128;
export const CONSENT = 256;
export const CHROME = 512;
export const HIDDEN = 1024;
export const BODY = 2048;
export const TITLE = 4096;
export const PAYWALL = 8192;
/** A `figcaption` itself, whatever its names. */
export const FIGURE_CAPTION = 16384;

const WORDS: Record<string, string> = {
  CONTENT:
    'content article post entry story text main prose richtext rte hentry blog news page detail single artikel contenido conteudo contenu inhalt texte texto',
  BODY: 'articlebody body bodytext articletext storytext postbody postcontent entrycontent articlecontent storybody maincontent bodycopy copy markdown paragraph',
  RELATED:
    'related recommended recommend recommendation recommendations recommends similar more readmore trending popular mostread most latest teaser teasers card cards carousel slider upnext next previous prev further suggested associated outbrain taboola recirc recirculation related-posts alsolike also widget linklist zergnet mehr weitere relacionadas relacionados',
  COMMENT:
    'comment comments disqus respond reply replies commentlist discussion forum review reviews kommentare komentar',
  NAVIGATION:
    'nav navigation menu submenu breadcrumb breadcrumbs pagination pager toc tabs topbar navbar toolbar sitemap skip index ticker dropdown megamenu',
  SHARE:
    'share sharing social socials addthis sharedaddy facebook twitter whatsapp linkedin pinterest follow tweet sharethis bookmark print email',
  META: 'byline author authors authorbox bio meta metadata date dateline timestamp time tag tags category categories published posted updated credits topics kicker eyebrow profile avatar about info infos readingtime label labels rating ratings autor',
  CAPTION: 'caption captions figcaption credit copyright wp-caption imagecaption bildunterschrift legend photo gallery',
  PROMO:
    'ad ads advert advertisement advertising sponsor sponsored promo promotion promoted newsletter subscribe subscription signup cta banner donate donation campaign marketing offer shop product products affiliate partner app download membership optin callout werbung anzeige',
  CONSENT: 'cookie cookies consent gdpr ccpa onetrust cookiebot didomi cmp privacy qc usercentrics cookieconsent',
  CHROME:
    'footer header sidebar masthead aside rail site-header site-footer copyright colophon bottom topbar login modal popup overlay lightbox search hidden sr sronly screenreader visuallyhidden noprint fussnote foot sidenav drawer offcanvas error alert tooltip',
  PAYWALL: 'paywall premium regwall meter subscriberonly piano tp locked',
  TITLE: 'title headline heading hed titel titulo subtitle subheadline dek standfirst lead deck',
};

const BITS: Record<string, number> = {
  CONTENT,
  BODY,
  RELATED,
  COMMENT,
  NAVIGATION,
  SHARE,
  META,
  CAPTION,
  PROMO,
  CONSENT,
  CHROME,
  PAYWALL,
  TITLE,
};

const DICTIONARY = new Map<string, number>();
for (const [group, words] of Object.entries(WORDS)) {
  for (const word of words.split(' ')) DICTIONARY.set(word, (DICTIONARY.get(word) ?? 0) | (BITS[group] ?? 0));
}

const TAGS = new Map<string, number>([
  ['nav', NAVIGATION],
  ['footer', CHROME],
  ['aside', CHROME | RELATED],
  ['header', CHROME],
  ['form', CHROME],
  ['figcaption', CAPTION | FIGURE_CAPTION],
  ['address', META],
  ['time', META],
  ['dialog', CHROME],
  ['article', CONTENT],
  ['main', CONTENT],
  ['menu', NAVIGATION],
  ['noscript', HIDDEN],
]);

const ROLE_ATTRIBUTE = new Map<string, number>([
  ['navigation', NAVIGATION],
  ['banner', CHROME],
  ['contentinfo', CHROME],
  ['complementary', CHROME | RELATED],
  ['search', CHROME],
  ['dialog', CHROME],
  ['alertdialog', CHROME],
  ['main', CONTENT],
  ['article', CONTENT],
  ['menu', NAVIGATION],
  ['menubar', NAVIGATION],
]);

/** Longest attribute value read for hints: utility-class soup beyond it names nothing. */
const MAX_NAME = 400;

/** The words of a class or id: `articleBody-main__lead2` gives article, body, articlebody, main, lead. */
export function nameTokens(value: string): string[] {
  const out: string[] = [];
  for (const name of value.slice(0, MAX_NAME).split(/[\s]+/)) {
    if (name === '') continue;
    const parts = name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/);
    let before = '';
    for (const part of parts) {
      if (part === '') continue;
      const word = part.toLowerCase();
      out.push(word);
      if (before !== '') out.push(before + word);
      before = word;
    }
  }
  return out;
}

/** The names of an element that are learned from, besides its class and id. */
const LEARNED_ATTRIBUTES = ['role', 'itemprop', 'data-component', 'data-testid', 'data-module', 'data-type'];

/** Every word an element is learned by: its tag as `<aside`, its names as words, `hidden!` where it is. */
export function namesOf(tree: MarkupTree, element: Node): string[] {
  const tokens = [`<${tree.name(element)}`];
  tokens.push(...nameTokens(tree.attribute(element, 'class') ?? ''));
  tokens.push(...nameTokens(tree.attribute(element, 'id') ?? ''));
  for (const name of LEARNED_ATTRIBUTES) {
    const value = tree.attribute(element, name);
    if (value) for (const token of nameTokens(value)) tokens.push(`${name}=${token}`);
  }
  if (isHidden(tree, element)) tokens.push('hidden!');
  return tokens;
}

const HIDING_STYLE = /display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden/i;

function isHidden(tree: MarkupTree, element: Node): boolean {
  if (tree.attribute(element, 'hidden') !== undefined || tree.attribute(element, 'aria-hidden') === 'true') return true;
  return HIDING_STYLE.test(tree.attribute(element, 'style') ?? '');
}

interface Name {
  hints: number;
  score: number;
  /** Number of this name on this page. */
  id: number;
}

/** Reads what the names of elements tell; remembers names, because a page uses few, again and again. */
export class NameReader {
  /** Bits of the element read last. */
  hints = 0;
  /** Sum of the learned weights of its names; above 0 speaks for the article. */
  score = 0;
  /** Alike for elements of the same tag and class. */
  id = 0;
  readonly #weights: ReadonlyMap<string, number>;
  readonly #tags = new Map<string, Name>();
  readonly #names = new Map<string, Name>();
  readonly #hidden: number;

  /** @param weights learned weights of the words that {@link namesOf} gives */
  constructor(weights: ReadonlyMap<string, number>) {
    this.#weights = weights;
    this.#hidden = weights.get('hidden!') ?? 0;
  }

  read(tree: MarkupTree, element: Node): void {
    const name = tree.name(element);
    let tag = this.#tags.get(name);
    if (tag === undefined) {
      tag = { hints: TAGS.get(name) ?? 0, score: this.#weights.get(`<${name}`) ?? 0, id: this.#tags.size + 1 };
      this.#tags.set(name, tag);
    }
    let { hints, score } = tag;
    let id = tag.id;
    const classes = tree.attribute(element, 'class');
    if (classes) {
      const known = this.#nameOf(classes);
      hints |= known.hints;
      score += known.score;
      id += 256 * known.id;
    }
    const own = tree.attribute(element, 'id');
    if (own) {
      const known = this.#nameOf(own);
      hints |= known.hints;
      score += known.score;
    }
    for (let i = 0; i < LEARNED_ATTRIBUTES.length; i++) {
      const key = LEARNED_ATTRIBUTES[i] as string;
      const value = tree.attribute(element, key);
      if (!value) continue;
      for (const token of nameTokens(value)) score += this.#weights.get(`${key}=${token}`) ?? 0;
      if (key === 'role') hints |= ROLE_ATTRIBUTE.get(value) ?? 0;
      else if (key === 'itemprop' && value === 'articleBody') hints |= BODY;
    }
    if (isHidden(tree, element)) {
      hints |= HIDDEN;
      score += this.#hidden;
    }
    this.hints = hints;
    this.score = score;
    this.id = id;
  }

  #nameOf(value: string): Name {
    const seen = this.#names.get(value);
    if (seen !== undefined) return seen;
    let hints = 0;
    let score = 0;
    for (const token of nameTokens(value)) {
      hints |= DICTIONARY.get(token) ?? 0;
      score += this.#weights.get(token) ?? 0;
    }
    const name = { hints, score, id: this.#names.size + 1 };
    this.#names.set(value, name);
    return name;
  }
}
