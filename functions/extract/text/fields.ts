import type { FoundDate } from '../metadata/dates.ts';
import { findBreadcrumbs } from './breadcrumbs.ts';
import { findAuthors } from './byline.ts';
import { type Caption, findCaptions } from './captions.ts';
import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';
import type { Found } from './found.ts';
import { findKicker, findStandfirst } from './opening.ts';
import { findPublication } from './publication.ts';
import { findSiteName } from './site-name.ts';
import { findTags } from './tags.ts';

/** What lines say besides the body, each with its line. */
export interface Fields {
  breadcrumbs: Found<string[]> | null;
  kicker: Found<string> | null;
  standfirst: Found<string> | null;
  captions: Found<Caption>[];
  authors: Found<string[]> | null;
  published: Found<FoundDate> | null;
  modified: Found<FoundDate> | null;
  tags: Found<string[]> | null;
  siteName: Found<string> | null;
}

/**
 * Reads every field from the lines around the body.
 *
 * @param title index of the headline's line, −1 where there is none
 * @param asOf the instant the copy was taken; dates after it are refused
 * @param language of the body, which settles 01/02/2026
 */
export function readFields(survey: Survey, choice: Choice, title: number, asOf: Date, language: string | null): Fields {
  const breadcrumbs = findBreadcrumbs(survey, title < 0 ? choice.first : title);
  const kicker = findKicker(survey, title);
  const standfirst = findStandfirst(survey, choice, title);
  const authors = findAuthors(survey, choice, title, { asOf, language });
  return {
    breadcrumbs,
    kicker: kicker?.line === breadcrumbs?.line ? null : kicker,
    standfirst,
    // Names in capitals read like a caption.
    captions: findCaptions(survey, choice, title).filter(
      ({ line }) => line !== standfirst?.line && line !== authors?.line,
    ),
    authors,
    ...findPublication(survey, choice, title, asOf, language),
    tags: findTags(survey, choice),
    siteName: findSiteName(survey, choice, authors?.value ?? []),
  };
}

/** What each line was read as, by index: for those who ask why. */
export function rolesOf(fields: Fields, title: number): Map<number, string> {
  const roles = new Map<number, string>();
  const tell = (found: Found<unknown> | null, role: string) => {
    if (found !== null) roles.set(found.line, role);
  };
  tell(fields.siteName, 'site name');
  tell(fields.tags, 'tags');
  tell(fields.breadcrumbs, 'breadcrumb');
  tell(fields.kicker, 'kicker');
  tell(fields.standfirst, 'standfirst');
  for (const caption of fields.captions) tell(caption, 'caption');
  tell(fields.modified, 'date of change');
  tell(fields.published, 'date');
  tell(fields.authors, 'byline');
  if (title >= 0) roles.set(title, 'headline');
  return roles;
}
