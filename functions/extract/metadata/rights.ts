import { parseHttpUrl } from '../../article/canonical-url.ts';
import { RESTRICTIONS, type Rights } from '../../article/record.ts';
import type { Choice } from './choose-title.ts';
import type { Evidence } from './evidence.ts';
import { ldText } from './json-ld.ts';

/**
 * What a page asks of machines that read it, and the licence it states; null where it says nothing.
 *
 * Sources: the robots meta tag (`noindex` … of search engines, `noai` and `noimageai` of DeviantArt, `none` is noindex and
 * nofollow), the W3C's TDM Reservation Protocol (`tdm-reservation`, `tdm-policy`), `rel=license` and Schema.org.
 */
export function chooseRights(evidence: Evidence, base: string | null): Choice<Rights> | null {
  const asked = new Set(
    evidence.metas('robots').flatMap((value) =>
      value
        .toLowerCase()
        .split(/[\s,;]+/u)
        .slice(0, 40),
    ),
  );
  if (asked.has('none')) asked.add('noindex');
  const reserved = evidence.meta('tdm-reservation');
  const rules: string[] = [];
  const stated = <T>(rule: string, value: T | null): T | null => {
    if (value !== null) rules.push(rule);
    return value;
  };
  const restrictions = RESTRICTIONS.filter((one) => asked.has(one));
  if (restrictions.length > 0) rules.push('meta robots');
  const license = evidence.page.license ?? ldText(evidence.article?.license);
  const rights: Rights = {
    restrictions,
    tdmReserved: stated('meta tdm-reservation', reserved === '1' ? true : reserved === '0' ? false : null),
    tdmPolicy: stated('meta tdm-policy', parseHttpUrl(evidence.meta('tdm-policy'), base)?.href ?? null),
    license: stated(
      evidence.page.license ? 'rel license' : 'json-ld license',
      parseHttpUrl(license, base)?.href ?? null,
    ),
  };
  return rules.length > 0 ? { value: rights, rule: rules.join(', ') } : null;
}
