/**
 * A page of any size with the shape of a real one: navigation, an article of paragraphs, headings, lists
 * and figures, and more furniture around it than text.
 */
export function syntheticPage(bytes: number): string {
  const item = (i: number) => `<li class="menu-item"><a href="/section/${i}">Section ${i}</a></li>`;
  const story = (i: number) =>
    `<div class="card"><a href="/story/${i}"><img data-src="/img/${i}.jpg" alt=""><h3>Another story number ${i}</h3></a></div>`;
  const block = (i: number) =>
    `<h2>Part ${i}</h2><p>In the ${i}th week the council met again, and the <a href="/topic/${i}">plan</a> for the bridge was read aloud, discussed and sent back for the cost of its third pillar.</p><ul><li>One point of order, number ${i}</li><li>Another point, which nobody raised</li></ul><figure><img src="/photo/${i}.jpg" width="800" height="600"><figcaption>The bridge in week ${i}</figcaption></figure>`;
  const head = `<!doctype html><html lang="en"><head><title>The bridge - Size Example</title><meta property="og:title" content="The bridge"></head><body><nav><ul>${Array.from({ length: 30 }, (_, i) => item(i)).join('')}</ul></nav><main><article><h1>The bridge</h1>`;
  const parts = [head];
  let length = head.length;
  for (let i = 0; length < bytes; i++) {
    const part = block(i) + story(i);
    parts.push(part);
    length += part.length;
  }
  parts.push('</article></main><footer>© Size Example</footer></body></html>');
  return parts.join('');
}
