/** What a listing tells of pages that are known: that they changed, and what it says of them now. */
import { eachAtOnce } from '../../article/each-at-once.ts';
import type { ListedItem } from '../listing.ts';
import { dueAgain, listedAgain, mayHaveRechecks, withRechecks } from '../pages/recheck.ts';
import type { Page, Ports, Source } from '../ports.ts';
import type { OwnerOf } from './owners.ts';
import { type Said, type Speaker, saidOf, takesPlace } from './said.ts';

/** Pages that a reading may change, so that a site map in which everything changes at once is no burden. */
const MOST_CHANGED = 500;
/** Rows written side by side. */
const AT_ONCE = 16;

/**
 * Fetches again, sooner than planned, what the listing says has changed, and keeps what it says now.
 *
 * @param listed known pages, each with its item
 * @returns whether something is left for the next reading, although the listing may not have changed by then
 */
export async function tellKnown(
  listed: readonly { page: Page; item: ListedItem }[],
  source: Source,
  speaker: Speaker,
  ownerOf: OwnerOf,
  ports: Pick<Ports, 'pages' | 'hints' | 'now'>,
): Promise<boolean> {
  const changed: { was: Page; next: Page; hints: ReturnType<typeof saidOf> }[] = [];
  let isLeft = false;
  for (const { page: was, item } of await atTheirTargets(listed, ports)) {
    const said = saidOf(item, source, speaker);
    const known = await inherited(was, said, item.modifiedAt, source, ownerOf, ports.now());
    const place = said ? takesPlace(known, said, source) : 'no';
    if (place === 'later') isLeft = true;
    const next = listedAgain(known, item.modifiedAt, source, ports.now());
    if (next !== was || place === 'now') changed.push({ was, next, hints: place === 'now' ? said : null });
  }
  // One that is written by another at this moment is seen again at the next reading.
  await eachAtOnce(AT_ONCE, changed.slice(0, MOST_CHANGED), async ({ was, next, hints: said }) => {
    const key = said && (await ports.hints.put(was.page, said.hints));
    const told = said ? { ...next, hints: key, saidBy: said.by } : next;
    const isNews = key !== null && key !== was.hints && was.fetchedAt !== null;
    const row = isNews ? { ...told, dueAt: dueAgain(told, ports.now()) } : told;
    if (!(await ports.pages.save({ ...row, revision: was.revision + 1 }, was.revision)) && said) isLeft = true;
  });
  return isLeft || changed.length > MOST_CHANGED;
}

/**
 * A page whose rechecks nobody has any more is this source's from now on: while they last, and after that where the listing
 * says that it changed.
 *
 * @returns the same page where there is nothing to take over
 */
async function inherited(
  page: Page,
  said: Said | null,
  modifiedAt: string | null,
  source: Source,
  ownerOf: OwnerOf,
  now: Date,
): Promise<Page> {
  const heir = withRechecks(page, said?.by ?? null, source, now);
  const isWanted = heir.dueAt !== null || listedAgain(page, modifiedAt, source, now) !== page;
  // Most are at rest for good, and their sources need not be read for that.
  return isWanted && mayHaveRechecks(page, source, await ownerOf(page)) ? heir : page;
}

/** What is said of an address that leads to another page is said of that page, unless it is listed itself. */
async function atTheirTargets(
  listed: readonly { page: Page; item: ListedItem }[],
  { pages }: Pick<Ports, 'pages'>,
): Promise<{ page: Page; item: ListedItem }[]> {
  const direct = listed.filter(({ page }) => page.movedTo === null);
  const moved = new Map<string, ListedItem>();
  for (const { page, item } of listed) if (page.movedTo !== null) moved.set(page.movedTo, item);
  for (const { page } of direct) moved.delete(page.page);
  const targets = moved.size > 0 ? await pages.known([...moved.keys()]) : [];
  return [
    ...direct,
    ...targets
      .filter(({ movedTo }) => movedTo === null)
      .map((page) => ({ page, item: moved.get(page.page) as ListedItem })),
  ];
}
