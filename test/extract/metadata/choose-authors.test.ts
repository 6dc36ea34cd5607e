import { describe, expect, it } from 'vitest';
import { article, ld, read } from './page-reading.ts';

describe('the authors of a page', () => {
  const names = (html: string) => read(html).authors.map(({ name }) => name);

  it.each([
    ['an object', { name: 'Ann Lee' }, ['Ann Lee']],
    ['a list', [{ name: 'Ann Lee' }, { name: 'Bo Chen Jr.' }], ['Ann Lee', 'Bo Chen Jr.']],
    ['a string of two', 'Ann Lee and Bo Chen', ['Ann Lee', 'Bo Chen']],
    ['a list with nulls', [null, { name: 'Ann Lee' }, {}], ['Ann Lee']],
    ['a list within a list', [[{ name: 'Ann Lee' }]], ['Ann Lee']],
    ['names within one object', { name: ['Ann Lee', 'Bo Chen'] }, ['Ann Lee', 'Bo Chen']],
    ['an address', 'https://www.harbourpost.example/ann', []],
  ])('are read from JSON-LD as %s', (_name, author, expected) => {
    expect(names(article({ headline: 'Ferries return', author }))).toEqual(expected);
  });

  it('are resolved through @id in a graph', () => {
    const graph = [
      { '@type': 'Article', headline: 'Ferries return', author: { '@id': '#ann' } },
      { '@type': 'Person', '@id': '#ann', name: 'Ann Lee', url: 'https://www.harbourpost.example/ann' },
    ];
    expect(read(ld({ '@context': 'https://schema.org', '@graph': graph })).authors).toEqual([
      { name: 'Ann Lee', url: 'https://www.harbourpost.example/ann' },
    ]);
  });

  it('are those of the article where a review stands before it', () => {
    const review = { '@type': 'Review', author: { name: 'Rude Reviewer' }, datePublished: '2020-01-01' };
    expect(
      names(ld([review, { '@type': 'Article', headline: 'Ferries return', author: { name: 'Ann Lee' } }])),
    ).toEqual(['Ann Lee']);
  });

  it('are the persons of the byline where JSON-LD names the site only', () => {
    expect(
      names(`${article({ headline: 'Ferries return', author: { '@type': 'Organization', name: 'Harbour Post' }, publisher: { name: 'Harbour Post' } })}
      <h1>Ferries return</h1><p>By <a href="/ann">Ann Lee</a> and <a href="/bo">Bo Chen</a></p>`),
    ).toEqual(['Ann Lee', 'Bo Chen']);
  });

  it.each([
    ['right below the headline', '<h1>Ferries return</h1><p>Ann Lee</p><p>Text of the story.</p>'],
    [
      'beside the date',
      '<h1>Ferries return</h1><p>The islands wait no longer, says the company.</p><span>Ann Lee</span> · <time datetime="2026-05-14">14 May 2026</time>',
    ],
    ['behind a heading that says so', '<h1>Ferries return</h1><p>Text.</p><div><h3>Author</h3> <p>Ann Lee</p></div>'],
  ])('stand %s without a byline word', (_, html) => {
    expect(names(html)).toEqual(['Ann Lee']);
  });

  it.each([
    ['furniture', '<h1>Ferries return</h1><p>Table of Contents</p>'],
    ['a part of the headline', '<h1>Ann Lee: a life at sea</h1><p>Ann Lee</p>'],
    ['a reading time', '<h1>Ferries return</h1><p class="author">5 min</p>'],
    ['a weekday', '<h1>Ferries return</h1><span class="byline">Thursday</span>'],
  ])('are not %s', (_, html) => {
    expect(names(html)).toEqual([]);
  });

  it('are all whom two more statements name, where JSON-LD names the first only', () => {
    const page = (meta: string) =>
      names(`${article({ headline: 'Ferries return', author: { name: 'Ann Lee' } })}${meta}
      <h1>Ferries return</h1><p>By Ann Lee, Bo Chen</p>`);
    expect(page('<meta name="author" content="Ann Lee, Bo Chen">')).toEqual(['Ann Lee', 'Bo Chen']);
    expect(page('')).toEqual(['Ann Lee']);
  });

  it('keep the accents that readers see', () => {
    const html = `${article({ headline: 'Ferries return', author: { name: 'Solene Rauturier' } })}
      <h1>Ferries return</h1><p>By Solène Rauturier</p>`;
    expect(names(html)).toEqual(['Solène Rauturier']);
  });

  it('are the person whose name and address the site bears', () => {
    const html = '<meta property="og:site_name" content="Ann Lee’s Blog"><h1>Ferries return to us all at last</h1>';
    expect(read(html, 'https://annlee.example/ferries').authors).toEqual([{ name: 'Ann Lee', url: null }]);
    expect(read(html, 'https://harbour.example/ferries').authors).toEqual([]);
  });

  it('are not those of comments, teasers and reviewers', () => {
    expect(
      names(`<h1>Ferries return to the islands</h1><div class="byline">Written by <span class="author-name">Ann Lee</span> | Reviewed by <span>Rex Moe</span></div><p>Text.</p>
      <div class="comments"><span class="comment-author">Bo Chen</span></div><div class="related-posts"><span class="author">Cy Diaz</span></div>`),
    ).toEqual(['Ann Lee']);
    expect(names('<h1>Ferries return</h1><div class="comments"><span class="author">By Bo Chen</span></div>')).toEqual(
      [],
    );
  });

  it.each([
    ['<p>Szerző: Kovács Péter</p>', 'Kovács Péter'],
    ['<p>Bài và ảnh: Nguyễn Văn An</p>', 'Nguyễn Văn An'],
    ['<p>Пише: Марко Јовановић</p>', 'Марко Јовановић'],
    ['<p>Γράφει ο Γιώργος Παπαδόπουλος</p>', 'Γιώργος Παπαδόπουλος'],
    ['<p>ავტორი: გიორგი ბერიძე</p>', 'გიორგი ბერიძე'],
    ['<p>نویسنده: علی رضایی</p>', 'علی رضایی'],
    ['<p>김철수 기자</p>', '김철수'],
    ['<p>文・田中太郎</p>', '田中太郎'],
    ['<font>Tekst: Anna Kowalska<br>poniedziałek, 6 maja 2024</font>', 'Anna Kowalska'],
    ['<span>Szerző</span> <a href="/kp">Kovács Péter</a>', 'Kovács Péter'],
    ['<p>11.12.2019 - Amelie Loeven</p>', 'Amelie Loeven'],
    ['<p>Autorin Petra Meier</p>', 'Petra Meier'],
  ])('are signed in many languages: %s', (line, name) => {
    expect(read(`<h1>Ferries return</h1><div>${line}</div><p>Story.</p>`).authors).toMatchObject([{ name }]);
  });

  it.each([
    [
      'in a board of vBulletin',
      '<div><b>Ferries return</b></div><td><a class="bigusername" href="member.php?u=1">Ann Lee</a></td>',
      ['Ann Lee'],
    ],
    ['below the headline with a particle', '<h1>Ferries return</h1><p>de Ioana Munteanu</p>', ['Ioana Munteanu']],
    ['behind the Armenian colon', '<h1>Ferries return</h1><p>Հեղինակ՝ Անահիտ Գրիգորյան</p>', ['Անահիտ Գրիգորյան']],
    [
      'two after the Chinese word for reporter',
      '<h1>Ferries return</h1><p>记者 王丽华 陈志强</p>',
      ['王丽华', '陈志强'],
    ],
    ['two with a space in a Japanese name', '<h1>Ferries return</h1><p>文・佐藤 美咲</p>', ['佐藤 美咲']],
  ])('are read %s', (_, html, expected) => {
    expect(names(`<title>Ferries return</title>${html}<p>The islands wait no longer.</p>`)).toEqual(expected);
  });

  it.each([
    '<p>Editor: Ann Lee</p>',
    '<p>来源：新华网</p>',
    '<p>Texts on the islands</p>',
    '<p>Autor werden</p>',
    '<p>Last Modified 3 May 2024</p>',
    '<p>Thứ Hai</p>',
  ])('are not named by %s', (line) => {
    expect(read(`<h1>Ferries return</h1><div>${line}<p>6 May 2024</p></div>`).authors).toEqual([]);
  });

  it('stand side by side in elements of their own', () => {
    expect(
      names('<h1>Ferries return</h1><div class="article-byline"><span>Ann Lee</span><span>Bo Chen</span></div>'),
    ).toEqual(['Ann Lee', 'Bo Chen']);
  });
});
