/**
 * What pages say that stand in place of an article: bot challenges, consent notices, errors, logins, domains for sale. In
 * the languages whose sites show them; compared in lower case, as phrases that hardly any article opens with.
 */

/** Of a list parted by bars with space around them; bars within a phrase have none behind them. */
const phrases = (list: string): string =>
  list
    .split(/\s\|(?:\s|$)/u)
    .map((phrase) => phrase.trim())
    .filter(Boolean)
    .join('|');

/** What the title of a bot challenge says, before the name of who set it up or alone. */
export const CHALLENGE_TITLE = new RegExp(
  `^(?:${phrases(`
  just a moment | nur einen moment | ein moment | einen moment bitte | un instant | un momento | um momento | один момент | attention required |
  are you a (?:human|robot) | robot check | pardon our interruption | security check | ddos-guard | 403 forbidden | error 40[13] |
  one more step | human verification | request blocked | bot verification | making sure you.{1,6}re not a bot |
  vérification de sécurité | sicherheitsüberprüfung | sicherheitsprüfung | comprobación de seguridad | verificación de seguridad |
  controllo di sicurezza | verificação de segurança | вы не робот | проверка браузера | проверка безопасности |
  weryfikacja bezpieczeństwa | 安全验证 | 安全检查 | 访问验证 | セキュリティチェック | 보안 확인`)})(?:$|\\s?[.…!?|:–—-])|^(?:access (?:to this page has been )?denied|verify(?:ing)? you are (?:a )?human)`,
  'i',
);

export const CHALLENGE_TEXT = new RegExp(
  phrases(`
  checking (?:if the site connection is secure|your browser) | enable javascript and cookies to continue |
  verify(?:ing)? (?:that )?you are (?:a )?human | unusual traffic from your | complete the (?:security check|captcha) |
  cloudflare ray id | please (?:verify|confirm) (?:that )?you are (?:not a robot|a human) | you have been blocked |
  automated access | enable js and disable any ad blocker | incapsula incident id | press (?:&|and) hold to confirm |
  not available (?:in your (?:country|region)|to (?:users|visitors|readers) in) | unavailable (?:in your (?:country|region)|due to legal reasons) |
  from a country belonging to the european economic area |
  (?:dass|ob) sie ein mensch sind | sicherheit ihrer verbindung überprüfen | aktivieren sie javascript und cookies |
  que vous êtes (?:un )?humain | que la connexion est sécurisée | activez javascript et les cookies |
  que (?:es|eres) (?:un )?humano | active javascript y las cookies | che sei umano | abilita javascript e i cookie |
  que (?:você )?é humano | ative o javascript e os cookies | dat u een mens bent | że jesteś człowiekiem |
  проверяем ваш браузер | подтвердите, что вы (?:человек|не робот) | запросы отправляли вы, а не робот | перевірте, що ви людина |
  insan olduğunuzu doğrula | 请完成安全验证 | 您的访问存在异常 | ロボットではないこと | 로봇이 아닙니다`),
  'i',
);

/**
 * Words that consent notices cannot do without, in the languages whose sites show them most. Whoever forbids copies
 * "without written consent" speaks of rights.
 */
export const CONSENT_WORD =
  /cookie|(?<!written |prior |express )consent|gdpr|personal data|our partners|legitimate interest|datenschutz|einwilligung|privacidad|confidentialit|riservatezza|prywatno/i;

export const CONSENT_TEXT = new RegExp(
  phrases(`
  before you continue | we value your privacy | we and our (?:\\d{1,5} )?partners | accept (?:all )?cookies |
  cookie[- ]?(?:einstellungen|richtlinie|policy|consent) | mit werbung (?:weiter)?lesen | weiter mit werbung |
  mit werbung und tracking | zustimmen und weiter | akzeptieren und weiter | alle akzeptieren | accepter (?:et|&) (?:continuer|fermer) |
  continuer sans accepter | tout accepter | consentimiento | aceptar y continuar | aceptar todas | informativa sui cookie |
  accetta e continua | accetta tutti | aceitar todos | (?:nós e os )?nossos (?:\\d{1,5} )?parceiros | política de cookies |
  alles accepteren | cookies accepteren | akceptuj | zaufanych partnerów | godkänn alla | acceptera alla | vi och våra (?:\\d{1,5} )?partner |
  godta alle | accepter alle | hyväksy kaikki | přijmout vše | souhlasím | összes elfogadása | acceptă tot |
  принять все | использу(?:ем|ет) (?:файлы )?cookie | на обработку (?:файлов )?cookie | прийняти всі | αποδοχή όλων |
  tümünü kabul et | قبول الكل | 同意して続行 | 모두 동의 | 接受所有`),
  'i',
);

/** "404", "Error 500", "502 Bad Gateway"; "500 people" are none. */
const NUMBERED = phrases(`
  404(?:$|\\s?[-–—:|!]|\\s(?:not found|error|page|fehler|file)) | (?:400 bad request|410 gone|50[0234] (?:internal|bad|service|gateway|error)) |
  (?:http )?(?:error|fehler|erreur|errore|erro|fel|feil|fejl|virhe|chyba|błąd|hiba|eroare|ошибка|помилка|грешка|hata|σφάλμα)\\s?(?:40[04]|410|50[0234])(?:$|[^\\d])`);

/** What the title or main heading says where what was asked for is not there. */
export const ERROR_TITLE = new RegExp(
  `(?:^|[|:–—-]\\s?)(?:${NUMBERED})|${phrases(
    `
  (?:page|site|file|article|content|seite|artikel) (?:(?:was |is |wurde |konnte )?(?:not|nicht) (?:be )?|can.{1,6}t be |cannot be |could not be )(?:found|available|gefunden|verfügbar) |
  ^internal server error | ^(?:the )?service (?:is )?(?:temporarily )?unavailable | ^bad gateway | ^gateway time-?out | ^object moved |
  ^something went wrong | ^unable to connect to (?:the )?database | ^error establishing a database connection |
  page (?:does not|doesn.t|no longer) exists? | seite existiert nicht | seite nicht (?:mehr )?vorhanden | page introuvable |
  page n.existe (?:pas|plus) | page non trouvée | p[áa]gina n(?:o|ão) (?:encontrada|existe) | p[áa]gina no encontrada |
  pagina non trovata | pagina non esiste | pagina niet gevonden | pagina bestaat niet | страница не (?:найдена|существует) |
  стра́ница не найдена | сторінк[ау] не (?:знайдено|існує) | страницата не (?:е намерена|съществува) |
  страница није пронађена | stranica nije pronađena | nie znaleziono strony | strona nie (?:istnieje|została znaleziona) |
  stránka (?:nebyla )?nenalezena | stránka neexistuje | stránka sa nenašla | az oldal nem található | oldal nem (?:található|létezik) |
  pagina nu (?:a fost găsită|există) | sayfa bulunamadı | sidan (?:kunde inte hittas|hittades inte|finns inte) |
  siden (?:ble ikke funnet|finnes ikke|blev ikke fundet|findes ikke) | sivua ei (?:löytynyt|löydy) | lehte ei leitud |
  lapa nav atrasta | puslapis nerastas | η σελίδα δεν (?:βρέθηκε|υπάρχει) | pàgina no trobada | halaman tidak ditemukan |
  không tìm thấy trang | trang (?:bạn tìm )?không tồn tại | ไม่พบหน้า | ページ(?:が見つかりません|は見つかりません|は存在しません) |
  お探しのページ | 页面不存在 | 页面未找到 | 找不到(?:页面|網頁|頁面) | 您访问的页面 | 페이지를 찾을 수 없 | الصفحة (?:المطلوبة )?غير موجودة |
  صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد | (?:הדף|העמוד)(?: המבוקש)? לא נמצא | पेज नहीं मिला | पृष्ठ नहीं मिला`,
  )}`,
  'i',
);

/** What the title or main heading says of a page that no site is behind, or that is shut. */
export const SHUT_TITLE = new RegExp(
  phrases(`
  ^welcome to nginx | apache2? .{0,20}default page | ^test page for the | ^iis windows server | ^index of / | ^account suspended |
  (?:site|website)s? (?:is )?(?:currently )?(?:under|down for|in) (?:scheduled )?maintenance | ^(?:scheduled )?maintenance(?: mode)?$ |
  ^(?:site |website )?under construction$ | ^coming soon$ | ^wartungsarbeiten$ | ^wartungsmodus$ | ^(?:site en )?maintenance(?: en cours)?$ |
  (?:sitio|web|página) en mantenimiento | ^(?:sito )?in manutenzione$ | ^(?:site )?em manutenção$ | strona w przebudowie |
  ^(?:на сайте )?(?:ведутся |проводятся )?технические работы$ | ^сайт (?:временно )?(?:недоступен|закрыт)$ | ^bakım çalışması$ | ^メンテナンス中$ | ^网站维护 |
  ^database error | error establishing a database connection |
  domain .{0,60}(?:for sale|zum verkauf) | domaine .{0,40}à vendre | dominio .{0,40}en venta | домен .{0,40}продается | 域名出售`),
  'i',
);

/** What its text says. */
export const SHUT_TEXT = new RegExp(
  phrases(`
  domain (?:name )?(?:is|may be) (?:still )?(?:for sale|available for purchase) | buy this domain | die domain .{0,80}zum verkauf |
  domaine est à vendre | dominio está en venta | домен продается | 此域名(?:出售|可出售) | performing (?:some |scheduled )?maintenance |
  back (?:online )?shortly! | fatal error: .{0,200} in / | uncaught \\w{1,40}(?:exception|error) | sqlstate\\[ | account has been suspended |
  this is the default welcome page | you need to enable javascript to run this app |
  wayback machine has(?:n.t| not) archived | excluded from the wayback machine | blocked by the site owner via robots.txt |
  your (?:shopping )?(?:basket|cart) is empty`),
  'i',
);

/** What the title or main heading says, alone or before the site's name, where one logs in. */
export const LOGIN_TITLE = new RegExp(
  `^(?:${phrases(`
  (?:please |you must )?(?:log|sign) ?in(?: to (?:your account|continue|read|view|see).{0,60})? | login |
  (?:jetzt |bitte )?(?:anmelden|einloggen) | connexion | se connecter | connectez-vous | identifiez-vous | iniciar sesión | inicia sesión |
  acceder | accedi | entrar | iniciar sessão | inloggen | logga in | logg inn | log ind | kirjaudu(?: sisään)? | přihlášení | přihlaste se |
  zaloguj się | logowanie | bejelentkezés | autentificare | вход(?: на сайт| в систему| в личный кабинет)? | войти(?: на сайт)? |
  авторизация | вхід | увійти | σύνδεση | giriş yap(?:ın)? | تسجيل الدخول | התחברות | đăng nhập | masuk | ログイン | 로그인 | 登录 | 登入`)})[.!]?(?:$|\\s?[|–—:·»_-])`,
  'i',
);
