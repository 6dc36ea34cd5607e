import { firstSaid } from '../first-said.ts';
import type { XmlElement } from '../xml/element.ts';

/** An address as written and what it is relative to. */
export interface Reference {
  href: string;
  /** Address that `xml:base` comes to; null where nothing states it. */
  base: string | null;
}

const IMAGE_FILE = /\.(?:jpe?g|png|gif|webp|avif|svg)(?:$|[?#])/i;

/** The picture an item names as its own: the largest of Media RSS, else an enclosure, else a preview. */
export function itemImage(item: XmlElement): Reference | null {
  const groups = [item, ...item.all('media:group')];
  const contents = groups.flatMap((group) => group.all('media:content'));
  const pictures = [...contents, ...contents.flatMap((content) => content.all('media:content'))].filter(isPicture);
  const largest = pictures.toSorted((a, b) => area(b) - area(a))[0];
  const enclosures = [
    ...item.all('enclosure'),
    ...item.all('link').filter((link) => link.attribute('rel') === 'enclosure'),
  ];
  const thumbnails = [...groups, ...contents].flatMap((group) => group.all('media:thumbnail'));
  return (
    reference(largest, 'url') ??
    reference(enclosures.find(isPicture), 'url', 'href') ??
    reference(thumbnails.toSorted((a, b) => area(b) - area(a))[0], 'url') ??
    reference(item.first('itunes:image') ?? undefined, 'href') ??
    firstSaid(item.all('image'), (image) => textReference(image.first('url') ?? image))
  );
}

function isPicture(element: XmlElement): boolean {
  const medium = element.attribute('medium')?.toLowerCase() ?? null;
  const type = element.attribute('type')?.toLowerCase() ?? '';
  if (medium !== null && medium !== '') return medium === 'image';
  if (type !== '') return type.startsWith('image/');
  return IMAGE_FILE.test(element.attribute('url') ?? element.attribute('href') ?? '');
}

function area(element: XmlElement): number {
  const side = (name: string) =>
    Math.min(100_000, Math.max(0, Number.parseInt(element.attribute(name) ?? '0', 10) || 0));
  return side('width') * Math.max(1, side('height'));
}

function reference(element: XmlElement | undefined, ...names: string[]): Reference | null {
  for (const name of names) {
    const href = element?.attribute(name)?.trim() ?? '';
    if (href !== '') return { href, base: element?.base ?? null };
  }
  return null;
}

function textReference({ text, base }: XmlElement): Reference | null {
  return text === '' ? null : { href: text, base };
}
