/** The image that stands for an article: as the page states for sharing, else the first that its readers see. */
import type { Image } from '../../article/record.ts';
import type { Choice } from '../metadata/choose-title.ts';
import type { ReadAddress } from './addresses.ts';

/** What a site shares where an article has no image: its logo, a picture for all. */
const STAND_IN =
  /(?:^|[ _.-]|%20)(?:logo|favicon|default|placeholder|fallback|no-?image|noimg|site-?icon|og-image|share-?image|sharing|apple-(?:touch-)?icon)(?:[_.-]|\d|$)/i;
/** The same where a program may serve it: `logo.png?v=3`. */
const FIXED = /^(?:\w{1,20}[_-])?(?:logo|favicon|default|placeholder|no-?image)(?:[_.-]\w{1,12}){0,2}$/i;
/** A logo in a story of its own stands beside other words: `new-logo-unveiled-by-city.jpg`. */
const LONGEST_NAME = 36;

/** Pixels on a side below which an image leads nothing. */
const LEAST_SIDE = 120;

/**
 * @param stated addresses that the page states, the most trusted first
 * @param images those of the body, in order
 * @returns null where nothing but a stand-in is there
 */
export function leadImage(
  stated: readonly Choice<string>[],
  images: readonly Image[],
  read: ReadAddress,
): Choice<string> | null {
  for (const { value, rule } of stated) {
    const url = read(value);
    if (url !== null && !isStandIn(url)) return { value: url.href, rule };
  }
  for (const { url, width, height } of images) {
    if (url === null || (width ?? LEAST_SIDE) < LEAST_SIDE || (height ?? LEAST_SIDE) < LEAST_SIDE) continue;
    const address = read(url);
    if (address !== null && !isStandIn(address)) return { value: url, rule: 'first image' };
  }
  return null;
}

function isStandIn({ pathname, search }: URL): boolean {
  const name = pathname.slice(pathname.lastIndexOf('/') + 1).replace(/\.\w{2,5}$/, '');
  // What a query asks for is made for the page.
  return search === '' ? name.length <= LONGEST_NAME && STAND_IN.test(name) : FIXED.test(name);
}
