import { type DateHints, type FoundDate, findDates } from '../metadata/dates.ts';

const UPDATED =
  /updated|last update|update:|edited|modifi|last review|correct|aktualisier|mis à jour|mise à jour|actualiz|atualiz|aggiorn|bijgewerkt|aktualiz|обновл|оновл|güncel|uppdater|oppdater|opdater|päivitet|ενημέρωση|frissít|更新|수정|تحديث|עודכן|cập nhật|diperbarui|dikemas kini|eguneratua|diweddarwyd|nuashonraithe|actualitzat|uuendatud|muudetud|atjaunot|atnaujint|posodoblj|ažuriran|ажуриран|обновен|последна промяна|módosít|imesasishwa|na-update|განახლ|թարմաց|হালনাগাদ|আপডেট|புதுப்பி|अपडेट|اپ ڈیٹ|به‌روز|بروزرسانی|កែប្រែ|ပြင်ဆင်|жаңартыл|yangilan|เปลี่ยนแปลง|ปรับปรุง|izmjen|измен|อัปเดต|อัพเดต/iu;
const PUBLISHED =
  /publi|posted|first|originally|veröffentlicht|erstellt|gepostet|gespeichert|publié|pubblicato|gepubliceerd|opublikowan|опубликован|опубліков|yayın|julkais|δημοσίευση|δημοσιεύ|انتشار|公開|发布|發布|등록|입력|نشر|פורסם|đăng|argitarat|cyhoeddwyd|foilsithe|avaldat|paskelbt|objavlj|објављ|публикуван|жариялан|imechapish|inilathala|გამოქვეყნ|հրապարակ|ታትሟል|প্রকাশ|வெளியிட|प्रकाशित|شائع|منتشر|ចេញផ្សាយ|ထုတ်ဝေ|uverejnen|közzétéve|megjelent|diterbit|เผยแพร่/iu;

/** A date with what the words before it say of it. */
export interface ToldDate {
  value: FoundDate;
  /** It is said to be the day of publication. */
  stated: boolean;
  /** It is said to be the day of a change, and not of publication. */
  updated: boolean;
}

/** Whether a text says that something was published. */
export function saysPublished(text: string): boolean {
  return PUBLISHED.test(text);
}

/** Whether a text says that something was changed. */
export function saysChanged(text: string): boolean {
  return UPDATED.test(text);
}

/**
 * Every date of a line, in order.
 *
 * @param text the line, as {@link unglued} gives it
 * @param above a line above it that may say what the first date is of; empty where there is none
 */
export function tellDates(text: string, above: string, hints: DateHints): ToldDate[] {
  let end = 0;
  const told = findDates(text, hints).map((value) => {
    const said = `${end === 0 ? above : ''} ${text.slice(end, value.start)}`;
    end = value.end;
    const updated = UPDATED.test(said) && !PUBLISHED.test(text.slice(0, value.start));
    return { value, updated, stated: !updated && PUBLISHED.test(said) };
  });
  const [first, second] = told;
  // Two days with nothing between are those of publication and change; themes print either first, and hide the other.
  const glued = first && second && text.slice(first.value.end, second.value.start).trim() === '';
  if (glued && !first.stated && !second.stated) {
    const later = first.value.iso > second.value.iso ? first : second;
    later.updated ||= first.value.day !== second.value.day;
  }
  return told;
}

/**
 * Copying glues what stood in separate boxes: "LeeUPDATED May 3", "WriterMay 3, 2026", "May 3, 20266:01 PM",
 * "3. Mai 20264. Mai 2026", "May 032026".
 */
export function unglued(text: string): string {
  return text
    .slice(0, 400)
    .replace(/(\p{Ll})(?=\p{Lu}\p{Ll})/gu, '$1 ')
    .replace(/(\p{L})(?=(?:LAST UPDATED|PUBLISHED|UPDATED|POSTED)\b)/gu, '$1 ')
    .replace(/\b((?:19|20)\d\d)(?=\d{1,2}(?::\d|\.? \p{L}|[./]\d))/gu, '$1 ')
    .replace(/\b(\p{Lu}\p{Ll}{2} \d\d)(?=(?:19|20)\d\d\b)/gu, '$1, ')
    .replace(/(\p{Ll}{2})(?=\d{1,2}\/\d{1,2}\/\d{4}(?!\d))/gu, '$1 ')
    .replace(HIDDEN_STAMP, ' ');
}

/** The machine's stamp of a post's last change, which themes hide and copying glues to the date they show. */
const HIDDEN_STAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d(?=\p{Lu}\p{Ll}{2,9} \d)/gu;
