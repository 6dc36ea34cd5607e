/** Words before whoever is credited with a picture; followed by "by", "von" … or a colon. */
const WORDS =
  'photos?|images?|pictures?|credits?|photo credits?|image credits?|photograph|source|illustration|fotos?|bild(?:er|quelle|nachweis)?|quelle|crédits?(?: photo)?|photographie|fuente|fotografía|imagen|foto di|fonte|reprodução|kaynak|fot\\.|zdjęcie|źródło|фото|источник|джерело|kuva|kép|fotó|forrás|zdroj|nuotr\\.|llun|grianghraf|argazkia?|φωτο(?:γραφία)?|снимка|світлина|ảnh|larawan|picha|foto\\.|fotoğraf|valokuva|nuotrauka|attēls|slika|fotografija|фотографија|фотография|լուսանկար|ფოტო|צילום|תמונה|تصوير|الصورة|تصویر|عکس|فوٹو|फोटो|तस्वीर|छायाचित्र|ছবি|புகைப்படம்|படம்|ఫోటో|ภาพ|រូបថត|ဓာတ်ပုံ|сурет|сүрет|撮影|ፎቶ';

/** How photographers and agencies are credited at the end of a caption, in brackets, after a sign or after a word. */
const CREDIT = new RegExp(
  [
    String.raw`\((?:(?:photo|image|picture|foto|bild|via|credit)(?:\s?(?:by|:|courtesy))? ?|(?=(?:ap|afp|reuters|getty|epa|dpa)\b))([^()]{2,80})\)$`,
    String.raw`[（(](?:圖|图|图源|攝影?|摄影?|写真)[／/：:＝=]\s?([^（）()]{1,40})[）)]$`,
    '[（(](?:撮影|写真)[・･/／:：]([^（）()]{1,40})[）)]$',
    '[＝=]([^＝=。]{1,30})撮影$',
    String.raw`(?<=[。！？]\s?|^)(?:[图圖][/／]|(?:摄影|攝影|图源|来源)[：:])\s?([^。]{1,30})$`,
    String.raw`(?<=[。！？])\s?([^。]{1,24}?)\s?[摄攝]$`,
    String.raw`(?<=[.\s]|^)사진\s?[=＝/]\s?([^=]{1,40})$`,
    String.raw`(?<=[.!?]\s)(REUTERS\/[^./]{2,60}|AP Photo\/[^./]{2,60})$`,
    String.raw`(?<=[.!?]\s|^)courtesy(?: of)?:?\s(?:the )?(\S[^.]{1,80})$`,
    String.raw`©\s?([^©]{2,80})$`,
    String.raw`(?<![\p{L}\p{N}])(?:${WORDS})\s?(?:by\s|von\s|:|：|=|＝|・|፦|՝|៖|(?<=ဓာတ်ပုံ )-\s)\s?([^|:]{2,80})$`,
  ].join('|'),
  'iu',
);

/** "Foto di Marco Pinna", "Photo Ann Lee": the word and a name, which capitals tell. */
const NAMED =
  /(?<![\p{L}\p{N}])(?:[Ff]otos?|[Pp]hotos?|[Ff]otografía|[Ff]oto(?:grafie|graf)?|Fot\.|Nuotr\.|Фото|Kuva|Ljósmynd|Foto:) (?:(?:di|de|da|do|par|av|af|van|d’|d') ?)?(\p{Lu}[\p{L}.'’-]{0,20}(?: \p{Lu}[\p{L}.'’-]{1,20}){1,2})$/u;

/** Characters at a line's end in which a credit is looked for, and signs one of which every credit has. */
const REACH = 200;
// In both cases by letter: asked of every line, and twice as fast so.
const HINT =
  /[©:：／=＝・፦՝៖]|ဓာတ်ပုံ -|[)）]$|撮影$|[摄攝]$|[图圖]\/|사진|REUTERS\/|AP Photo\/|\b(?:[Bb]y|BY|[Vv]on|VON)\s|[Cc]ourtesy/;
const MAY_BE_NAMED = /[Ff]ot|[Pp]hoto|Kuva|Ljósm|Фото|Nuotr/;

/** Who is credited with a picture at the end of a line, and what stands before that; null where nobody is. */
export function findCredit(text: string): { name: string; before: string } | null {
  const start = Math.max(0, text.length - REACH);
  const end = text.slice(start);
  const credit = (HINT.test(end) ? CREDIT.exec(end) : null) ?? (MAY_BE_NAMED.test(end) ? NAMED.exec(end) : null);
  const found = credit
    ?.slice(1)
    .find((group) => group !== undefined)
    ?.trim();
  if (!credit || !found) return null;
  // The bracket that opened before the word for the credit closes behind the name.
  const name = found.endsWith(')') && !found.includes('(') ? found.slice(0, -1).trim() : found;
  return { name, before: text.slice(0, start + credit.index).replace(/[\s|/(–—-]{1,5}$/u, '') };
}
