/**
 * What an address says by its shape: articles have dates, long slugs and numbers in their paths; what lists, sells, signs
 * in or explains the site has short words. The same in any language, but for the words of {@link OTHER_DIRECTORIES}.
 */

/** Directories of pages that are no articles, in the languages whose sites name them in their own words. */
const OTHER_DIRECTORIES = words(
  `tag tags topic topics topico topicos tema temas thema themen sujet sujets argomento argomenti etiqueta etiquetas
   schlagwort schlagworte keyword keywords label labels category categories categoria categorias kategorie kategorien
   kategori categorie rubrik rubriken rubrique rubriques rubrica rubric section sections seccion secciones ressort
   author authors autor autoren autores auteur auteurs autore autori writer writers contributor contributors columnist
   columnists editor editors profile profiles profil user users member members search suche buscar recherche cerca
   zoeken sok login signin sign-in signup sign-up register registration logout account accounts konto subscribe
   subscription subscriptions abo abonnement abonnements suscripcion suscribete newsletter newsletters contact contacts
   contact-us kontakt contacto contatti impressum imprint privacy privacy-policy datenschutz terms terms-of-use
   terms-of-service agb legal cookies cookie-policy disclaimer accessibility advertise advertising werbung publicidad
   publicite mediadaten faq faqs stellenmarkt shop store cart basket checkout warenkorb donate feed feeds rss sitemap
   share print email wp-login wp-admin wp-content wp-json cdn-cgi page seite pagina comments customer static assets
   hashtag brand brands organization organizations organisation organisations department departments school schools
   company companies edition editions product products produkt produkte collections spons sponsored advertorial
   partner-content brandvoice anzeige promo`,
);
/** What is another page by itself, and a section of articles as a directory: /weather, but /weather/storms-ahead. */
const OTHER_PAGES = words(
  `about about-us ueber-uns uber-uns acerca help hilfe ayuda aide support feedback careers jobs people staff team archive
   archives archiv archivo archivio my mein app apps download downloads games spiele puzzles horoscope horoskop weather
   wetter podcast podcasts tv-programm corrections event events calendar directory coupon coupons deals compare`,
);

const FILES =
  /\.(?:pdf|jpe?g|png|gif|webp|svg|mp3|mp4|m3u8|zip|docx?|xlsx?|pptx?|epub|xml|rss|atom|json|ics|css|js|txt|exe|apk|dmg)$/i;
/** Parameters by which sites name an article where its path does not. */
const IDENTIFIERS =
  /^(?:id|p|aid|nid|article|articleid|article_id|artid|newsid|news_id|storyid|idnews|contentid|no|idxno|a|sid|docid|post)$/i;
const PAGING = /^(?:page|paged|p|pg|start|offset|sort|order|filter|orderby|view|tab)$/i;

export interface LinkShape {
  /** Path with what differs from article to article replaced by marks. */
  template: string;
  /** The end of the template: what sections of one site have in common. */
  kin: string;
  /** How much the address looks like an article's; 0 says nothing, below is another kind of page. */
  points: number;
  /** A parameter names the article. */
  identified: boolean;
}

/** @returns null for what is no page with text: a file, the front page */
export function linkShape(url: URL): LinkShape | null {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const identified = [...url.searchParams].some(
    ([name, value]) => IDENTIFIERS.test(name) && /^\d{3,}|^[\da-f-]{16,}$/i.test(value),
  );
  if (segments.length === 0 && !identified) return null;
  if (FILES.test(url.pathname)) return null;
  const last = segments.at(-1) ?? '';
  let points = identified ? 2 : 0;
  if (isDated(segments)) points += 2;
  points += slugPoints(last);
  // Sites that put a number or a word behind the slug: /fish-and-chips/123, /fish-and-chips/story.
  if (segments.length > 1 && slugPoints(last) === 0)
    points += slugPoints(segments.at(-2) as string) * (/\d{3,}|^\w{1,10}$/.test(last) ? 0.75 : 0.5);
  if (/(?:^|[^\d])\d{5,}(?:[^\d]|$)/.test(last) || isOpaque(last)) points += 1;
  if (/\.(?:s?html?|php|aspx?|jsp|ece)$/i.test(last)) points += 0.5;
  points -= otherWordPoints(segments);
  if ([...url.searchParams.keys()].some((name) => PAGING.test(name)) && !identified) points -= 2;
  const template = templateOf(segments, url);
  return { template, kin: template.split('/').slice(-2).join('/'), points, identified };
}

/** An identifier of letters and digits mixed, as content systems make them: c1l72e7mrn4o, AST1F4445T1FUTIL02SM. */
function isOpaque(segment: string): boolean {
  return (
    /^[a-z\d]{8,40}(?:\.html?)?$/i.test(segment) && /[a-z]/i.test(segment) && (segment.match(/\d/g)?.length ?? 0) >= 3
  );
}

function isDated(segments: readonly string[]): boolean {
  const path = segments.slice(0, -1).join('/');
  return (
    /(?:^|\/)(?:19|20)\d{2}[/-](?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/-]\d{1,2})?(?:\/|$)|(?:^|\/)(?:19|20)\d{6}(?:\/|$)/i.test(
      path,
    ) || /^(?:19|20)\d{2}-\d{2}-\d{2}-\D|-(?:19|20)\d{2}-?\d{2}-?\d{2}(?:\D|$)/.test(segments.at(-1) ?? '')
  );
}

/** Words joined by hyphens; a script without spaces counts by its letters. */
function slugPoints(segment: string): number {
  const slug = decoded(segment).replace(/\.[a-z]{2,5}$/i, '');
  const words = slug.split(/[-_+,.~\s]+/).filter((word) => /\p{L}{2}/u.test(word));
  const letters = (slug.match(/\p{L}/gu) ?? []).length;
  const dense = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u.test(slug);
  if (dense) return letters >= 8 ? 3 : letters >= 5 ? 1.5 : 0;
  if (words.length >= 6) return 3.5;
  if (words.length === 5) return 3;
  if (words.length === 4) return 2.5;
  if (words.length === 3) return letters >= 14 ? 1.5 : 1;
  return 0;
}

/** A word of another kind of page weighs most as the whole address. */
function otherWordPoints(segments: readonly string[]): number {
  let worst = 0;
  for (const [i, segment] of segments.entries()) {
    const word = segment.toLowerCase().replace(/\.[a-z]{2,5}$/, '');
    const last = i === segments.length - 1;
    if (OTHER_DIRECTORIES.has(word)) worst = Math.max(worst, last ? 4 : 3.5);
    else if (OTHER_PAGES.has(word)) worst = Math.max(worst, last ? 4 : 0.5);
  }
  return worst;
}

function templateOf(segments: readonly string[], url: URL): string {
  const marks = segments.map((segment, i) => {
    if (/^\d{1,4}$/.test(segment)) return '0';
    if (/^\d+$/.test(segment)) return '00';
    const extension = /\.[a-z]{2,5}$/i.exec(segment)?.[0].toLowerCase() ?? '';
    if (slugPoints(segment) > 0) return `s${extension}`;
    if (/\d{4,}/.test(segment)) return `n${extension}`;
    return i === segments.length - 1 ? `w${extension}` : segment.toLowerCase();
  });
  const parameters = [...url.searchParams.keys()].sort().join('&');
  return `${url.host}/${marks.join('/')}${parameters === '' ? '' : `?${parameters}`}`.slice(0, 300);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}
