import { describe, expect, it } from 'vitest';
import { openCopy } from '../../../functions/extract/text/forms/open-copy.ts';
import { trimWire } from '../../../functions/extract/text/forms/wire.ts';
import { splitLines } from '../../../functions/extract/text/lines.ts';

describe('openCopy', () => {
  it('takes the longest text record of a WET file and its address', () => {
    const record = (url: string, text: string) =>
      `WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: ${url}\r\n\r\n${text}\r\n\r\n`;
    const source = `WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\nsoftware: x\r\n\r\n${record('https://a.example/', 'Short.')}${record('https://b.example/', 'A much longer page.')}`;
    expect(openCopy(source)).toMatchObject({ form: 'wet', url: 'https://b.example/', skipped: 15 });
    expect(openCopy(source).text.trim()).toBe('A much longer page.');
  });

  it('reads folded mail headers, turns the name of the sender and takes quote marks off', () => {
    const source =
      'Subject: Re: Fwd: A bridge\n that opens\nFrom: "Lee, Ann" <ann@example.org>\n\n> The bridge opens.\n>> On Monday.\n-- \nAnn';
    expect(openCopy(source)).toMatchObject({
      form: 'e-mail',
      title: 'A bridge that opens',
      byline: 'Ann Lee',
      text: '\nThe bridge opens.\nOn Monday.',
    });
  });

  it('reads the plain part of a mail of several, with its transfer encoding undone', () => {
    const source = [
      'From: Ann Lee <ann@example.org>',
      'Subject: =?iso-8859-1?Q?Caf=E9?= =?utf-8?B?IGNsb3Nlcw==?=',
      'Content-Type: multipart/alternative; boundary="b1"',
      '',
      '--b1',
      'Content-Type: text/html',
      '',
      '<p>The caf&eacute; closes.</p>',
      '--b1',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'The caf=E9 clo=',
      'ses; 1 =3D 1, and =ZZ stays.',
      '--b1--',
    ].join('\n');
    const copy = openCopy(source);
    expect(copy).toMatchObject({ form: 'e-mail', title: 'Café closes', byline: 'Ann Lee' });
    expect(copy.text.trim()).toBe('The café closes; 1 = 1, and =ZZ stays.');
  });

  it('keeps the headers of a mail that quotes a message after much text of its own', () => {
    const own = 'The bridge opens on Monday, the council said. '.repeat(12);
    const passed = '---------- Forwarded message ---------\nFrom: Bo Chen <bo@example.org>\nSubject: Old\n\nOld text.';
    expect(openCopy(`From: Ann Lee <ann@example.org>\nSubject: New\n\n${own}\n\n${passed}`)).toMatchObject({
      title: 'New',
      byline: 'Ann Lee',
    });
  });

  it('does not take a recipe or a dialogue for mail because its lines begin with a word and a colon', () => {
    expect(openCopy('Serves: four\nTime: an hour\n\nPeel the onions.').form).toBe('plain');
    expect(openCopy('Judge: You may sit.\nWitness: Thank you.').form).toBe('plain');
  });

  it('shows the words of Markdown links, emphasis and code, and hides rules and link definitions', () => {
    const source =
      '# One\n\n## Two\n\nSee **the** [page](https://example.org "x") and `code`, _twice_.\n\n---\n\n[1]: https://example.org';
    const copy = openCopy(source);
    expect(copy).toMatchObject({ form: 'markdown', title: 'One' });
    expect(splitLines(copy.text).lines.map(({ text }) => text)).toEqual([
      'One',
      'Two',
      'See the page and code, twice.',
    ]);
  });

  it('does not take a page for Markdown because it shows the comments of a shell or a piece of Markdown', () => {
    const shown = [
      'How to begin',
      '',
      'Make a repository:',
      '',
      '# make it',
      '',
      'git init',
      '# add a remote',
      'git remote',
    ];
    expect(openCopy(shown.join('\n')).form).toBe('plain');
    expect(openCopy('A prompt for tutors\n\nWrite this:\n## Concept\nExplain.\n## Code\nShow it.').form).toBe('plain');
    expect(openCopy('An opening line.\n\n## Concept\n\nA text.\n\n## Code\n\nAnother.').form).toBe('markdown');
  });

  it('leaves underscores inside names and stars between numbers alone', () => {
    const copy = openCopy('# a_b_c\n\n## 2 * 3 * 4\n\nsnake_case_name stays.');
    expect(splitLines(copy.text).lines.map(({ text }) => text)).toEqual([
      'a_b_c',
      '2 * 3 * 4',
      'snake_case_name stays.',
    ]);
  });
});

describe('trimWire', () => {
  const story = 'The harbour workers voted to accept the offer, their union said on Tuesday after a count. '.repeat(5);

  it.each(['-30-', '###', 'ENDS', '(END)', 'XXX'])('ends a story at %s', (sign) => {
    const { lines } = splitLines(`${story}\n(MORE)\n${story}\n${sign}\nCall the desk.`);
    expect(trimWire(lines)).toHaveLength(2);
  });

  it('does not end a text at a sign that stands before any story', () => {
    const { lines } = splitLines(`END\n###\n${story}`);
    expect(trimWire(lines)).toHaveLength(3);
  });
});
