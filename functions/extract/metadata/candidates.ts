/** What one walk over a page notes for the choices of its fields. */
import type { Node } from '../markup/tree.ts';
import type { Link } from './element-text.ts';

/** A piece of visible text with where it stands. */
export interface Mark {
  text: string;
  /** Bits of {@link ZONE} of the element and everything around it. */
  zone: number;
  /** Characters of visible text before it. */
  at: number;
}

export interface Heading extends Mark {
  level: number;
  /** Its texts by elements, where it holds more than one node. */
  parts: string[];
  /** The line above the headline that stands in it as its first element; null where there is none. */
  kicker: string | null;
  /** Its class or itemprop says that it is the headline. */
  headline: boolean;
  /** It is nothing but a link to the front page, as logos are. */
  logo: boolean;
}

export interface Property extends Mark {
  /** `itemprop`, or RDFa `property` outside `meta`, in lower case. */
  name: string;
  /** `content`, `datetime` or `href`; else the text. */
  value: string;
  /** `itemtype` of the innermost scope around it, in lower case; '' for none. */
  scope: string;
  links: Link[];
}

/** A text that holds a date. */
export interface DateText extends Mark {
  /** The short text before it, as "Last updated:" in an element of its own; '' for none. */
  before: string;
}

export interface Time extends DateText {
  datetime: string | null;
  /** Class, itemprop and the like, in lower case: what tells a publication from a change. */
  names: string;
}

export interface Byline extends Mark {
  links: Link[];
  /** The text by elements: names that stand side by side with nothing between. */
  parts: string[];
  /** What singled it out: `rel=author`, a class name, an icon or "By" before it, or a link to an author's page. */
  source: 'rel' | 'class' | 'icon' | 'opener' | 'address';
}

export interface LabelList extends Mark {
  links: Link[];
  kind: 'tags' | 'section' | 'breadcrumbs';
  /** A label before it says what it lists: "Tags:". */
  isLabelled?: boolean;
}

export interface Candidates {
  htmlLanguage: string | null;
  /** Class names of `body`, in which content systems tell posts from static pages. */
  bodyNames: string;
  direction: 'ltr' | 'rtl' | null;
  /** `name`, `property`, `itemprop` or `http-equiv` of `meta`, in lower case → contents in order. */
  metas: Map<string, string[]>;
  canonical: string | null;
  /** Address of `rel=image_src`, by which pages stated their image before Open Graph. */
  imageSource: string | null;
  /** Address of `rel=license`. */
  license: string | null;
  titleTag: string | null;
  /** By {@link pairOf}, which two characters in a row it holds. */
  titlePairs: Uint8Array;
  jsonLd: string[];
  headings: Heading[];
  properties: Property[];
  times: Time[];
  /** Texts that stand in the `title` element too: the headline of a page without headings. */
  echoes: Mark[];
  /** Lines in large type: the headline of a page without headings whose title says something else. */
  largeLines: Mark[];
  /** Short texts that hold a year or a numeric date. */
  dateTexts: DateText[];
  bylines: Byline[];
  /** Short lines of capitalized words below a heading of the first level: a name without a word that says so. */
  nameLines: Mark[];
  labels: LabelList[];
  /** Texts of links to the front page: what the site calls itself, or "Home". */
  homes: string[];
  /** Titles of the site's feeds and of its search, which name it. */
  signs: string[];
  /** The last text walked, if it is short; -1 for none. */
  previous: Node;
  /** Where the last icon of a person stands: what follows it is a name. */
  iconAt: number;
  /** Character up to which name lines are noted. */
  nameReach: number;
  /** Visible characters walked so far. */
  characters: number;
  /** Subtrees that may still be read: in hostile nesting each would be read again from every level. */
  budget: number;
}
