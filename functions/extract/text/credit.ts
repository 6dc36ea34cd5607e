/** How photographers and agencies are credited at the end of a caption, in brackets, after a sign or after a word. */
const CREDIT =
  /\((?:(?:photo|image|picture|foto|via|credit)(?:\s?(?:by|:|courtesy))? ?|(?=(?:ap|afp|reuters|getty|epa|dpa)\b))([^()]{2,80})\)$|©\s?([^|]{2,80})$|\b(?:photo|image|foto|credit|picture)\s?(?:by|:)\s?([^|]{2,80})$/iu;

/** Who is credited with a picture at the end of a line, and what stands before that; null where nobody is. */
export function findCredit(text: string): { name: string; before: string } | null {
  const credit = CREDIT.exec(text);
  const name = (credit?.[1] ?? credit?.[2] ?? credit?.[3])?.trim();
  return credit && name ? { name, before: text.slice(0, credit.index).trim() } : null;
}
