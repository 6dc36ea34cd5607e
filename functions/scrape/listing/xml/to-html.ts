import { escapeHtml } from '../../../article/render/html.ts';
import { absoluteValue } from '../feed/absolute-html.ts';
import { XmlElement } from './element.ts';

/** Elements that HTML writes without an end tag. */
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** What is inside an element as HTML: XHTML in Atom, and HTML that a feed forgot to escape. */
export function innerHtml(element: XmlElement): string {
  let html = '';
  /** What is left to write, the next last. */
  const left: (XmlElement | string | { end: string })[] = element.children.toReversed();
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (typeof node === 'string') html += escapeHtml(node);
    else if (!(node instanceof XmlElement)) html += `</${node.end}>`;
    else {
      const name = localName(node.name);
      html += `<${name}${attributesOf(node)}>`;
      // Read as XML, `a<br>b` puts b into the line break.
      if (!VOID.has(name)) left.push({ end: name });
      for (let i = node.children.length - 1; i >= 0; i--) left.push(node.children[i] as XmlElement | string);
    }
  }
  return html.trim();
}

function attributesOf(element: XmlElement): string {
  let written = '';
  for (const [name, value] of element.attributes) {
    if (name.includes(':') || name === 'xmlns' || /[^\w.-]/.test(name)) continue;
    const absolute = element.base === null ? value : absoluteValue(name, value, element.base);
    written += ` ${name}="${escapeHtml(absolute)}"`;
  }
  return written;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).replace(/[^\w.-]/g, '');
}
