import { MAX_FORM_LINES } from '../../thresholds.ts';
import { openAsciiDoc } from './asciidoc.ts';
import { type Copy, plainCopy } from './copy.ts';
import { openEmail } from './email.ts';
import { openLatex } from './latex.ts';
import { openMarkdown } from './markdown.ts';
import { openRestructuredText } from './restructured-text.ts';
import { openStatedFields } from './stated-fields.ts';
import { openWet } from './wet.ts';

/** Tells the form of copy and takes it off: the first that fits. */
export function openCopy(source: string): Copy {
  const wet = openWet(source);
  if (wet !== null || !fewerLines(source, MAX_FORM_LINES)) return wet ?? plainCopy(source);
  return (
    openEmail(source) ??
    openAsciiDoc(source) ??
    openLatex(source) ??
    openRestructuredText(source) ??
    openStatedFields(source) ??
    openMarkdown(source) ??
    plainCopy(source)
  );
}

function fewerLines(source: string, most: number): boolean {
  let lines = 0;
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) if (++lines >= most) return false;
  return true;
}
