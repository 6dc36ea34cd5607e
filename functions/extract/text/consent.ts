import { hashesOf } from './scan.ts';
import { HashedValues, type WordList } from './words.ts';

const COOKIE = `cookie cookies cookie-urile cookiet evästeet evästeitä çerez çerezler çerezleri sütik sütiket`;
/** Recipes speak of cookies too; notices speak of them together with these. */
const SETTING = `website websites site sites browser browsers gdpr dsgvo rgpd consent plugin analytics user users visitor visitors
preferences privacy settings webseite webseiten nutzer browsern einwilligung datenschutz zustimmung seite navigateur navigation
utilisateur consentement sitio web navegador usuario consentimiento sito utente navigazione consenso navegação usuário utilizador
bezoekers gebruiker toestemming strony strona użytkownika zgoda webbplats användare nettsted hjemmeside bruger сайт сайта
пользователь пользователей tarayıcı sitesi kullanıcı stránky uživatel weboldal felhasználó ιστοσελίδα`;
const COOKIE_BIT = 1;
const SETTING_BIT = 2;

const meanings = new HashedValues([
  ...hashesOf(SETTING).map((hash) => [hash, SETTING_BIT] as const),
  ...hashesOf(COOKIE).map((hash) => [hash, COOKIE_BIT] as const),
]);

/** Whether the words from `from` on, a line's, speak of the cookies of a site. */
export function speaksOfConsent(words: WordList, from: number): boolean {
  let said = 0;
  for (let i = from; i < words.size; i++) said |= meanings.get(words.hashes[i] as number);
  return said === (COOKIE_BIT | SETTING_BIT);
}
