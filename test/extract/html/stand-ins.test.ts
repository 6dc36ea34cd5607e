import { describe, expect, it } from 'vitest';
import { readHtml } from '../../../functions/extract/html/read-html.ts';

const context = { url: 'https://post.example/news/lines', asOf: new Date('2026-06-01T00:00:00Z') };
const read = (title: string, ...lines: string[]) => {
  const [heading, ...text] = lines;
  const nav = '<nav><ul><li><a href="/a">A</a></li><li><a href="/b">B</a></li></ul></nav>';
  const body = text.map((line) => `<p>${line}</p>`).join('');
  return readHtml(
    `<html><head><title>${title}</title></head><body>${nav}<main><h1>${heading}</h1>${body}</main></body></html>`,
    context,
  );
};

describe('a page in place of an article', () => {
  it.each([
    [
      'an error in Hungarian',
      'Az oldal nem található - Post',
      'Hiba 404',
      'Sajnáljuk, a keresett oldalt áthelyezték. Ellenőrizze a címet, vagy térjen vissza a címlapra.',
    ],
    [
      'an error in Finnish',
      'Post',
      'Sivua ei löytynyt',
      'Etsimääsi sivua ei löytynyt. Se on voitu poistaa tai siirtää. Tarkista osoite tai palaa etusivulle.',
    ],
    [
      'an error in Korean',
      '페이지를 찾을 수 없습니다',
      '404',
      '방문하시려는 페이지의 주소가 잘못 입력되었거나, 변경 혹은 삭제되어 요청하신 페이지를 찾을 수 없습니다.',
    ],
    [
      'a login',
      'Anmelden - Post',
      'Jetzt anmelden',
      'Melden Sie sich an, um diesen Inhalt zu sehen. Noch kein Konto? Registrieren Sie sich kostenlos und lesen Sie drei Artikel im Monat.',
    ],
    [
      'a domain for sale',
      'post.example',
      'post.example',
      'This domain is for sale. The owner of post.example is offering it for an asking price of 1,299 euros, and answers within a day.',
    ],
    [
      'maintenance',
      'Site under maintenance',
      'We will be back soon',
      'Sorry for the inconvenience, but we are performing some maintenance at the moment, and will be online again in an hour.',
    ],
    [
      'an error of the server',
      'Post',
      'Post',
      'Fatal error: Uncaught PDOException: Connection refused in /var/www/html/inc/db.php on line 12, called from /var/www/html/index.php.',
    ],
  ])('is refused: %s', (_, title, ...lines) => {
    expect(read(title, ...lines)).toMatchObject({ reject: 'NOT_ARTICLE' });
  });

  it.each([
    [
      'German',
      'Nur einen Moment…',
      'post.example',
      'Überprüfen Sie, dass Sie ein Mensch sind, indem Sie die nachfolgende Aktion ausführen.',
      'post.example muss die Sicherheit Ihrer Verbindung überprüfen, bevor Sie fortfahren können.',
    ],
    [
      'French',
      'Vérification de sécurité',
      'Un contrôle',
      'Veuillez compléter l’action ci-dessous pour continuer vers le site. Nous vérifions que vous êtes humain.',
    ],
    [
      'English, where readers of other countries are shut out',
      '451: Unavailable due to legal reasons',
      '451: Unavailable due to legal reasons',
      'You are attempting to access this website from a country belonging to the European Economic Area, and access cannot be granted.',
    ],
  ])('is named as a challenge in %s', (_, title, ...lines) => {
    expect(read(title, ...lines)).toMatchObject({ reject: 'BLOCKED' });
  });

  it.each([
    [
      'Portuguese',
      'A sua privacidade é importante',
      'A sua privacidade é importante',
      'Nós e os nossos 755 parceiros armazenamos informações num dispositivo, como cookies, e processamos dados pessoais com o seu consentimento.',
      'Pode aceitar ou gerir as suas escolhas a qualquer momento na página da política de cookies.',
    ],
    [
      'Russian',
      'Файлы cookie',
      'Мы используем файлы cookie',
      'Продолжая пользоваться сайтом, вы соглашаетесь на обработку файлов cookie нами и нашими партнёрами в целях аналитики и рекламы.',
    ],
  ])('is named as a consent notice in %s', (_, title, ...lines) => {
    expect(read(title, ...lines)).toMatchObject({ reject: 'CONSENT_WALL' });
  });

  it.each([
    '500 people march for peace',
    'Just a moment in time',
    'Burial site found near the chapel',
    'Sign in stone tells of a siege',
    'Road under maintenance until May',
    'Domain of the otters',
  ])('is not one with the headline “%s”', (title) => {
    const story =
      'The council said on Friday that nobody had counted on so many visitors, and that the square would be swept by noon. Two bands played until the rain came, and the mayor spoke for an hour.';
    expect(read(`${title} - Post`, title, story)).toMatchObject({ article: { title } });
  });
});
