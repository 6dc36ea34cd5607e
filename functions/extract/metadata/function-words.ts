/**
 * Words of grammar that tell a language by their number alone. A page that declares its language is nearly always right,
 * and a few such words settle that it is, at a fiftieth of the cost of asking the detector.
 */
import { HashTable, mixHigh, mixLow, START_HIGH, START_LOW } from '../markup/hashes.ts';

/** The commonest words of grammar of a language; of those that several share, each has them. */
const WORDS: Readonly<Record<string, string>> = {
  en: 'the a i of and to in is that for was with on as at by are from this it have has be which their not were they but been an he its had who will would more about after said she or when there what',
  de: 'der die am um vor beim seit wenn nur so mehr kann wurde und das den von zu mit im ist des für auf ein dem nicht eine als auch sich es an er hat wird aus bei nach wie sind einen einer werden oder noch zum zur über dass sie ich war haben',
  fr: 'le la les de des et du une dans est pour qui que sur par au pas avec ce plus ne se son sont aux cette ont été il elle mais sa ses ou leur nous ces comme après à l d n qu s c',
  es: 'el la de los las que en y del por una para con se su al es lo como más pero sus este esta ha fue ya entre sobre también desde muy no le porque cuando a',
  it: 'il di che la per un una del della è con non le dei nel gli sono alla da al si più delle anche ha come lo ma degli dal nella questo stato i ed sul l d dell all e è',
  pt: 'o a de muito depois era ser quando que do da em para com os uma no na não por dos mais as se foi como ao das à pelo pela são tem sua seu ou também e um mas já está',
  nl: 'de het een van en in is dat op te voor met zijn aan niet er door ook bij als naar om uit maar worden wordt heeft deze nog hij dit meer over werd ze hebben dan of geen was',
  pl: 'w i na się z do nie że jest to o jak po od za dla przez ze co ale być tym są oraz czy tego był jego już przed może które który która tak także ich',
  cs: 'a v se na že je s z do o k i za ve by ale jsem jako po pro jsou aby který které která jeho jen už nebo také byl bylo není podle od tak při si',
  sv: 'och ej sedan efter under man sin sina mycket bara alla dem blev vara hos åt att det som en på är av för med den till inte ett om har de var från men kan vi så ska eller han när hade där sig också skulle nu efter vid',
  da: 'og i det som en er på til af for med at de har den ikke et om fra var sig men vi blev hun han skal jeg efter også ved mere bare noget hvad kan vil der',
  no: 'og i det som en er på til av for med at de har den ikke et om fra var seg men vi ble hun han skal jeg etter også ved mer bare noe hva kan vil',
  fi: 'ja on ei että se oli hän mutta myös ovat kun tai joka jos sen mukaan ole niin kuin vuonna olisi sekä hänen ollut voi jo mitä nyt tämä siitä',
  hu: 'a az és hogy nem is egy ez volt de meg azt csak már el ha mint még ki szerint vagy lehet után ezt amely kell nagyon minden lesz',
  tr: 've en ki bu çok ise şöyle ama veya bir bu için ile da de olarak daha çok olan sonra en gibi kadar ne ise o her olduğunu ancak göre ya değil var yeni olduğu dedi mi',
  ro: 'și de în a la cu pe care din că este o un nu pentru mai fost au sunt prin fi după sau ca se al ale le lui până între fără va această',
  ru: 'и бы ещё если все когда этого её их нет во со уже в на не что с по это как от к из за для но о у его он так был было же при до а или они также которые который только были после она',
  // These are here to be told from their kin above.
  ca: 'el la de els les que i en del per una un amb a no és al ha com més però aquest aquesta seva seu són també fins entre l d n s va van ser hi ho ja des als pels quan ni',
  gl: 'o a de que do da e en para con os un unha non por dos máis as se foi como ao das á pola polo son ten súa seu ou tamén xa está pero na no nas nos',
  sk: 'a v sa na že je s z do o k i za vo by ale som ako po pre sú ktorý ktorá ktoré jeho ich už nie tiež aj bol bolo podľa od tak pri si čo aby',
  sl: 'in v je na se da za so pa z s ki ne bi ni tudi po kot iz od o do k pri ali še le sta ko bo lahko več zaradi med',
  hr: 'i u je na se da za su od s o ne a koji koja koje iz što kao ali bi to će nije te do ili biti samo već kako po nakon prema još',
  uk: 'і в на не що з по це як від до за для про у його він так був було та або вони також які який але після вже є й а із яка',
  be: 'і ў у на не што з па гэта як ад да за для пра яго ён так быў было або яны таксама які але пасля ужо якія а са',
  bg: 'и в на не че с по това как от до за се са да е го той така беше или те също които който но след вече а ще към със ли',
  af: 'die en van in is dat het nie te om op vir met hy sy aan was sal wat ook as hulle deur by word n kan ons of meer uit na',
  et: 'ja on ei et see oli ta ka kui mis aga oma mida siis ning või nii ole tema veel selle kes pärast kuid nende seda mitte juba üle',
  az: 'və bir bu üçün ilə da də olaraq daha çox olan sonra ən qədər isə o hər olduğunu görə ya var yeni edir ki',
};

/** Share of words that are words of the declared language's grammar from which they settle it. */
const LEAST_SHARE = 0.2;
/** Of these and of another language's, some are words of one of the two alone: how many at least, and how many to one. */
const APART = { least: 4, ahead: 3 } as const;
/** Words a text has at least. */
const LEAST_WORDS = 30;

const LANGUAGES = Object.keys(WORDS);

/** The words by their hashes, and the languages of each as bits. */
const table = new HashTable(1000);
const languagesOf: number[] = [];
for (const [place, language] of LANGUAGES.entries()) {
  for (const word of (WORDS[language] as string).split(' ')) {
    const number = table.addWord(word);
    languagesOf[number] = (languagesOf[number] ?? 0) | (1 << place);
  }
}

/** Small letters of the words' alphabets: ASCII, Latin-1 and its first extension, Cyrillic. */
function letterOf(code: number): number {
  if (code >= 97 && code <= 122) return code;
  if (code >= 65 && code <= 90) return code + 32;
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return 0;
  if (code <= 0xde) return code + 32;
  if (code <= 0xff) return code;
  if (code >= 0x410 && code <= 0x42f) return code + 32;
  return code < 0x250 || (code >= 0x430 && code < 0x530) ? code : 0;
}

/** The languages of each word of a text, as bits; one text at a time. */
const masks = new Int32Array(1024);

/** Fills {@link masks}. @returns how many words there are */
function readWords(text: string): number {
  let words = 0;
  let low = START_LOW;
  let high = START_HIGH;
  let isWord = false;
  for (let i = 0; i <= text.length && words < masks.length; i++) {
    const letter = i < text.length ? letterOf(text.charCodeAt(i)) : 0;
    if (letter !== 0) {
      low = mixLow(low, letter);
      high = mixHigh(high, letter);
      isWord = true;
      continue;
    }
    if (!isWord) continue;
    const number = table.find(low, high);
    masks[words++] = number === -1 ? 0 : (languagesOf[number] as number);
    low = START_LOW;
    high = START_HIGH;
    isWord = false;
  }
  return words;
}

/** Whether the words read settle that a text is in the language at a place of {@link LANGUAGES}. */
function settles(place: number, words: number): boolean {
  // By language, words that are the one's too, and words that are not.
  const shared = new Int32Array(LANGUAGES.length);
  const foreign = new Int32Array(LANGUAGES.length);
  for (let i = 0; i < words; i++) {
    const languages = masks[i] as number;
    const counts = (languages >> place) & 1 ? shared : foreign;
    for (let rest = languages; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      counts[bit] = (counts[bit] as number) + 1;
    }
  }
  const own = shared[place] as number;
  if (words < LEAST_WORDS || own < LEAST_SHARE * words) return false;
  for (let bit = 0; bit < LANGUAGES.length; bit++) {
    const apart = own - (shared[bit] as number);
    if (bit !== place && (apart < APART.least || apart < APART.ahead * (foreign[bit] as number))) return false;
  }
  return true;
}

/**
 * Whether a text is in a language by its words of grammar.
 *
 * @param language ISO 639-1 code
 * @returns false also where they do not settle it, or the language has none here
 */
export function hasGrammarOf(language: string, text: string): boolean {
  const place = LANGUAGES.indexOf(language);
  return place !== -1 && settles(place, readWords(text));
}

/** Languages known for what is declared alone: the detector and the words apart tell them from Portuguese and Dutch. */
const UNSURE = new Set(['gl', 'af']);

/** The language of a text by its words of grammar; null where they do not settle it. */
export function languageByGrammar(text: string): string | null {
  const words = readWords(text);
  const counts = new Int32Array(LANGUAGES.length);
  let best = 0;
  for (let i = 0; i < words; i++) {
    for (let rest = masks[i] as number; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      counts[bit] = (counts[bit] as number) + 1;
      if ((counts[bit] as number) > (counts[best] as number)) best = bit;
    }
  }
  const language = LANGUAGES[best] as string;
  return !UNSURE.has(language) && settles(best, words) ? language : null;
}
