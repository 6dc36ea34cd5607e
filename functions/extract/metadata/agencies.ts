/** News agencies and desks, folded: bodies that sign copy in place of a person. */
const AGENCIES = new Set(
  `dpa afp ap apa reuters efe ansa ats sda keystone-sda tass тасс interfax интерфакс риа ria pap ctk čtk tt ntb ritzau stt
  belga anp lusa xinhua 新华社 新華社 kyodo 共同通信 時事通信 yonhap 연합뉴스 뉴시스 뉴스1 pti ians ani aap upi bloomberg sid kna epd kathpress
  agerpres tanjug hina mti bta unian укринформ унн anadolu aa dha iha ihlas anka wam petra maan mena spa irna isna tasnim
  associated-press the-associated-press agence-france-presse deutsche-presse-agentur press-association pa-media
  cna afp-relaxnews europa-press agencia-efe agencias agências agence agences סוכנויות agentury agentúry agencje agencije агенции агентства news-desk newsdesk web-desk staff-reporter
  canadian-press the-canadian-press thomson-reuters dow-jones presseportal ots news-aktuell pr-newswire business-wire
  globe-newswire globenewswire adnkronos agi italpress askanews fides zenit colpisa notimex télam telam prensa-latina
  agência-brasil agencia-brasil agência-estado estadão-conteúdo folhapress press-trust-of-india acn bns leta elta танјуг
  antara ttxvn tsn 中新社 中新网 央视新闻 人民日报 ایسنا ایرنا وكالات اے-پی-پی اے-ایف-پی رائٹرز पीटीआई भाषा एएनआई बासस বাসস
  pa bernama pna sta tasr sita fena srna azertac armenpress kazinform montsame akp απε-μπε αμπε ape-mpe stt-lehtikuva สำนักข่าวไทย
  tt-nyhetsbyrån npo-nu afp-com dpa-afx dpa-infocom imago getty getty-images shutterstock istock unsplash`
    .split(/\s+/u)
    .map((name) => name.normalize('NFC')),
);

/** "Agencia Reforma", "Agence Belga": the word before a name. */
const AGENCY_OF = /^(?:agencia|agence|agentur|agenzia|agência|agentura|agencja|агентство|агенция|агенција) \S/u;

/** Whether a name is that of a news agency, a picture agency or a desk, which is no person. */
export function isAgency(name: string): boolean {
  const folded = name.normalize('NFC').toLowerCase().replace(/[.]/gu, '').trim();
  return folded.length <= 40 && (AGENCIES.has(folded.replace(/\s+/gu, '-')) || AGENCY_OF.test(folded));
}
