import { foldWord } from './date-tokens.ts';

/** Names of the days of the week, full and as cut short beside dates, from Unicode CLDR; folded as month names are. */
const NAMES = `
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
  montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
  lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo
  segunda terca quarta quinta sexta segunda-feira terca-feira quarta-feira quinta-feira sexta-feira
  lunedi martedi mercoledi giovedi venerdi sabato domenica dilluns dimarts dimecres dijous divendres dissabte diumenge
  mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag manudagur þriðjudagur miðvikudagur
  fimmtudagur föstudagur laugardagur sunnudagur maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
  maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina
  esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev pirmdiena otrdiena tresdiena ceturtdiena piektdiena
  sestdiena svetdiena pirmadienis antradienis treciadienis ketvirtadienis penktadienis sestadienis sekmadienis
  poniedziałek wtorek środa czwartek piątek sobota niedziela pondeli utery streda ctvrtek patek nedele pondelok utorok
  stvrtok piatok nedela ponedjeljak utorak srijeda cetvrtak petak subota nedjelja ponedeljak sreda nedelja ponedeljek torek
  cetrtek petek hetfo kedd szerda csütörtök pentek szombat vasarnap luni marți miercuri joi vineri sambata duminica
  понеделник вторник сряда четвъртък петък събота неделя понедельник среда четверг пятница суббота воскресенье понеділок
  вівторок середа четвер пʼятниця п’ятниця субота неділя понедељак уторак четвртак петак недеља
  понеделник среда четврток петок сабота δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη
  pazartesi salı çarşamba perşembe cuma cumartesi pazar e-hene e-marte
  senin selasa rabu kamis jumat sabtu minggu isnin khamis jumaat ahad lunes martes miyerkules huwebes biyernes linggo
  jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili
  الإثنين الاثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد پیر پير منگل بدھ جمعرات جمعہ ہفتہ اتوار
  شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه שני שלישי רביעי חמישי שישי שבת ראשון
  सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার
  திங்கள் செவ்வாய் புதன் வியாழன் வெள்ளி சனி ஞாயிறு จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์
  월요일 화요일 수요일 목요일 금요일 토요일 일요일 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 星期一 星期二 星期三 星期四
  星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日`;

/** Those of two words: "Thứ Hai", "יום שני", "วันจันทร์" is one. */
const PAIRS =
  'thu hai / thu ba / thu tu / thu nam / thu sau / thu bay / chu nhat / יום שני / יום שלישי / יום רביעי / יום חמישי / יום שישי / יום שבת / יום ראשון / سه شنبه / پنج شنبه / چهار شنبه / یک شنبه / دو شنبه';

const DAYS: ReadonlySet<string> = new Set([
  ...NAMES.trim()
    .split(/\s+/u)
    .flatMap((name) => [foldWord(name), foldWord(`วัน${name}`)]),
  ...PAIRS.split(' / ').map((pair) => pair.split(' ').map(foldWord).join(' ')),
]);

/** Whether one or two words name a day of the week, in any case and with any accents. */
export function isWeekday(words: string): boolean {
  if (words.length > 24) return false;
  const folded = words.trim().split(/\s+/u).map(foldWord);
  return folded.length <= 2 && DAYS.has(folded.join(' '));
}
