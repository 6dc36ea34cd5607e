/** Lists of feeds as readers exchange them (OPML 2.0). */
import { generateOpml, parseOpml } from 'feedsmith';
import { cleanStrings } from '../../article/clean-strings.ts';
import { decode } from '../../extract/decode.ts';
import { type Source, SourceSettingsSchema } from './source.ts';
import type { NewSource } from './source-desk.ts';

export interface OpmlFeeds {
  feeds: NewSource[];
  /** What was passed over, one sentence each. */
  problems: string[];
}

const NO_OUTLINES = `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head>
    <title>Copydesk sources</title>
  </head>
  <body/>
</opml>
`;

/** Outlines looked at; the largest lists of readers have some thousands. */
const MOST_OUTLINES = 100_000;
const SECTION_LENGTH = 200;

interface Outline {
  text?: string;
  title?: string;
  type?: string;
  xmlUrl?: string;
  outlines?: Outline[];
}

/**
 * The feeds of an OPML document, each address once.
 *
 * @param bytes in whatever encoding it declares
 * @param foldersAsSections whether the folder of a feed is the section of its articles
 * @returns null where it is none
 */
export function feedsOfOpml(
  bytes: Uint8Array,
  { foldersAsSections }: { foldersAsSections: boolean },
): OpmlFeeds | null {
  let outlines: Outline[];
  try {
    outlines = (parseOpml(decode(bytes, 'text/xml')?.text ?? '').body?.outlines ?? []) as Outline[];
  } catch {
    return null;
  }
  const feeds = new Map<string, NewSource>();
  const problems: string[] = [];
  const pending = outlines.map((outline) => ({ outline, folder: null as string | null })).reverse();
  for (let seen = 0; pending.length > 0; seen++) {
    if (seen === MOST_OUTLINES) {
      problems.push(`Only the first ${MOST_OUTLINES} outlines were read.`);
      break;
    }
    const { outline, folder } = pending.pop() as (typeof pending)[number];
    const label = (outline.text ?? outline.title)?.trim() || null;
    for (const child of (outline.outlines ?? []).toReversed()) pending.push({ outline: child, folder: label });
    if (outline.xmlUrl === undefined) continue;
    const { data: url, error } = SourceSettingsSchema.shape.url.safeParse(outline.xmlUrl.trim());
    if (url === undefined) {
      problems.push(`${label ?? 'An outline'} cannot be watched. ${error?.issues[0]?.message}`);
      continue;
    }
    const section = foldersAsSections && folder !== null ? { section: folder.slice(0, SECTION_LENGTH) } : {};
    if (!feeds.has(url)) feeds.set(url, { url, ...section });
  }
  return { feeds: [...feeds.values()], problems };
}

/**
 * Sources as an OPML document, those of a section in a folder of its name; readers take those of them that are feeds.
 *
 * @param now when it was made; null leaves that out, so that the same sources are the same document
 */
export function renderOpml(sources: readonly Source[], now: Date | null): string {
  const outlines = [...Map.groupBy(sources, ({ section }) => section)]
    // Those of no section stand before the folders.
    .sort(([a], [b]) => (a === null ? 0 : 1) - (b === null ? 0 : 1))
    .flatMap(([section, within]): Outline[] => {
      const feeds = within.map(outlineOf);
      return section === null ? feeds : [{ text: section, outlines: feeds }];
    });
  const head = { title: 'Copydesk sources', ...(now && { dateCreated: now }) };
  // Its writer takes a list of none for a mistake.
  if (outlines.length === 0) return NO_OUTLINES;
  return generateOpml({ head, body: { outlines: cleanStrings(outlines) } });
}

function outlineOf({ id, url, title, kind }: Source): Outline {
  const type = kind === 'atom' || kind === 'json-feed' ? kind.replace('json-feed', 'json') : 'rss';
  return { text: title ?? id, ...(title !== null && { title }), type, xmlUrl: url };
}
