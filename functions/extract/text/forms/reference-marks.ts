import type { Line } from '../lines.ts';

/** The mark of a note behind a word or a stop: "in 1921.[3]", "[a]", "[note 2]", and what editors ask for there. */
const NOTE =
  /(?<=[^\s[\]])(?:\[(?:[1-9]\d{0,2}|[a-z]|(?:note|nb|nota|anm\.) \d{1,3}|citation needed|clarification needed)\]){1,6}/giu;
/** One behind a stop: code has indexes in brackets as well, behind names. */
const BEHIND_STOP = /[.,;:!?"'”’»)。、።।]\[[1-9]\d{0,2}\]/gu;
const FEWEST_NOTES = 3;
/** The offer to edit a section, as wikis hang it on a heading: "History[edit]", "Geschichte[Bearbeiten | Quelltext bearbeiten]". */
const EDIT =
  /\s?\[(?:edit|bearbeiten|modifier|editar|modifica|bewerken|brontekst|edytuj|править|ред\.|редагувати|рэдагаваць|redigera|rediger|muokkaa|szerkesztés|düzenle|değiştir|sửa|sunting|編集|编辑|編輯|편집|عدل|تعديل|ویرایش|ترمیم|עריכה|सम्पादन|संपादित|সম্পাদনা|แก้ไข|επεξεργασία|editovat|upravit|upraviť|uredi|уреди|редактиране|modificare|redakti|aldatu|edita|golygu|labot|redaguoti|muuda|redakto|რედაქტირება|խմբագրել|өңдеу|tahrirlash|hariri|baguhin|កែប្រែ)(?: ?\|[^\]|]{2,40}|[^\]|]{0,20}){0,2}\]$/iu;
const HEADING_CHARACTERS = 160;
/** The mark of a link that a browser of text puts before its words, and the list of addresses below the page. */
const LINK = /\[\d{1,4}\](?=\S)/g;
const LISTED = /^\d{1,4}\. (?:https?|file|mailto|ftp|localhost)\b/;
const LINKS_HEAD = /^(?:References|Visible links|Hidden links:?|Links|Verweise|Références)$/;
const LOOKED_AT = 4000;

/** Takes off the list of addresses that text browsers put below a page, and the numbers before the links it lists. */
export function withoutLinkList(lines: Line[]): Line[] {
  const end = linksBelow(lines);
  if (end < 0) return lines;
  return lines.slice(0, end).map((line) => ({ ...line, text: line.text.replace(LINK, '') }));
}

/**
 * Lines without marks of notes and offers to edit a section, each in its place. They are taken off what was found and not
 * before: copies with them read alike to those who score lines.
 */
export function withoutReferenceMarks(lines: readonly Line[]): readonly Line[] {
  let notes = 0;
  let edits = 0;
  for (const { text } of lines) {
    if (!text.includes(']') || text.length > LOOKED_AT) continue;
    notes += text.match(BEHIND_STOP)?.length ?? 0;
    if (isHeading(text) && EDIT.test(text)) edits++;
  }
  const noted = notes >= FEWEST_NOTES;
  if (!noted && edits === 0) return lines;
  return lines.map((line) => {
    let { text } = line;
    if (!text.includes(']') || text.length > LOOKED_AT) return line;
    if (isHeading(text)) text = text.replace(EDIT, '');
    if (noted) text = text.replace(NOTE, '');
    text = text.trim();
    return text === line.text || text === '' ? line : { ...line, text };
  });
}

const isHeading = (text: string) => text.length <= HEADING_CHARACTERS && text.endsWith(']');

/** Index of the heading above a list of addresses that ends the text, or −1. */
function linksBelow(lines: readonly Line[]): number {
  let at = lines.length - 1;
  let addresses = 0;
  while (at >= 0 && (LISTED.test(lines[at]?.text ?? '') || LINKS_HEAD.test(lines[at]?.text ?? ''))) {
    if (LISTED.test(lines[at]?.text ?? '')) addresses++;
    at--;
  }
  return addresses >= FEWEST_NOTES && LINKS_HEAD.test(lines[at + 1]?.text ?? '') ? at + 1 : -1;
}
