import { describe, expect, it } from 'vitest';
import { hasGrammarOf, languageByGrammar } from '../../../functions/extract/metadata/function-words.ts';
import { settleLanguage } from '../../../functions/extract/metadata/language.ts';
import { canonicalTag } from '../../../functions/extract/metadata/language-tag.ts';

const german =
  'Der Bürgermeister hat am Montag erklärt, dass die Stadt die Fähren noch vor dem Winter ausbessern lassen werde. Die Inseln warten seit März darauf, und viele Betriebe haben ein Viertel ihrer Gäste verloren. Im Rat wurde lange darüber gestritten, wer die Kosten tragen soll, doch nun scheint eine Einigung nahe zu sein.';

describe('the language of an article', () => {
  it.each([
    [null, german, 'de', 'detected'],
    ['de-AT', german, 'de-AT', 'declared and detected'],
    ['en-US', german, 'de', 'detected'],
    ['en', 'Kurz', 'en', 'declared'],
    [
      'nn',
      'Ordføraren seier at ferjene skal vere klare før vinteren, og at øyane har venta sidan mars på dette arbeidet.',
      'nn',
      'declared',
    ],
    [null, '東京都内で記者会見を開いた。', 'ja', 'script'],
    [null, '中国政府宣布新的经济政策，旨在促进增长。', 'zh', 'script'],
    ['zh-TW', '總統府發言人表示，渡輪將於冬季前修復。', 'zh-TW', 'declared and detected'],
    [null, '정부는 월요일에 새로운 대책을 발표했다.', 'ko', 'script'],
    [null, 'ประธานาธิบดีกล่าวเมื่อวันจันทร์', 'th', 'script'],
    [null, 'הנשיא הודיע ביום שני על צעדים חדשים', 'he', 'script'],
    [null, 'أعلنت الحكومة يوم الاثنين عن إجراءات جديدة', 'ar', 'script'],
    [null, 'دولت روز دوشنبه اعلام کرد که اقدامات جدیدی انجام خواهد داد', 'fa', 'script'],
    [null, '', null, 'none'],
    ['xx-!!', '123', null, 'none'],
  ])('with %j declared and this text is settled', (declared, text, language, rule) => {
    expect(settleLanguage(declared, text)).toMatchObject({ language, rule });
  });

  it.each([
    [
      'id',
      'Warga kampung nelayan mulai membangun kembali pasar ikan yang terbakar pada akhir tahun lalu, dengan dana dari pedagang',
    ],
    [
      'ms',
      'Jambatan lama dibuka semula pada Isnin selepas tiga tahun dibaiki kerana berkarat, kata polis negeri daripada pejabatnya',
    ],
    [
      'sw',
      'Daraja la zamani linalounganisha kingo mbili za mto limefunguliwa tena Jumatatu baada ya kufungwa kwa miaka mitatu',
    ],
    [
      'af',
      'Die ou brug oor die rivier is Maandag weer oopgestel ná drie jaar, maar hulle het nie geweet wat vir hulle wag nie',
    ],
    [
      'nl',
      'De oude brug over de rivier is maandag weer opengesteld voor het verkeer na drie jaar herstel, tot vreugde van velen',
    ],
    [
      'gl',
      'Os veciños xa non agardaban a obra cando o concello abriu onte a ponte, e moitos choraron mentres pasaba o primeiro coche',
    ],
    [
      'pt',
      'Os vizinhos já não esperavam a obra quando a câmara abriu ontem a ponte, e muitos choraram enquanto passava o primeiro carro',
    ],
    [
      'eo',
      'La malnova ponto super la rivero estis denove malfermita post tri jaroj, kaj multaj homoj diris, ke ili ploris kun ĝojo ankaŭ pri la floroj',
    ],
    [
      'mk',
      'Стариот мост што ги поврзува двата брега повторно беше отворен, а куќите покрај ѕидот ќе се обноват, рече ѓаволот',
    ],
    [
      'bg',
      'Старият мост, който свързва двата бряга на реката, беше отворен отново за движение в понеделник след ремонт',
    ],
    ['kk', 'Өзеннің екі жағасын қосатын ескі көпір үш жылғы жөндеуден кейін дүйсенбіде қайта ашылды'],
    ['ps', 'د سیند دواړه غاړې سره نښلوونکی زوړ پل د دریو کلونو ترمیم وروسته د دوشنبې په ورځ بیا پرانیستل شو'],
    ['ne', 'नदीका दुवै किनार जोड्ने पुरानो पुल तीन वर्षको मर्मतपछि सोमबार फेरि खुला गरिएको छ'],
    ['hi', 'नदी के दोनों किनारों को जोड़ने वाला पुराना पुल तीन साल की मरम्मत के बाद सोमवार को फिर से खोल दिया गया'],
  ])('tells %s from its kin where nothing is declared', (language, text) => {
    expect(settleLanguage(null, text).language).toBe(language);
    expect(settleLanguage(language, text).language).toBe(language);
  });

  it.each([
    [
      'es',
      'ca',
      "La plaça del mercat tornarà a obrir dilluns després de dos anys d'obres, segons ha dit aquest dissabte l'alcaldessa. Els comerciants esperen que els veïns hi tornin aviat, perquè les parades han estat tancades des de la primavera i moltes famílies no han pogut vendre el peix ni la fruita que porten cada matí.",
    ],
    [
      'cs',
      'sk',
      'Mestské zastupiteľstvo v pondelok rozhodlo, že most cez rieku bude opravený ešte pred zimou. Obyvatelia ostrova čakajú na opravu od jari a mnohí z nich museli každý deň cestovať dlhšou cestou, ktorá nie je bezpečná. Starosta povedal, že peniaze sú už pripravené a práce sa začnú budúci týždeň.',
    ],
    [
      'ru',
      'uk',
      'Міська рада у понеділок вирішила, що міст через річку буде відремонтовано ще до зими. Мешканці острова чекають на ремонт з весни, і багато хто з них мусив щодня їздити довшою дорогою, яка не є безпечною. Міський голова сказав, що гроші вже є, а роботи почнуться наступного тижня.',
    ],
    [
      'en',
      'nl',
      'De gemeenteraad heeft maandag besloten dat de brug over de rivier nog voor de winter wordt hersteld. De bewoners van het eiland wachten al sinds het voorjaar op het herstel, en velen van hen moesten elke dag een langere weg nemen die niet veilig is. De burgemeester zei dat het geld er al is.',
    ],
    ['fr', 'de', german],
  ])('is not %s, as declared, where the text is %s', (declared, language, text) => {
    expect(settleLanguage(declared, `${text} ${text}`)).toMatchObject({ language, rule: 'detected' });
  });

  it.each([
    ['de', german],
    [
      'fr',
      "Le conseil municipal a décidé lundi que le pont sur la rivière serait réparé avant l'hiver. Les habitants de l'île attendent la réparation depuis le printemps, et beaucoup d'entre eux ont dû prendre chaque jour une route plus longue qui n'est pas sûre.",
    ],
    [
      'es',
      'El ayuntamiento decidió el lunes que el puente sobre el río se reparará antes del invierno. Los vecinos de la isla esperan la obra desde la primavera, y muchos de ellos han tenido que tomar cada día un camino más largo que no es seguro, pero ya no será así.',
    ],
    [
      'pl',
      'Rada miasta zdecydowała w poniedziałek, że most na rzece zostanie naprawiony jeszcze przed zimą. Mieszkańcy wyspy czekają na naprawę od wiosny, a wielu z nich musiało codziennie jeździć dłuższą drogą, która nie jest bezpieczna, jak mówi burmistrz.',
    ],
  ])('is %s by its words of grammar as by the detector', (language, text) => {
    expect(hasGrammarOf(language, text)).toBe(true);
    expect(languageByGrammar(text)).toBe(language);
    expect(settleLanguage(null, text)).toMatchObject({ language, rule: 'detected' });
    expect(settleLanguage(language, text)).toMatchObject({ language, rule: 'declared and detected' });
  });

  it.each([
    [
      'nn',
      'Kommunestyret vedtok måndag at brua over elva skal reparerast før vinteren. Folk på øya har venta på dette sidan våren, og mange av dei har måtta køyre ein lengre veg kvar dag, som ikkje er trygg. Ordføraren seier at pengane er der, men at ho ikkje veit kva tid arbeidet er ferdig. Eg trur det vert meir trafikk no, seier han frå eit kontor ved hamna.',
    ],
    [
      'lb',
      'De Gemengerot huet e Méindeg decidéiert, datt d’Bréck iwwer de Floss nach virum Wanter gefléckt gëtt. D’Leit op der Insel waarden zënter dem Fréijoer drop, a vill vun hinnen hunn all Dag missen e méi laange Wee fueren, deen net sécher ass. De Buergermeeschter sot, datt d’Suen do sinn an datt mat der Aarbecht nach an dëser Woch ugefaange gëtt.',
    ],
    [
      'pt',
      'Cerca de 800 moradores participaram da festa que terminou neste domingo com a plantação da árvore de número 5 mil na margem do rio, responsável por 70% da água da cidade. As mudas, de 43 espécies, foram doadas por viveiros da região. A plantação ocupou três fins de semana e contou com a ajuda de escolas e igrejas. A próxima etapa deve recuperar outras duas nascentes.',
    ],
  ])('is %s, which is close to a language whose words of grammar are known', (language, text) => {
    expect(settleLanguage(null, text).language).toBe(language);
  });

  it('runs right to left by the script of the text, not by what is declared', () => {
    expect(settleLanguage('en', 'أعلنت الحكومة يوم الاثنين عن إجراءات جديدة').direction).toBe('rtl');
    expect(settleLanguage('ar', german).direction).toBe('ltr');
    expect(settleLanguage('ar', '').direction).toBe('rtl');
    expect(settleLanguage(null, '').direction).toBeNull();
  });

  it.each([
    ['en_US', 'en-US'],
    ['DE-de', 'de-DE'],
    ['zh_hant_tw', 'zh-Hant-TW'],
    ['en-US,en;q=0.9', 'en-US'],
    ['German', 'de'],
    ['de_DE.UTF-8', 'de-DE'],
    ['und', null],
    ['not a language', null],
    ['', null],
    ['x'.repeat(100_000), null],
  ])('reads the tag %j as %j', (declared, tag) => {
    expect(canonicalTag(declared)).toBe(tag);
  });
});
