/** What a site sets below the first lines of an article that one has to pay for. */
import type { Page, Segment } from './page.ts';

/** Blocks behind the last kept one, and letters of the shortest and the longest, in which a wall says so. */
const REACH = 5;
const FEWEST = 6;
const LONGEST = 240;

/**
 * In so many words that the text goes on for those who pay: an offer to subscribe alone is none, for it stands below whole
 * articles too.
 */
const WALLS: readonly RegExp[] = [
  /subscribe (?:now )?to (?:continue|keep|read)|(?:continue|keep) reading (?:with|by)|to (?:continue|keep) reading,? (?:please )?(?:subscribe|log in|sign in|start|create|register|become)|(?:this|the full) (?:article|story|content|post) is (?:only |exclusively )?(?:for|available (?:only )?(?:to|for)|exclusive to|reserved for|limited to) (?:our |paid |paying |premium )?(?:subscribers|members)|for subscribers only|subscribers? only|(?:subscriber|member|premium)[ -](?:only|exclusive)|unlock this (?:article|story)|read the (?:full|rest of the) (?:article|story) (?:with|by|when)/iu,
  /jetzt weiterlesen|weiterlesen mit|(?:nur|exklusiv) für abonnent|(?:artikel|beitrag|inhalt)[^.]{0,30} für abonnent|bereits abonnent|artikel freischalten|um (?:den|diesen) (?:ganzen )?artikel (?:weiter|zu)/iu,
  /réservée?s? (?:à|aux) (?:nos )?abonné|il vous reste [\d.,]{1,5}\s?%|pour lire la suite|(?:abonnez-vous|connectez-vous) pour (?:lire|continuer|poursuivre)|la suite (?:de cet article )?est réservée/iu,
  /(?:exclusiv[oa]s?|s[oó]lo|reservad[oa]s?) para (?:los )?(?:suscriptores|abonados|socios)|suscríbete para|para seguir leyendo|para continuar leyendo/iu,
  /(?:exclusiv[oa]s?|restrit[oa]s?|reservad[oa]s?) (?:para|a|aos) (?:os )?assinantes|assine para (?:ler|continuar)|para continuar (?:lendo|a ler)|continue lendo com/iu,
  /(?:riservat[oaie]|esclusiv[oaie]) (?:agli|per gli|ai nostri) abbonati|abbonati per (?:continuare|leggere|proseguire)|per continuare a leggere|contenuto per (?:soli )?abbonati/iu,
  /(?:alleen|exclusief|enkel) (?:toegankelijk )?voor (?:abonnees|leden)|om verder te lezen|verder lezen\?|lees verder met een abonnement/iu,
  /(?:endast|bara|enbart|kun|bare) (?:tillgänglig |tilgjengelig |tilgængelig )?(?:för|for) (?:våra |våre |vores )?(?:prenumeranter|abonnenter|medlemmer)|(?:artikkelen|artikeln|artiklen|saken|artikel) er (?:kun )?for abonnenter|läs hela artikeln|les hele (?:saken|artikkelen)|læs (?:hele artiklen|videre)|for å lese videre|för att läsa vidare/iu,
  /vain tilaajille|tilaajille avoin|jatka lukemista tilaamalla|lukeaksesi koko/iu,
  /(?:tylko|wyłącznie) dla (?:prenumeratorów|subskrybentów|abonentów)|pozostało \d{1,3}\s?%|aby (?:czytać|przeczytać) (?:dalej|całość)/iu,
  /(?:jen|pouze|exkluzivně|len|iba) pr[eo] předplatitele|(?:len|iba|exkluzívne) pre predplatiteľov|pokračovat ve čtení|obsah je zamčený/iu,
  /csak (?:az )?előfizető|előfizetőinknek|numai pentru abonați|doar pentru abonați|samo za (?:pretplatnike|naročnike)/iu,
  /(?:доступ[а-я]{0,6}|только) (?:только )?(?:для )?подписчик|чтобы (?:читать|дочитать|продолжить чтение)|(?:лише|тільки) для передплатників|само за абонати/iu,
  /(?:μόνο|αποκλειστικά) για συνδρομητές|(?:sadece )?abonelere özel|devamını okumak için|للمشتركين فقط|למנויים בלבד/iu,
  /有料記事|有料会員|会員限定|残り\s?[\d,]{1,6}\s?文?字|続きを読むには|유료\s?회원|구독자 전용|회원 전용|付费阅读|付费内容|订阅后|訂閱後|會員專屬|会员专享|dành (?:riêng )?cho (?:thành viên|người đăng ký)|khusus pelanggan/iu,
];

/** Of which one stands in each of the above: most blocks have none, and are asked no more. */
const STEM =
  /subscri|abonn|suscri|abonad|assinan|assine|abbonat|member|medlem|prenumer|reading|unlock|full (?:article|story)|lezen|leden|leggere|leyendo|lendo|a ler|weiterles|freischalt|artikel|abonent|socios|lire|reste|tila|lukem|lukeak|czyta|pozosta|předplat|predplat|čten|zamčen|előfiz|pretplat|naročn|подписч|читать|передплат|абонат|συνδρομ|abone|devamını|مشترك|מנוי|有料|会員|文字|続き|유료|구독|회원|付费|订阅|訂閱|會員|会员|thành viên|đăng ký|pelanggan/iu;

/** What is for those who pay may be to comment. */
const COMMENTING = /comment|kommenti/iu;

/** Kept blocks at the end among which a wall may stand. */
const TAIL = 3;

/**
 * Whether a block at the end of the text, or right behind it, says that it goes on for those who pay. From there on
 * nothing is kept.
 */
export function dropWall({ segments }: Page, keep: Uint8Array): boolean {
  const last = keep.lastIndexOf(1);
  if (last === -1) return false;
  let first = last;
  for (let kept = 1; first > 0 && kept < TAIL; first--) if (keep[first - 1] === 1) kept++;
  const end = Math.min(segments.length, last + 1 + REACH);
  for (let i = first; i < end; i++) {
    const { form, letters, text } = segments[i] as Segment;
    // What is left out amid the text is said of something else.
    if ((keep[i] === 0 && i < last) || form !== 'flow' || letters < FEWEST || letters > LONGEST) continue;
    if (!STEM.test(text) || COMMENTING.test(text) || !WALLS.some((wall) => wall.test(text))) continue;
    // A text of nothing but the wall is left to those who tell pages that are no article.
    if (keep.indexOf(1) < i) keep.fill(0, i);
    return true;
  }
  return false;
}
