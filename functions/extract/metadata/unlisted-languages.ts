/**
 * Languages that the detector does not know and takes for their kin: told by letters that no kin has, or by words of
 * grammar that kin write otherwise.
 */

/** Letters that no other language of the script has, and how many of the sample's letters they are at least, in thousandths. */
const BY_LETTERS: readonly (readonly [language: string, letters: RegExp, least: number])[] = [
  ['ckb', /[ێۆڕڵ]/gu, 15],
  ['ug', /[ۇۆۈۋې]/gu, 40],
  ['sd', /[ٻڀٺٿڄڃڇڍڌڙڳڱ]/gu, 15],
  ['ps', /[ټډړږښګۍځڅڼ]/gu, 15],
  ['tg', /[ҷӣӯ]/gu, 8],
  ['tt', /[җ]/gu, 1],
  ['ba', /[ҙҫ]/gu, 4],
  ['kk', /[қғұ]/gu, 15],
  ['ky', /[ң]/gu, 4],
  ['mn', /[өү]/gu, 15],
  ['mk', /[ѓќѕ]/gu, 2],
];

/** Words of grammar by language, and as which languages the detector reads it. */
const BY_WORDS: Readonly<Record<string, readonly [kin: string, words: string]>> = {
  id: [
    'ms tl',
    'bahwa karena bisa dengan yang dari akan sudah untuk tidak dan di ini itu pada tahun saat usai mulai namun bukan kantor pemerintah polisi kabupaten kecamatan provinsi senin kamis jumat sabtu minggu rupiah mengatakan desa warga biaya uang anggota bilang ujar mau istri perusahaan sekitar lalu sebagian dulu lewat',
  ],
  sw: ['*', 'ya wa na kwa katika ni la za cha kuwa hiyo huo hilo ambayo baada mwaka watu alisema amesema wananchi pia'],
  af: [
    'nl',
    '’n nie vir hulle sê gesê ná hierdie asook baie gaan is wees sy ons uit ek jy hom hul saam by kry mense dae waar dié',
  ],
  gl: [
    'pt es',
    'unha unhas coa cos polo pola máis tamén ata moi hoxe onte súa súas estes dende despois non xa lle lles cando aínda dunha nunha dun nun á mentres dixo dicían concello xente quen era',
  ],
  eo: [
    '*',
    'kaj estas al kun ke oni sed pri el ankaŭ aŭ jam dum tiu tiuj ĉi kiu kiuj kie per sur diris diras estis ili ŝi ĉiu',
  ],
  cy: ['*', 'yn yr mae ar ei wedi oedd bod fod gyfer gan hynny ond gyda sydd ddydd hefyd'],
  ga: ['*', 'agus an na tá bhí leis chun seo sin atá gur ach air ag dé ina raibh'],
  mt: ['*', 'li għal minn kien fil tal mill ta dwar qal hija huwa dan din biex ma'],
  uz: [
    '*',
    'va bilan uchun bu ham boʻlib bo‘lib qilish edi yilda ekan esa kerak qayta deydi so‘ng har kuni yil ular uni shu keyin degan',
  ],
  lb: ['nl de', 'déi ass eng vun hunn gëtt fir mat sinn och dat net gouf zwee um'],
  so: ['*', 'ayaa iyo oo uu waxaa lagu sheegay soo waxay ah ee in ka ku dib'],
  ha: ['*', 'cikin wannan cewa kuma domin sun ya na ta da ce ne shugaban wata'],
  ne: ['hi mr', 'छ छन् र पनि गरेको गरिएको भएको भने थियो हो फेरि लागि गर्न तथा थिए छैन भएका गरिएका राखिएको यो'],
  nn: ['no da', 'ikkje eg frå ein dei vart meir noko berre kva ho seier korleis'],
};

/** Words that the detector's own language writes where its kin writes those above. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  ms: 'bahawa kerana boleh dengan yang dari daripada akan sudah untuk tidak dan di ini itu pada tahun selepas mula pejabat kerajaan polis negeri daerah isnin khamis jumaat sabtu ahad ringgit berkata ialah kampung kos wang ahli syarikat sehingga bagi turut beliau manakala dahulu',
  tl: 'ang ng mga sa na ay at para ito niya kung hindi siya noong mula kay',
  nl: 'niet voor zij zegt gezegd na deze ook zeer gaat is zijn wij uit het een van en',
  pt: 'uma umas com pelo pela mais também até muito hoje ontem sua suas estes desde depois não já lhe lhes quando ainda duma numa dum num à enquanto disse diziam gente quem era',
  es: 'una unas con por el la más también hasta muy hoy ayer su sus estos desde después no ya le les cuando aún mientras dijo decían gente quien era y al del los',
  de: 'die ist eine von haben wird für mit sind auch das nicht wurde zwei und der',
  hi: 'है हैं के की का में ने से को और पर यह लिए',
  mr: 'आहे आहेत आणि या हे ही तर की',
  no: 'ikke jeg fra en de ble mer noe bare hva hun sier hvordan',
  da: 'ikke jeg fra en de blev mere noget bare hvad hun siger hvordan',
};

/** Share of words that have to be grammar before one language is taken for another. */
const LEAST_SHARE = 0.12;
/** Words of its own that one language has at least, and how many times those of its kin, where they are fewer. */
const APART = { least: 4, ahead: 3 } as const;
/** Words a sample has at least: the names of a headline tell nothing. */
const LEAST_WORDS = 8;

const WORDS = new Map(
  Object.entries(BY_WORDS).map(([language, [kin, words]]) => [
    language,
    { kin: kin.split(' '), words: new Set(words.split(' ')) },
  ]),
);
const OWN = new Map(Object.entries(OWN_WORDS).map(([language, words]) => [language, new Set(words.split(' '))]));

/** The language of a text in Cyrillic or Arabic letters that are peculiar to it; null for the languages the detector knows. */
export function languageByLetters(text: string): string | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  for (const [language, own, least] of BY_LETTERS)
    if (1000 * (text.match(own)?.length ?? 0) > least * letters) return language;
  return null;
}

/**
 * The language of a text whose kin the detector found.
 *
 * @param detected what the detector says
 * @param isSure whether it says so for sure: then its kin alone are weighed
 */
export function unlistedKin(text: string, detected: string, isSure: boolean): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{M}‘ʻ’]+/gu) ?? [];
  if (words.length < LEAST_WORDS) return null;
  const count = (set: ReadonlySet<string> | undefined) =>
    set === undefined ? 0 : words.filter((word) => set.has(word)).length;
  const own = count(OWN.get(detected));
  let best: string | null = null;
  let most = own;
  for (const [language, { kin, words: set }] of WORDS) {
    if (!kin.includes(detected) && (isSure || !kin.includes('*'))) continue;
    const found = count(set);
    // Between kin that share most of their words the few that they do not share tell.
    const isApart = OWN.has(detected) && found >= APART.least && found >= APART.ahead * own;
    if (found > most && (isApart || found >= LEAST_SHARE * words.length)) [best, most] = [language, found];
  }
  return best;
}
