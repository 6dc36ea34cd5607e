/** The dates that readers see around the headline, told from those of changes, rights and other stories. */
import type { DateText, Mark } from './candidates.ts';
import type { FoundDate, ParsedDate } from './dates.ts';
import type { Evidence } from './evidence.ts';
import { AT_HEADLINE } from './visible-authors.ts';
import { foreign, ZONE } from './zones.ts';

/** A date with the rule that gave it. */
export type Dated = ParsedDate & { rule: string };

/** A date that readers see. */
export type Shown = Dated & {
  /** Characters from the headline, before it counted double; null where no headline is near. */
  distance: number | null;
  /** "Published" or its like stands before it. */
  labelled: boolean;
};

const MODIFIED =
  /modif|updat|aktualis|aktualiz|revis|review|last|amended|correct|actualiz|atualiz|änderung|geändert|mis à jour|mise à jour|maj|aggiornat|bijgewerkt|opdater|oppdater|uppdater|päivitet|обновл|оновл|更新|修正|갱신|수정|güncel|تحديث|עודכן|ενημ|diperbarui|cập nhật|zmien|zaktual|změn|módos|frissít|posodob|ažurir|ажурир|përditës|uppfært|eguneratu|kemas kini|na-update|अपडेट|અપડેટ|అప్|ಪರಿಷ್ಕ|പുതുക്കി|ਅੱਪਡੇਟ|යාවත්කාලීන|жаңарт|yangilan|yenilən|อัปเดต|อัพเดต|ενημέρ/iu;

/** Characters of visible text around the headline in which its date line stands. */
const BEFORE_HEADLINE = 1200;
const AFTER_HEADLINE = 2500;

/** Characters a date in a card or a side column counts as further away. */
const SIDE_PENALTY = 2000;

/** Dates that readers see, those near the headline first; labelled changes are none. */
export function visibleDates(
  evidence: Evidence,
  headline: Mark | null,
): { published: Shown[]; changed: ParsedDate | null } {
  let changed: ParsedDate | null = null;
  const near: (Shown & { distance: number })[] = [];
  const far: Shown[] = [];
  const below: Shown[] = [];
  const states: [FoundDate, DateText][] = [];
  const zoneOf = (mark: Mark) => foreign(mark.zone, headline?.zone ?? 0);
  /** Characters from the headline where a mark is near it and of its article; null elsewhere. */
  const nearness = (mark: Mark): number | null => {
    const distance = headline ? mark.at - headline.at : mark.at;
    if (headline !== null && (distance < -BEFORE_HEADLINE || distance > AFTER_HEADLINE)) return null;
    // Right below a headline even a form or a card belongs to it; comments and footers never do.
    const close = headline !== null && distance >= -200 && distance <= 400;
    // What stands in a side column counts last, and not at all far away.
    const footer = close && distance <= headline.text.length + AT_HEADLINE ? 0 : ZONE.footer;
    return zoneOf(mark) & (ZONE.comments | footer | (close ? 0 : ZONE.related)) ? null : distance;
  };
  /** Whether the date of a mark may be the article's: most dates of a page are those of other stories. */
  const mayDate = (mark: Mark): boolean => (zoneOf(mark) & ~ZONE.chrome) === 0 || nearness(mark) !== null;
  const place = (date: ParsedDate, mark: Mark, rule: string, labelled: boolean) => {
    const distance = nearness(mark);
    const role = zoneOf(mark);
    if (distance !== null) {
      const away = (distance < 0 ? -2 * distance : distance) + (role ? SIDE_PENALTY : 0);
      near.push({ ...date, rule: `${rule} near headline`, distance: away, labelled });
    } else if (!(role & ~ZONE.chrome) && (labelled || rule === 'time'))
      far.push({ ...date, rule: labelled ? `${rule} published` : rule, distance: null, labelled });
    else if (!role && rule === 'text in date class')
      below.push({ ...date, rule: `${rule} below`, distance: null, labelled });
  };
  /** Where elements stand whose dates are those of a change: their texts are met once more as dates in short texts. */
  const changedAt = new Set<number>();
  for (const time of evidence.page.times) {
    const renewed = MODIFIED.test(time.names) && !PUBLISHED.test(time.names);
    const isChange = renewed || MODIFIED.test(time.text) || CHANGE_LABEL.test(time.before);
    if (isChange) changedAt.add(time.at);
    if (!mayDate(time)) continue;
    const date = evidence.stampIn(time.datetime ?? time.text) ?? evidence.stampIn(time.text);
    if (isChange) {
      if (!zoneOf(time)) changed ??= date;
      continue;
    }
    const labelled =
      /published|pubdate/u.test(time.names) || PUBLISHED.test(time.text) || PUBLICATION_LABEL.test(time.before);
    if (date) place(date, time, 'time', labelled);
  }
  for (const mark of evidence.page.dateTexts) {
    if (mark.text.length > 160 || changedAt.has(mark.at) || !mayDate(mark)) continue;
    const away = headline ? mark.at - headline.at : 0;
    const classed = (mark.zone & ZONE.date) !== 0 && mark.text.length <= 60;
    if ((away < -BEFORE_HEADLINE || away > AFTER_HEADLINE) && !classed && !PUBLISHED.test(mark.text)) continue;
    let isPlaced = false;
    for (const date of evidence.datesIn(mark.text)) {
      const before = mark.text.slice(Math.max(0, date.start - 30), date.start);
      const label = date.start <= 2 ? mark.before : '';
      if (NOT_OF_ARTICLE.test(before) || TIME_SPAN.test(mark.text.slice(date.start))) continue;
      if (MODIFIED.test(before) || CHANGE_LABEL.test(label)) {
        if (headline !== null && Math.abs(mark.at - headline.at) <= AFTER_HEADLINE && !zoneOf(mark)) changed ??= date;
        continue;
      }
      // A date in the middle of a sentence is part of the story.
      const alone = mark.text.length - (date.end - date.start) <= 60;
      if (!alone && !(mark.zone & (ZONE.date | ZONE.author))) continue;
      if (STATE_OF.test(before) || STATE_OF.test(label)) {
        if (nearness(mark) !== null) states.push([date, mark]);
        continue;
      }
      const labelled = PUBLISHED.test(before) || PUBLICATION_LABEL.test(label);
      // "Published: 7 June | Updated: 9 June": behind the first only a change is looked for.
      if (!isPlaced) place(date, mark, mark.zone & ZONE.date ? 'text in date class' : 'text', labelled);
      isPlaced = true;
    }
  }
  for (const [date, mark] of states) {
    if (near.some(({ day }) => day !== date.day)) changed ??= date;
    else place(date, mark, 'text', false);
  }
  // A lone date line at the end of a story is its own; several are those of other stories.
  const lone = below.every(({ day }) => day === below[0]?.day) ? below : [];
  return { published: [...near.sort((a, b) => rankVisible(a) - rankVisible(b)), ...far, ...lone], changed };
}

/** Characters besides a date that a line of its own has at most: a weekday, an hour, "Published on". */
const BESIDE_LONE = 25;
/** Characters from a byline within which a line of its own is the day on which the text was signed. */
const BESIDE_BYLINE = 60;

/**
 * The one day that a label calls that of publication, or that stands beside a byline, wherever on the page but among
 * comments: in a side column with the facts of the article, at the foot of a story. Asked where nothing else states a
 * day; several days are those of other stories.
 */
export function strayDate(evidence: Evidence, headline: Mark | null): Dated | null {
  const found: Dated[] = [];
  const note = (date: ParsedDate | null, text: string, mark: DateText) => {
    if (date === null || mark.zone & ZONE.comments || NOT_OF_ARTICLE.test(text)) return;
    if (MODIFIED.test(text) || CHANGE_LABEL.test(mark.before)) return;
    if (PUBLISHED.test(text) || PUBLICATION_LABEL.test(mark.before)) found.push({ ...date, rule: 'stray label' });
    else if (isSigned(mark, evidence, headline)) found.push({ ...date, rule: 'beside byline' });
  };
  for (const time of evidence.page.times) {
    if (MODIFIED.test(time.names) && !PUBLISHED.test(time.names)) continue;
    note(evidence.stampIn(time.datetime ?? time.text), time.text, time);
  }
  for (const mark of evidence.page.dateTexts) {
    const date = mark.text.length <= 120 ? evidence.datesIn(mark.text)[0] : undefined;
    if (date && mark.text.length - (date.end - date.start) <= BESIDE_LONE) note(date, mark.text, mark);
  }
  const first = found[0];
  return first && found.every(({ day }) => day === first.day) ? first : null;
}

/** Whether a byline of the article itself stands beside a mark, below the headline. */
function isSigned({ at, zone }: Mark, { page }: Evidence, headline: Mark | null): boolean {
  if (headline === null || at < headline.at || foreign(zone, headline.zone)) return false;
  return page.bylines.some(
    (byline) => Math.abs(byline.at - at) <= BESIDE_BYLINE && !foreign(byline.zone, headline.zone),
  );
}

function rankVisible({ rule, distance }: { rule: string; distance: number }): number {
  return distance + (rule.startsWith('time') ? 0 : rule.startsWith('text in date') ? 150 : 300);
}

const PUBLISHED =
  /publi|posted|pubdate|erschienen|veröffentlicht|erstellt|опубликован|опубліковано|pubblicat|geplaatst|gepubliceerd|objavljen|dodano|yayın|发布|發布|公開|掲載|入力|등록|입력|نشر|פורסם|δημοσ|diterbitkan|đăng|created|entry-date|date-created/iu;

/** "Stand: 04.05.2024" is when a text was last looked over: a change where another day stands beside it. */
const STATE_OF = /(?:^|[\s|(,–-])(?:stand|état au|stato al|stan na)\s?:?\s{0,2}$/iu;

/** A label in an element of its own, right before the date's: "Last updated on", "Veröffentlicht am:". */
const CHANGE_LABEL =
  /(?:updated?|modified|reviewed|revised|edited|changed|aktualisiert|aktualisierung|geändert|änderung|bearbeitet|à jour|modifié|actualizado|actualización|atualizado|atualização|aggiornato|aggiornamento|bijgewerkt|gewijzigd|oppdatert|opdateret|uppdaterad|päivitetty|обновлено|изменено|оновлено|aktualizacja|aktualizováno|frissítve|posodobljeno|ažurirano|ажурирано|përditësuar|uppfært|eguneratua|kemas kini|жаңартылды|yangilandi|yeniləndi|อัปเดตล่าสุด|अपडेटेड|güncelleme|güncellendi|更新|更新日|수정|업데이트)(?:\s(?:on|at|am|le|el|il|em|op|den))?\s?[:：]?\s?$/iu;
const PUBLICATION_LABEL =
  /(?:published|posted|publié|publicado|pubblicato|veröffentlicht|erschienen|gepubliceerd|geplaatst|publisert|publiceret|publicerad|julkaistu|опубликовано|опубліковано|opublikowano|publikováno|közzétéve|yayınlanma|発表|公開日?|掲載日?|发布时间?|發布時間?|입력|등록)(?:\s(?:on|at|am|le|el|il|em|op|den))?\s?[:：]?\s?$/iu;

/** What has a day of its own: a right, a photograph, an event and what it asks of those who come. */
const NOT_OF_ARTICLE =
  /[©℗]|\(c\)|copyright|deadline|anmeldeschluss|bewerbungsschluss|einsendeschluss|gültig (?:ab|bis)|valid (?:from|until|through)|expires|ends on|date limite|fecha límite|scadenza|termin:/iu;
/** An event lasts: "13:15 Uhr - 19:00 Uhr". */
const TIME_SPAN = /\d[:.h]\d\d(?:\s?(?:uhr|h|am|pm|Uhr))?\s?(?:[–—-]|bis|to|until)\s?\d{1,2}[:.h]\d\d/iu;
