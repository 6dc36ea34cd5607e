/** A section or a kind of page before a headline: `Blog: …`, `Title:…`. */
const OPENER = /^(?:blog|title|news|article|headline|story|opinion|analysis|exclusive|watch)\s?:\s?(?=\S)/iu;
/** Words and characters from which what is left is still a headline. */
const FEWEST_WORDS = 3;
const FEWEST_CHARACTERS = 12;
const LONGEST_SITE = 40;

/**
 * A headline without what the site hangs on it: the crumbs before it (`Blog » …`), the site or section behind a bar, the
 * site's name behind a dash.
 *
 * @param isSite whether a few words are known as the site's name
 */
export function bareTitle(text: string, isSite: (name: string) => boolean = () => false): string {
  const crumbs = text.lastIndexOf(' » ');
  const tail = (crumbs < 0 ? text : text.slice(crumbs + 3)).replace(OPENER, '');
  const bar = tail.indexOf(' | ');
  let head = (bar < 0 ? tail : tail.slice(0, bar)).trim();
  const dash = Math.max(head.lastIndexOf(' - '), head.lastIndexOf(' – '), head.lastIndexOf(' — '));
  if (dash > 0) {
    const site = head.slice(dash + 3).trim();
    if (site.length <= LONGEST_SITE && isSite(site)) head = head.slice(0, dash).trim();
  }
  return head.split(' ').length >= FEWEST_WORDS || head.length >= FEWEST_CHARACTERS ? head : text;
}
