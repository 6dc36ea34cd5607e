import { describe, expect, it } from 'vitest';
import { readPlayer } from '../../../functions/extract/html/embed-providers.ts';

describe('the address of an embedded player', () => {
  it.each([
    ['https://www.youtube.com/embed/a1B2c3D4e5F?start=10', 'video', 'https://www.youtube.com/watch?v=a1B2c3D4e5F'],
    ['//www.youtube-nocookie.com/embed/a1B2c3D4e5F', 'video', 'https://www.youtube.com/watch?v=a1B2c3D4e5F'],
    ['https://youtu.be/a1B2c3D4e5F', 'video', 'https://www.youtube.com/watch?v=a1B2c3D4e5F'],
    [
      'https://www.youtube.com/embed/videoseries?list=PL0123456789abcdef',
      'video',
      'https://www.youtube.com/playlist?list=PL0123456789abcdef',
    ],
    ['https://player.vimeo.com/video/123456789?h=ab', 'video', 'https://vimeo.com/123456789'],
    ['https://geo.dailymotion.com/player.html?video=x8abcd', 'video', 'https://www.dailymotion.com/video/x8abcd'],
    ['https://embed.ted.com/talks/a_talk', 'video', 'https://www.ted.com/talks/a_talk'],
    [
      'https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk',
      'audio',
      'https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk',
    ],
    [
      'https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb&color=ff5500',
      'audio',
      'https://soundcloud.com/a/b',
    ],
    [
      'https://platform.twitter.com/embed/Tweet.html?id=1745001122334455667',
      'post',
      'https://twitter.com/i/status/1745001122334455667',
    ],
    [
      'https://x.com/someone/status/1745001122334455667?s=20',
      'post',
      'https://twitter.com/someone/status/1745001122334455667',
    ],
    ['https://www.instagram.com/p/C1a2B3c4D5e/embed/captioned', 'post', 'https://www.instagram.com/p/C1a2B3c4D5e/'],
    [
      'https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fx%2Fposts%2F1&width=500',
      'post',
      'https://www.facebook.com/x/posts/1',
    ],
    [
      'https://www.tiktok.com/@user.name/video/7123456789012345678',
      'post',
      'https://www.tiktok.com/@user.name/video/7123456789012345678',
    ],
  ])('%s is what people open as %s', (address, kind, url) => {
    expect(readPlayer(address, 'https://page.example/')).toEqual({ kind, url });
  });

  it.each([
    'https://www.youtube.com/embed/',
    'https://www.youtube.com/subscribe_embed?channelid=1',
    'https://www.facebook.com/plugins/like.php?href=https%3A%2F%2Fpage.example%2F',
    'https://notyoutube.com/embed/a1B2c3D4e5F',
    'https://youtube.com.evil.example/embed/a1B2c3D4e5F',
    'https://w.soundcloud.com/player/?url=javascript%3Aalert(1)',
    'javascript:alert(1)',
    'data:text/html,hello',
    '',
  ])('%j is none', (address) => {
    expect(readPlayer(address, 'https://page.example/')).toBeNull();
  });
});
