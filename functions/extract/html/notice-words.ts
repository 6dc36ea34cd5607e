/**
 * Words of what sites set between and behind the paragraphs of an article, in the languages whose sites show it: appeals
 * to subscribe or log in, rights, labels of advertisements and of comments. Compared in lower case.
 */

/** Stems of what is subscribed to. */
const NEWSLETTERS = `
  newsletter boletín boletin boletim butlletí bülten bulten hírlev nyhetsbrev nyhedsbrev fréttabréf uutiskirj uudiskir
  nieuwsbrief naujienlaišk jaunum zpravodaj spravodaj biuletyn buletin infolettre рассылк розсилк бюлетин билтен bilten
  ενημερωτικ telegram whatsapp النشرة نشرتنا خبرنامه ניוזלטר لیٹر न्यूज़लेटर न्यूजलेटर নিউজলেটার செய்திமடல տեղեկագր
  መጽሔ jarida e-novic nuusbrief gazetilla ન્યૂઝલેટર న్యూస్ ಸುದ್ದಿಪತ್ರ ന്യൂസ് ਨਿਊਜ਼ਲੈਟਰ न्युजलेटर noviniek novink`;

/** Stems of where it arrives. */
const MAILBOXES = `
  inbox mailbox postfach posteingang boîte correo casella inkorg innboks indbakke sähköposti postkast schránk skrzynk
  sandučić почту пошту имейл e-mail email e-posta بريد ایمیل דוא לתיבת میل ईमेल ইমেইল மின்னஞ்சல் ელფოსტ փոստ ኢሜይል barua
  surel posbus tölvupóst retpoŝt iimayl имэйл pochta e-poçt ઈમેલ ఈమెయిల్ ಇಮೇಲ್ ഇമെയില ഇമെയിൽ ਈਮੇਲ इमेल ඊමේල්`;

/** Stems of subscribing. */
const SUBSCRIBING = `
  subscri abonn aboni abonează suscri inscri iscriv cadastr assin anmeld bestell tilmeld eintrag inskriv prenumer tilaa
  telli piesak užsisak prenumeruok přihlas odběr prihlás zapisz iratkoz feliratkoz abone подпи підпи абонир пријав prijav
  εγγραφ daftar langgan jiandikish اشترك اشتركوا عضویت הירשמו הרשמו सदस्यता सब्सक्राइब সাবস্ক্রাইব பதிவு გამოიწერ
  բաժանորդ ይመዝገቡ regjistrohu mag-subscribe teken harpide apúnta abunə obuna жазыл бүртгүүл gabung abonu isdiiwaan rajista
  skráðu pretplat जोडा नोंदणी नोंदवा दर्ता જોડાઓ చేరండి ಸೇರಿ ചേരുക ਜੁੜੋ එක්වන්න podaj zadaj wpisz zadejte bırak déjanos introduce laissez lascia hinterlass`;

/** Stems of receiving. */
const RECEIVING = `
  meld recevez receive ricev recibe receba ontvang erhalt bekomm saad saņem gaukite dostávej otrzym primajte primaj
  získ get join حاصل merrni prejm добивајте terima tanggapin jaso dapatkan olmaq olish almaq`;

/** Stems of logging in. */
const LOGGING_IN = `
  login einlogg connecte identifi accedi inlogg kirjaudu přihlaste zalogu jelentkez autentific войдите увійд σύνδεση
  giriş התחבר ورود دخول`;

/** Stems of those who may. */
const SUBSCRIBERS = `
  subscriber subscription abonnent abonné abonnement abbonat suscriptor assinante premium paywall abonnee prenumerant
  tilaaj předplat predplat előfizet prenumerat abonent подписчик передплатник συνδρομ مشتر`;

const stems = (list: string): ReadonlyMap<string, readonly string[]> => {
  const byStart = new Map<string, string[]>();
  for (const stem of list.trim().split(/\s+/u)) {
    const start = stem.slice(0, STEM_START);
    byStart.set(start, [...(byStart.get(start) ?? []), stem]);
  }
  return byStart;
};
/** Characters by which stems are looked up: the shortest has as many. */
const STEM_START = 3;

export const NOTICE = {
  newsletter: 1,
  mailbox: 2,
  subscribing: 4,
  receiving: 8,
  loggingIn: 16,
  subscriber: 32,
  offer: 64,
} as const;

const STEMS: readonly (readonly [bit: number, stems: ReadonlyMap<string, readonly string[]>])[] = [
  [NOTICE.newsletter, stems(NEWSLETTERS)],
  [NOTICE.mailbox, stems(MAILBOXES)],
  [NOTICE.subscribing, stems(SUBSCRIBING)],
  [NOTICE.receiving, stems(RECEIVING)],
  [NOTICE.loggingIn, stems(LOGGING_IN)],
  [NOTICE.subscriber, stems(SUBSCRIBERS)],
];

/** The same in scripts that part no words, anywhere in the text. */
const UNPARTED: readonly (readonly [bit: number, words: readonly string[]])[] = [
  [
    NOTICE.newsletter,
    [
      'ニュースレター',
      'メルマガ',
      '뉴스레터',
      '简报',
      '電子報',
      '电子报',
      '簡報',
      '公众号',
      'จดหมายข่าว',
      'bản tin',
      'lettre d’info',
      "lettre d'info",
    ],
  ],
  [NOTICE.mailbox, ['メール', '이메일', '邮箱', '電郵', 'อีเมล', 'အီးမေးလ်', 'អ៊ីមែល', 'ອີເມວ', 'пошта']],
  [
    NOTICE.subscribing,
    [
      'sign up',
      'signing up',
      '登録',
      '購読',
      '구독',
      '订阅',
      '訂閱',
      '关注',
      'สมัคร',
      'đăng ký',
      'စာရင်းသွင်း',
      'ចុះឈ្មោះ',
      'ລົງທະບຽນ',
    ],
  ],
  [
    NOTICE.loggingIn,
    [
      'log in',
      'sign in',
      'se connecter',
      'inicia sesión',
      'iniciar sesión',
      'log ind',
      'logga in',
      'logg inn',
      'giriş yap',
      'ログイン',
      '로그인',
      '登录',
      '登入',
      'เข้าสู่ระบบ',
    ],
  ],
  [NOTICE.subscriber, ['会員', '유료', '会员']],
  [
    NOTICE.offer,
    [
      'cancel anytime',
      'cancel any time',
      'unlimited access',
      'unlimited digital access',
      'jederzeit kündbar',
      'sans engagement',
      'cancela cuando',
      'cancele quando',
      'disdici quando',
      'maandelijks opzegbaar',
      'ingen bindingstid',
      'отменить в любой момент',
      'いつでも解約',
    ],
  ],
];

/** What a text says of subscribing and logging in, as bits of {@link NOTICE}. */
export function noticeWords(text: string): number {
  const lower = text.toLowerCase();
  let bits = 0;
  for (const word of lower.match(/[\p{L}\p{M}-]{3,}/gu) ?? []) {
    const start = word.slice(0, STEM_START);
    for (const [bit, byStart] of STEMS)
      if ((bits & bit) === 0 && byStart.get(start)?.some((stem) => word.startsWith(stem))) bits |= bit;
  }
  for (const [bit, words] of UNPARTED)
    if ((bits & bit) === 0 && words.some((word) => lower.includes(word))) bits |= bit;
  return bits;
}

/** What claims rights, anywhere in a text. */
const RIGHTS = [
  'all rights reserved',
  'alle rechte vorbehalten',
  'urheberrechtlich geschützt',
  'tous droits réservés',
  'todos los derechos',
  'prohibida la reproducción',
  'queda prohibida',
  'todos os direitos',
  'tutti i diritti',
  'tots els drets',
  'eskubide guztiak',
  'rechten voorbehouden',
  'rust auteursrecht',
  'alle rettighe',
  'alla rättigheter',
  'kaikki oikeudet',
  'kõik õigused',
  'visas tiesības',
  'visos teisės',
  'všechna práva',
  'všetky práva',
  'minden jog',
  'wszelkie prawa',
  'toate drepturile',
  'всички права запазени',
  'сва права задржана',
  'sva prava pridržana',
  'vse pravice pridržane',
  'все права защищены',
  'усі права захищено',
  'всі права захищені',
  'при использовании материалов',
  'με επιφύλαξη',
  'απαγορεύεται η αναδημοσίευση',
  'tüm hakları',
  'جميع الحقوق محفوظة',
  'حقوق مادی و معنوی',
  'کلیه حقوق',
  'جملہ حقوق',
  'כל הזכויות שמורות',
  'सर्वाधिकार सुरक्षित',
  'सभी अधिकार सुरक्षित',
  'সর্বস্বত্ব',
  'உரிமைகளும் பாதுகாக்கப்பட்டவை',
  'สงวนลิขสิทธิ์',
  'nghiêm cấm sao chép',
  'bản quyền thuộc',
  'hak cipta dilindungi',
  '無断転載',
  '無断複製',
  '무단 전재',
  '무단전재',
  '版权所有',
  '版權所有',
  '未经书面授权',
  'haki zote zimehifadhiwa',
  'ყველა უფლება დაცულია',
  'բոլոր իրավունքները',
  'መብቱ በሕግ',
  'registro stampa',
  'registrata presso il tribunale',
  'registrata al tribunale',
  'зарегистрировано федеральной службой',
  'зарегистрировано роскомнадзором',
  'offenlegung gemäß',
  'hak cipta terpelihara',
  'karapatang-ari',
  'kopiereg voorbehou',
  'öll réttindi áskilin',
  'të gjitha të drejtat',
  'сите права се задржани',
  'sva prava zadržana',
  'reservados todos os dereitos',
  'bütün hüquqlar',
  'barcha huquqlar',
  'барлық құқықтар',
  'хуулиар хамгаалагдсан',
  'xuquuqda',
  'an kiyaye haƙƙin',
  'müəllif hüquqları',
  'barcha huquq',
  'सर्व हक्क राखीव',
  'સર્વ હક',
  'సర్వ హక్కులు',
  'ಹಕ್ಕುಗಳನ್ನು ಕಾಯ್ದಿರಿಸಲಾಗಿದೆ',
  'പകർപ്പവകാശം',
  'ਹੱਕ ਰਾਖਵੇਂ',
  'හිමිකම් ඇවිරිණි',
  'မူပိုင်ခွင့်',
  'រក្សាសិទ្ធិ',
  'ສະຫງວນລິຂະສິດ',
];
export const claimsRights = (text: string): boolean => {
  const lower = text.toLowerCase();
  return RIGHTS.some((phrase) => lower.includes(phrase));
};

/** Where a letter says how to get no more of them: all behind it is its sender's. */
const UNSUBSCRIBING = [
  'unsubscribe',
  'newsletter abbestellen',
  'newsletter abmelden',
  'désabonner',
  'désinscri',
  'darse de baja',
  'cancelar suscripción',
  'cancelar a inscrição',
  'cancelar inscrição',
  'annulla l’iscrizione',
  'disiscriv',
  'uitschrijven',
  'avsluta prenumeration',
  'meld deg av',
  'afmeld nyhedsbrev',
  'peruuta tilaus',
  'zrušit odběr',
  'wypisz się',
  'leiratkoz',
  'dezabon',
  'отписаться',
  'відписатися',
  '配信停止',
  '수신거부',
  '退订',
  '退訂',
];
export const saysHowToUnsubscribe = (text: string): boolean => {
  const lower = text.toLowerCase();
  return UNSUBSCRIBING.some((phrase) => lower.includes(phrase));
};

const lines = (list: string): ReadonlySet<string> => new Set(list.split('|').map((line) => line.trim()));

/** What stands above or in place of an advertisement. */
export const ADVERTISEMENT_LABELS = lines(`
  advertisement | advertisements | advertising | ad | ads | sponsored | anzeige | werbung | publicité | publicidad |
  publicidade | publicitat | pubblicità | advertentie | reklam | reklame | annonse | annons | annonce | mainos | reklaam |
  reklāma | reklama | hirdetés | publicitate | реклама | оглас | oglas | διαφήμιση | إعلان | اعلان | تبلیغات | פרסומת |
  विज्ञापन | বিজ্ঞাপন | விளம்பரம் | โฆษณา | quảng cáo | iklan | 広告 | スポンサーリンク | 광고 | 广告 | 廣告 |
  article continues below | article continues after advertisement | story continues below advertisement |
  story continues below | continue reading below | after newsletter promotion | skip past newsletter promotion`);

/** "Sponsored by Acme", "Together with Acme", alone in a line. */
export const SPONSORED =
  /^(?:this (?:issue|newsletter|post|episode) is )?(?:sponsored|presented|brought to you|supported|powered|made possible) by \S.{0,40}$|^(?:together|in partnership|in association|in collaboration) with \S.{0,30}$/iu;

/** What makes letters larger: "Text size: A A A". */
export const TEXT_SIZE =
  /^(?:text size|font size|schriftgröße|taille du texte|tamaño (?:de letra|del texto)|tamanho da (?:letra|fonte)|dimensione (?:testo|carattere)|tekstgrootte|tekststørrelse|textstorlek|velikost písma|wielkość (?:czcionki|liter)|размер шрифта|yazı boyutu|حجم الخط|文字サイズ|글자\s?크기|字号|字號|字体)[:：]?(?:\s?[-+±A-ZА-Я大中小가]\S{0,2}){0,6}$/iu;

/** What heads whom to ask, at the end of a press release. */
export const CONTACT_LABELS = lines(`
  contact | contacts | contacts for media | contact for media | media contact | media contacts | press contact | press contacts | media inquiries | media enquiries | press office |
  for media inquiries | for more information | notes to editors | about us | pressekontakt | medienkontakt | ansprechpartner |
  ansprechpartnerin | kontakt | kontakt für medien | kontakt für rückfragen | rückfragen | rückfragehinweis | pressestelle |
  contact presse | contacts presse | service de presse | contacto de prensa | contactos de prensa | contacto | contatti |
  contatti stampa | ufficio stampa | contacto de imprensa | contactos | perscontact | contactpersoon | presskontakt |
  pressekontakter | medieyhteydet | lisätietoja | kontakt dla mediów | kontakt dla prasy | kontakt pro média | sajtókapcsolat |
  контакты для сми | пресс-служба | контактна особа | basın iletişim | 報道関係 | お問い合わせ | 本件に関するお問い合わせ先 | 문의 | 媒体联系 | 媒体联络`);

/** What heads the comments of readers. */
export const COMMENT_LABELS = lines(`
  comments | comment | top comments | join the conversation | trackback | trackbacks | pingbacks | reader comments | user comments | leave a comment | leave a reply | post a comment | responses |
  kommentare | kommentar | leserkommentare | commentaires | vos commentaires | réactions | comentarios | comentários |
  comentaris | commenti | reacties | kommentarer | athugasemdir | kommentit | kommentaarid | komentāri | komentarai |
  komentáře | diskuze | diskuse | diskusia | hozzászólások | kommentek | komentarze | comentarii | коментари | коментарі |
  комментарии | komentari | komentarji | σχόλια | yorumlar | التعليقات | تعليقات | نظرات | دیدگاه‌ها | نظرات کاربران |
  תגובות | تبصرے | टिप्पणियां | टिप्पणियाँ | কমেন্টস | মন্তব্য | கருத்துகள் | ความคิดเห็น | bình luận | komentar | コメント |
  댓글 | ihre meinung | leserstimmen | vos réactions | réagir | deja tu opinión | deja tu comentario | comenta | commenta |
  comentários dos leitores | opinie czytelników | opinie | обсуждение | أضف تعليقك | أضف تعليقا | 留言討論 | komente | komento |
  mga komento | kommentaar | ummæli | iruzkinak | komen | şərhlər | izohlar | пікірлер | сэтгэгдэл | faallooyinka |
  ra’ayoyin masu karatu | komentoj | ý kiến bạn đọc | प्रतिक्रिया | प्रतिक्रियाएं | પ્રતિભાવો | వ్యాఖ్యలు | ಪ್ರತಿಕ್ರಿಯೆಗಳು | അഭിപ്രായങ്ങൾ | ਟਿੱਪਣੀਆਂ |
  ප්‍රතිචාර | မှတ်ချက်များ | មតិយោបល់ | ຄຳເຫັນ | 评论 | 網友評論 | 网友评论 | 留言 | კომენტარები | մեկնաբանություններ | አስተያየቶች`);

/** What Slash, the program of Slashdot, says above comments. */
const FINE_PRINT = 'the following comments are owned by whoever posted them';
export const saysWhoOwnsComments = (text: string): boolean => text.toLowerCase().includes(FINE_PRINT);

/** What WordPress says below a post by its first theme: on which day it was written, what it is filed under, how to answer. */
export const FILED_UNDER =
  /^(?:this (?:entry|post|article) (?:was|is) (?:posted|written|published|filed)|(?:dieser|der) (?:beitrag|eintrag|artikel) (?:wurde|ist) .{0,60}(?:veröffentlicht|abgelegt|geschrieben|erstellt)|(?:ce billet|cet article|cette entrée|cet? (?:billet|article)) (?:a été|est) (?:publiée?|postée?|posté|écrit)|esta entrada (?:fue|está|ha sido) (?:publicada|posteada|archivada|escrita)|(?:esta|este) (?:entrada|post|artigo) foi (?:publicad[oa]|postad[oa])|quest[oa] (?:articolo|voce|post) è stat[oa] (?:pubblicat|inserit|scritt)[oa]|dit (?:bericht|artikel) (?:is|werd) (?:geplaatst|geschreven|gepubliceerd)|(?:det|den) h[äe]r (?:inlägget|posten) (?:postades|publicerades|skrevs)|dette (?:indlæg|innlegget|innlegg) (?:blev|ble) (?:udgivet|skrevet|publisert|postet)|(?:ten|ta) (?:wpis|artykuł|notka) został[ay]? (?:opublikowan|napisan|dodan)|(?:запись|эта запись|данная запись) (?:была )?опубликована|(?:цей|ця|даний) (?:запис|стаття) (?:був |була )?(?:опублікован|розміщен)|tento (?:příspěvek|článok|článek) (?:byl|bol)|ezt a bejegyzést|acest (?:articol|post) a fost|bu (?:yazı|giriş) .{0,60}(?:tarihinde|kategorisi)|această intrare|posted in .{2,60} \| (?:\d|no|leave))/iu;

/** What home pages of old set at their foot: counters, what they are best seen with, who gave them room. */
export const OLD_FOOT =
  /^(?:you (?:are|were) (?:the )?(?:visitor|guest)|visitors?(?: since| number|:)|best viewed|this (?:page|site) (?:is |has been |was )?(?:hosted by|accessed|visited|best viewed|last (?:updated|modified)|maintained by|created (?:by|with))|(?:page )?last (?:updated|modified|changed|revised|update)|(?:please )?sign (?:my|our) guest ?book|(?:back to|return to) (?:the )?(?:top|home|main|index)|sie sind (?:der )?besucher|besucher seit|vous êtes le .{0,20}visiteur|(?:eres|usted es) el visitante|sei il visitatore|você é o visitante|вы .{0,12}посетитель|jesteś .{0,20}(?:gościem|odwiedzając)|letzte änderung|dernière mise à jour|ultima modifica|zuletzt (?:geändert|aktualisiert)|あなたは.{0,20}人目)/iu;

/** "14 responses to “Ferries return”", "2 thoughts on “Ferries return”", as WordPress writes it. */
export const COMMENTS_ON = /^\d{1,5} (?:responses?|comments?|thoughts|replies) (?:to|on)(?=$|[\s:"“«])/iu;
