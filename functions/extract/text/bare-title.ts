/** A section or a kind of page before a headline: `Blog: …`, `Title:…`. */
const OPENER = /^(?:blog|title|news|article|headline|story|opinion|analysis|exclusive|watch)\s?:\s?(?=\S)/iu;
/** The day a list or a glued copy puts before a headline. `Sept. 11 attacks …` and `Dec. 20: Why …` lack a year or a bar. */
const DAY =
  /^(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? \d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)(?: ?[|•·–—-] ?| )(?=\S.{14})/iu;
/** A topic in capitals glued to a headline that is not: `CHILDHOOD SWEETHEART Who is …`. Acronyms are shorter. */
const TOPIC = /^((?:[\p{Lu}\p{N}&'’.-]{1,30} ){2,6})(?=\p{Lu}?[\p{Ll}'"’“„])/u;
const LONG_CAPITALS = /\p{Lu}{6}/u;
const FEWEST_BELOW_TOPIC = 5;
/** What a story also has, told behind its headline. */
const ALSO_HAS = / ?[([](?:watch|listen|videos?|photos?|pictures|gallery|audio|podcast|poll|with video)[)\]]$/iu;
/** Words and characters from which what is left is still a headline. */
const FEWEST_WORDS = 3;
const FEWEST_CHARACTERS = 12;
const LONGEST_SITE = 40;
const MOST_BEHIND_BAR = 5;

/**
 * A headline without what the site hangs on it: the crumbs before it (`Blog » …`), a day, a topic in capitals, the site or
 * section behind a bar, the site's name behind a dash, `(video)`.
 *
 * @param isSite whether a few words are known as the site's name
 */
export function bareTitle(text: string, isSite: (name: string) => boolean = () => false): string {
  const crumbs = text.lastIndexOf(' » ');
  const tail = withoutTopic((crumbs < 0 ? text : text.slice(crumbs + 3)).replace(OPENER, '').replace(DAY, ''));
  const bar = tail.indexOf(' | ');
  // Many words behind a bar are the headline's other half.
  const goesOn = tail.slice(bar + ' | '.length).split(' ').length > MOST_BEHIND_BAR;
  let head = (bar < 0 || goesOn ? tail : tail.slice(0, bar)).replace(ALSO_HAS, '').trim();
  const dash = Math.max(head.lastIndexOf(' - '), head.lastIndexOf(' – '), head.lastIndexOf(' — '));
  if (dash > 0) {
    const site = head.slice(dash + 3).trim();
    if (site.length <= LONGEST_SITE && isSite(site)) head = head.slice(0, dash).trim();
  }
  return head.split(' ').length >= FEWEST_WORDS || head.length >= FEWEST_CHARACTERS ? head : text;
}

function withoutTopic(text: string): string {
  const topic = TOPIC.exec(text)?.[1];
  if (topic === undefined || !LONG_CAPITALS.test(topic)) return text;
  const rest = text.slice(topic.length);
  return rest.split(' ').length < FEWEST_BELOW_TOPIC ? text : rest;
}
