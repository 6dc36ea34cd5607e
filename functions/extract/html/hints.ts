/**
 * What the names a site gave its elements (class, id, role, itemprop, tag) say of their content.
 *
 * Names are split into words and looked up whole: as substrings, `ad` would be found in `header`.
 */
import { attributeKind, TAGS } from '../markup/names.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import { MOST } from '../markup/value-codes.ts';

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

/** Groups that speak against a block. */
export const AGAINST_GROUPS = [
  RELATED,
  COMMENT,
  NAVIGATION,
  SHARE,
  META,
  CAPTION,
  PROMO,
  CONSENT,
  CHROME,
  HIDDEN,
  PAYWALL,
] as const;
/** All groups, with the word that names each. */
export const GROUPS: readonly (readonly [bits: number, name: string])[] = [
  [CONTENT, 'content'],
  [RELATED, 'related'],
  [COMMENT, 'comment'],
  [NAVIGATION, 'navigation'],
  [SHARE, 'share'],
  [META, 'meta'],
  [CAPTION, 'caption'],
  [PROMO, 'promo'],
  [CONSENT, 'consent'],
  [CHROME, 'chrome'],
  [HIDDEN, 'hidden'],
  [BODY, 'body'],
  [TITLE, 'title'],
  [PAYWALL, 'paywall'],
];
export const AGAINST = AGAINST_GROUPS.reduce((all: number, one) => all | one, 0);

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

/** Hints by word of a class or id. */
export const DICTIONARY = new Map<string, number>();
for (const [group, words] of Object.entries(WORDS)) {
  for (const word of words.split(' ')) DICTIONARY.set(word, (DICTIONARY.get(word) ?? 0) | (BITS[group] ?? 0));
}

const BY_TAG = new Map<string, number>([
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

/** Hints by kind of the usual elements. */
export const TAG_HINTS: Int32Array = Int32Array.from(TAGS, (tag) => BY_TAG.get(tag) ?? 0);

/** Hints by value of `role`. */
export const ROLE_ATTRIBUTE = new Map<string, number>([
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

/** Hints by value of `itemprop`. */
export const PROPERTY_HINTS = new Map<string, number>([
  ['articleBody', BODY],
  ['comment', COMMENT],
]);

/** The words of a class or id: `articleBody-main__lead2` gives article, body, articlebody, main, lead. */
export function nameTokens(value: string): string[] {
  const out: string[] = [];
  for (const name of value.slice(0, MOST).split(/[\s]+/)) {
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
export const LEARNED_ATTRIBUTES: readonly string[] = [
  'role',
  'itemprop',
  'data-component',
  'data-testid',
  'data-module',
  'data-type',
];

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

const HIDDEN_ATTRIBUTE = attributeKind('hidden');
const ARIA_HIDDEN = attributeKind('aria-hidden');
const STYLE = attributeKind('style');
const HIDING_STYLE = /display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden/i;

/** Whether an element says itself that it is not shown. */
export function isHidden(tree: MarkupTree, element: Node): boolean {
  if (tree.find(element, HIDDEN_ATTRIBUTE) !== -1 || tree.valueOf(element, ARIA_HIDDEN) === 'true') return true;
  return HIDING_STYLE.test(tree.valueOf(element, STYLE) ?? '');
}
