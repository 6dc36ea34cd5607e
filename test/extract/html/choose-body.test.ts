import { describe, expect, it } from 'vitest';
import { chooseBody } from '../../../functions/extract/html/choose-body.ts';
import { segmentPage } from '../../../functions/extract/html/segment.ts';
import { parseMarkup } from '../../../functions/extract/markup/parse.ts';

/**
 * What is kept of a page whose blocks a classifier judged.
 *
 * @param chanceOf chance of the blocks that hold a text; all others are surely the article
 */
function kept(body: string, chanceOf: Record<string, number> = {}, title = ''): string[] {
  const tree = parseMarkup(`<html><head><title>${title}</title></head><body>${body}</body></html>`);
  if (tree === null) throw new Error('no page');
  const page = segmentPage(tree, new Map());
  const chances = Float32Array.from(page.segments, ({ text }) => {
    const found = Object.entries(chanceOf).find(([part]) => text.includes(part));
    return found ? found[1] : 0.97;
  });
  const { keep } = chooseBody(page, chances);
  return page.segments.filter((_, i) => keep[i] === 1).map(({ text }) => text);
}

const ICE = 'The ferries return on Monday, after eleven days of ice, the operator said in a statement.';
const QUAY = 'Traders on the quay had stored their eel in the cold house of the old brewery meanwhile.';
const ROPES = 'Two of the three boats were given new ropes, and the third one waits for its propeller.';

describe('links to other articles between paragraphs', () => {
  it('go with the heading that announces them', () => {
    const box = '<h3 class="sr-only">Läs också</h3><ul><li><a href="/a">Isen kom på en vecka</a></li></ul>';
    expect(kept(`<p>${ICE}</p><div>${box}</div><p>${QUAY}</p>`, { Isen: 0.1 })).toEqual([ICE, QUAY]);
  });

  it.each([
    'Read also: <a href="/a">Harbour council votes for a new hall on the quay</a>',
    'REQUIRED READING: <a href="/a">How the ice came to the sound in a week</a>',
    '[Related: <a href="/a">The eel trade in figures since the war</a>]',
    'Les også: <a href="/a">Isen kom på en uke, sier havnesjefen</a>',
    'Lea también: <a href="/a">El hielo llegó en una semana al puerto</a>',
    'Читайте также: <a href="/a">Лёд пришёл в пролив за неделю</a>',
    'மேலும் படிக்க: <a href="/a">கனமழையால் மலைப்பாதை மூடல்</a>',
    'Read more: <a href="/a">The ice in pictures</a> <a href="/b">The boats and their ropes</a>',
  ])('%s goes', (line) => {
    expect(kept(`<p>${ICE}</p><p>${line}</p><p>${QUAY}</p>`)).toEqual([ICE, QUAY]);
  });

  it.each([
    'Read also what the operator wrote: the boats, it said, are <a href="/a">ready</a> and wait for passengers.',
    'Sources: <a href="/a">Harbour office, notice of Monday</a>',
    'Reading: <a href="/a">a town</a> that has grown by a third since the bridge was opened to traffic.',
    'More than half of the boats: <a href="/a">ropes</a> were new on two of them, said the operator.',
  ])('%s stays', (line) => {
    expect(kept(`<p>${ICE}</p><p>${line}</p><p>${QUAY}</p>`)).toHaveLength(3);
  });
});

describe('headings that are said again', () => {
  const part = (name: string, text: string) => `<h2>${name}</h2><p>${text}</p><h3>What we liked about it</h3>`;

  it('stay where each heads a text of its own', () => {
    const found = kept(`${part('Old boat', ICE)}<p>${QUAY}</p>${part('New boat', ROPES)}<p>It is warm inside.</p>`);
    expect(found.filter((text) => text === 'What we liked about it')).toHaveLength(2);
  });

  it('go where what follows them is said again too', () => {
    const copy = `<h2>How the ferries came back</h2><p>${ICE}</p><p>${QUAY}</p>`;
    expect(kept(`${copy}<div>${copy}</div>`)).toEqual(['How the ferries came back', ICE, QUAY]);
  });

  it('stay above their text, and go from the table of contents', () => {
    const found = kept(
      `<div><a href="#a">How the ice came in</a></div><div><a href="#b">What the traders did</a></div>
       <h2>How the ice came in</h2><p>${ICE}</p><h2>What the traders did</h2><p>${QUAY}</p>`,
    );
    expect(found).toEqual(['How the ice came in', ICE, 'What the traders did', QUAY]);
  });
});

describe('headings with nothing below them', () => {
  it('go at the end', () => {
    expect(kept(`<p>${ICE}</p><p>${QUAY}</p><h2>More from the coast</h2><h2>Most read</h2>`)).toEqual([ICE, QUAY]);
  });

  it('stay where they are sentences above pictures', () => {
    const caption = 'The second boat was painted white and blue by pupils of the school';
    expect(kept(`<p>${ICE}</p><p>${QUAY}</p><h2>${caption}</h2><img src="boat.jpg">`)).toEqual([ICE, QUAY, caption]);
  });
});

describe('the articles below the article', () => {
  const article = (headline: string, ...texts: string[]) =>
    `<article class="post"><header><h1 class="headline">${headline}</h1></header>
     <div class="text">${texts.map((text) => `<p>${text}</p>`).join('')}</div></article>`;
  const TITLE = 'Ferries return after eleven days of ice | Coast Post';

  it('go where each is built like the first', () => {
    const page = `${article('Ferries return after eleven days of ice', ICE, QUAY)}${article('Council votes for a new hall', ROPES)}`;
    expect(kept(page, {}, TITLE)).toEqual(['Ferries return after eleven days of ice', ICE, QUAY]);
  });

  it('stay where the page is titled otherwise, as on the front page of a blog', () => {
    const page = `${article('Ferries return after eleven days of ice', ICE, QUAY)}${article('Council votes for a new hall', ROPES)}`;
    expect(kept(page, {}, 'The Coast Post, a blog of the harbour')).toContain(ROPES);
  });

  it('stay where they are parts under headings of the same level', () => {
    const page = `<section class="part"><h1>Ferries return after eleven days of ice</h1><p>${ICE}</p></section>
      <section class="part"><h1>What the traders did meanwhile</h1><p>${QUAY}</p></section>`;
    expect(kept(page, {}, TITLE)).toContain(QUAY);
  });
});

describe('code', () => {
  const CODE = 'boats sort --by length --with ropes';

  it('stays where it stands between paragraphs of the article', () => {
    expect(kept(`<p>${ICE}</p><pre>${CODE}</pre><p>${QUAY}</p>`, { [CODE]: 0.3 })).toEqual([ICE, CODE, QUAY]);
  });

  it('goes where nothing of the article follows, and where it surely is none of it', () => {
    expect(kept(`<p>${ICE}</p><p>${QUAY}</p><pre>${CODE}</pre>`, { [CODE]: 0.3 })).toEqual([ICE, QUAY]);
    expect(kept(`<p>${ICE}</p><pre>${CODE}</pre><p>${QUAY}</p>`, { [CODE]: 0.1 })).toEqual([ICE, QUAY]);
  });
});

describe('comments', () => {
  const DOUBT = { 'The ferries': 0.6, 'Traders on': 0.6, 'I have': 0.45 };
  const comment =
    '<div class="comment"><p>I have waited for that boat since the first day of the ice, with two dogs.</p></div>';

  it('go where they are as doubtful as the article is', () => {
    expect(kept(`<p>${ICE}</p><p>${QUAY}</p><section class="comments">${comment}</section>`, DOUBT)).toEqual([
      ICE,
      QUAY,
    ]);
  });

  it('are judged like all else where the article stands in boxes of that name', () => {
    expect(kept(`<main class="comments"><p>${ICE}</p><p>${QUAY}</p>${comment}</main>`, DOUBT)).toHaveLength(3);
  });
});

describe('whom to ask at the end', () => {
  const contact = '<p>Jo Bright<br>Head of Communications<br>Tel. +44 20 7946 0123</p>';

  it('goes with its label and what follows it', () => {
    const about = '<h3>About the harbour</h3><p>The harbour employs four hundred people.</p>';
    expect(kept(`<p>${ICE}</p><p>${QUAY}</p><h3>Press contact</h3>${contact}${about}`)).toEqual([ICE, QUAY]);
  });

  it('stays where nobody is named to call', () => {
    const text = '<h3>Contact</h3><p>Ships in the sound shall keep contact by lamp, says the new order.</p>';
    expect(kept(`<p>${ICE}</p>${text}<p>${QUAY}</p>`)).toHaveLength(4);
  });
});

describe('how to get no more of a letter', () => {
  it('goes with all behind it, and stays inside of an article', () => {
    const foot = '<p>Unsubscribe here or change your preferences.</p>';
    expect(kept(`<p>${ICE}</p><p>${QUAY}</p>${foot}<p>228 Quay Street, Wexcombe</p>`)).toEqual([ICE, QUAY]);
    const article = `<p>${ICE}</p>${foot}<p>${QUAY}</p><p>${ROPES}</p><p>Twice a day a boat goes to the outer islands, and back.</p><p>Nobody has to pay for bicycles any more this year.</p><p>The council pays for what is missing, it said on Friday.</p><p>Dogs travel for half of the fare of a child.</p>`;
    expect(kept(article)).toContain(ROPES);
  });
});

describe('lines of the site between paragraphs', () => {
  it.each([
    'Sponsored by Acme Ropes',
    'Together with Acme',
    'Potrebbe interessarti<br><a href="/a">Sciopero dei traghetti fino a domenica</a><br><a href="/b">Il porto chiude per lavori</a>',
  ])('%s goes', (line) => {
    expect(kept(`<p>${ICE}</p><p>${line}</p><p>${QUAY}</p>`)).toEqual([ICE, QUAY]);
  });

  it.each([
    'Together with Acme the board has bought two engines.',
    'Sponsored by nobody, the boats sail all the same.',
  ])('%s stays', (line) => {
    expect(kept(`<p>${ICE}</p><p>${line}</p><p>${QUAY}</p>`)).toContain(line);
  });
});
