/** How an agency names below a story who wrote it, often with the place each wrote from. */
const SIGNATURE = /^(?:reporting|writing|reporting and writing) by (.{1,300})$/iu;
/** What copying glues to a name: "Ann LeeTravel News Reporter", "Ann LeeFollow", "ANN LEEPUBLISHED: MAY 3". */
const GLUED =
  /(?<=\p{Ll}{2})(?<!\b(?:Mac|Fitz|Van|Della?))(?=(?:\p{Lu}\p{Ll}{1,20} (?:\p{L}{1,20} ){0,3})?(?:Reporter|Writer|Editor|Correspondent|Journalist|Columnist|Director|Follow|Founder|Updated|Published|Posted)\b)|(?<=\p{Lu}{2})(?=(?:PUBLISHED|UPDATED|LAST UPDATED|POSTED)\b)/gu;
/** Who else had a part in it, glued to the name and ahead of the day. */
const HELPED = /(?<=\p{Ll}{2})Contributions from .{1,100}?(?= (?:published|last updated)|$)/u;
/** What kind of piece somebody wrote: "Review by Ann Lee". */
const KIND_BY = /^(?:news|review|feature|column|guide|preview|recipe|commentary|essay) by(?=\s|$)/iu;
/** How boards head a post: "Post by Ann Lee » Tue Nov 14, 2026 8:15 am". */
const POST_BY = /^(?:(?:un)?read )?post by (\S.{1,60}?) » .{0,60}$/iu;
/** The section or the place behind a byline: "By Ann Lee in Rome". */
const IN_SECTION = /^([Bb]y (?:\S{1,30} ?){1,4}) in \p{Lu}\S{1,40}(?: \S{1,30}){0,3}$/u;
/** How long the reading takes, behind a name. */
const READING = /\s?[—–|•·-]\s?\d{1,3} ?min.{0,20}$/iu;
/** What a copy leaves behind a name: a count, the word for a change, the paper's own name. */
const TRAILING =
  /\s?(?:—\d{1,3}|(?<=\S \S{2,30}) (?:Last )?(?:Updated|Published)|(?<=\S \S{2,30}) (?:Fox News(?: Digital)?|CBS News|NBC News|ABC News|BBC News|CNN(?: Business)?|Globe (?:Staff|Correspondent)))$/u;
/** A handle, and how long ago it was, behind a name. */
const HANDLE = / @\w{2,30}/gu;
const AGO = / \d{1,2} (?:minutes?|hours?|days?|weeks?|months?|years?) ago$/iu;
/** The sign of a pen or a person before a name. */
const SIGN = /^[\u{270D}\u{270F}\u{1F464}\u{1F58A}\u{1F58B}\u{1F4DD}]\u{FE0F}? ?/u;
/** Characters of a line that are read. */
const LONGEST = 300;

/** A line as a byline: what copying glued to names is parted from them, and what else a byline holds goes. */
export function bylineText(line: string): string {
  return (
    line
      .slice(0, LONGEST)
      .replace(SIGN, '')
      // Agencies sign below the story: "(Reporting by Ann Lee; Editing by Tom Hale)".
      .replace(/^\(|[;)].{0,300}$/gu, '')
      .replace(
        SIGNATURE,
        (_, names: string) => `By ${names.replace(/ in \p{Lu}[\p{L}.-]{1,30}(?: \p{Lu}[\p{L}.-]{1,30})?/gu, '')}`,
      )
      .replace(/^(?:[Bb]y(?=\p{Lu})|BY(?=\p{Lu}{2,20} \p{Lu}{2}))/u, 'By ')
      .replace(HELPED, '')
      .replace(GLUED, ', ')
      .replace(IN_SECTION, '$1')
      .replace(READING, '')
      .replace(TRAILING, '')
      .replace(KIND_BY, 'By')
      .replace(POST_BY, 'By $1')
      .replace(HANDLE, '')
      .replace(AGO, '')
      .replace(/(\p{Ll})(?=\p{Lu}\p{Ll}{2,8}\.? \d)/gu, '$1, ')
      .replace(ASIDE, '')
  );
}

/** What blogs print behind the name, in a line with it: how many comments, which categories, when it was changed. */
const ASIDE =
  /[\s|•·,–—-]{1,4}(?:categor(?:y|ies)|kategorien?|catégories?|categorías?|tags?|schlagw(?:ort|örter)|datum|date)\s?:.{0,200}$/iu;
const COMMENTS =
  /\b(?:comments?|kommentare?|commentaires?|comentarios?|reacties)\b|^(?:zuletzt geändert|last updated|updated|published)\b|^PMTags$/iu;

/** Whether what stands in the place of a name counts comments or tells of a change. */
export function isAside(name: string): boolean {
  return COMMENTS.test(name);
}
