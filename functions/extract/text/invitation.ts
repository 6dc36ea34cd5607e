/** Letters and channels that sites offer, by the stems of their names. */
const LETTER =
  /newslett|infolettre|lettre d|e-novi[cč]|nieuwsbrief|nyhe[td]sbrev|uutiskirj|uudiskir|hírlev|bülten|bolet[ií]n|boletim|bollettino|jaunumu|naujienlaišk|рассылк|розсилк|бюлетин|билтен|novičnik|butlletí|buletin|nuachtlitir|cylchlythyr|δελτίο|telegram|whatsapp|телеграм|نیوز ?لیٹر|خبرنامه|النشر|ניוזלטר|न्यूज़लेटर|न्यूजलेटर|নিউজলেটার|செய்திமடல|จดหมายข่าว|ニュースレター|メルマガ|メールマガジン|뉴스레터|电子报|電子報|სიახლე|լրահոս|նորություն|መጽሔ|inkorg|innboks|indbakke|简报|邮箱|e-?mail|email|ईमेल|អ៊ីមែល|အီးမေးလ်/iu;
/** How readers are asked to take them, in languages of which the line model has seen too little. */
const INVITE =
  /(?<![\p{L}\p{M}])(?:abonnieren|bestellen sie|jetzt anmelden|abonnez|inscrivez|recevez|suscríbe|recibe |assine|inscreva|receba|iscriviti|ricevi |abonneer|schrijf je|ontvang|подпи(?:шитесь|сывайтесь)|підпи(?:шіться|суйтесь)|iratkozz|zapisz się|přihlaste|prihláste|prijavite|pretplatite|meld deg|tilmeld|anmäl dig|prenumerera på|få de (?:viktigaste|senaste|bästa)|få dagens|få de (?:vigtigste|viktigste|seneste|siste)|tilaa|telli|liitu|piesakies|pierakst|prenumeruok|užsisak|εγγραφείτε|абонирайте|запишете се|претплатите|пријавите се|abon(?:ează-te|ați-vă)|daftar|berlangganan|đăng ký|jiandikish|jisajili|mag-subscribe|mag-sign|harpidetu|eman izena|cofrestrwch|tanysgrifiwch|cláraigh|subscriu-te|apunta['’]t|გამოიწერეთ|գրանցվ|բաժանորդագրվ|সাবস্ক্রাইব|பதிவு செய்|सब्सक्राइब|सदस्यता लें|سبسکرائب|مشترک شوید|عضو شوید|با عضویت|اشترك|הירשמו|הצטרפו|жазыл)|abone ol|ይመዝገቡ|สมัครรับ|登録|订阅|訂閱|구독|ចុះឈ្មោះ|စာရင်းသွင်း/iu;
/** Characters up to which a line is an offer and no paragraph about one. */
const LONGEST = 240;

/** Whether a line asks its readers to subscribe to a letter or a channel. */
export function asksToSubscribe(text: string): boolean {
  return text.length <= LONGEST && INVITE.test(text) && LETTER.test(text);
}
