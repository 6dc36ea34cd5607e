/** Whether a text may hold a whole date: a year of four digits, or three numbers parted by dots, slashes or hyphens. */
export function hasYear(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Digits, of any script; what else lies above tells nothing yet.
    if ((code >= 48 && code <= 57) || code >= 0x660) return YEAR.test(text);
  }
  return false;
}

const YEAR = /(?:19|20|25)\d\d|\d[./-]\d{1,2}[./-]\d\d|[٠-٩۰-۹०-९০-৯๐-๙]{4}|年/u;
