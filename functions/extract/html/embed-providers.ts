import { parseHttpUrl, unwrapArchive } from '../../article/canonical-url.ts';
import type { Embed } from '../../article/record.ts';

export type EmbedSource = Pick<Embed, 'kind' | 'url'>;

interface Provider {
  kind: Embed['kind'];
  /** Registered names under which the provider serves its frames; hosts below them count too. */
  hosts: readonly string[];
  /** Tells a frame's address from the provider's other pages, and gives the page that people open; null for neither. */
  page: (frame: URL) => string | null;
}

const ID = '([\\w-]{1,64})';
const path = (pattern: string): RegExp => new RegExp(`^${pattern}(?:[/&]|$)`);

const YOUTUBE = path(`/(?:embed|v|shorts|live)/${ID}`);
const YOUTUBE_ID = /^[\w-]{11}$/;
const VIMEO = path('/(?:video/)?(\\d{1,12})');
const DAILYMOTION = path(`/(?:embed/|swf/)?(?:video|swf)/${ID}`);
const SPOTIFY = path(`/embed(?:-podcast)?/(track|album|playlist|episode|show)/${ID}`);
const TWEET = path('/\\w{1,20}/status/(\\d{1,20})');
const INSTAGRAM = path(`/(p|reel|tv)/${ID}`);
const TIKTOK = path('/embed/(?:v\\d/)?(\\d{1,20})');
const TIKTOK_PAGE = path('/@([\\w.]{1,30})/video/(\\d{1,20})');
const TED = path('/talks/([\\w-]{1,120})');

/** A frame that only carries the address of what it shows. */
const stated = (frame: URL, parameter: string): string | null =>
  parseHttpUrl(frame.searchParams.get(parameter))?.href ?? null;
const matched = (frame: URL, pattern: RegExp, page: (...parts: string[]) => string): string | null => {
  const [found, ...parts] = pattern.exec(frame.pathname) ?? [];
  return found === undefined ? null : page(...parts);
};

/** Players and posts by provider, as their own documents describe the addresses of their embeds. */
const PROVIDERS = {
  youtube: {
    kind: 'video',
    hosts: ['youtube.com', 'youtube-nocookie.com', 'youtu.be'],
    page: (frame) => {
      const short = frame.hostname === 'youtu.be' ? frame.pathname.slice(1) : null;
      const id = short ?? frame.searchParams.get('v') ?? YOUTUBE.exec(frame.pathname)?.[1] ?? '';
      if (YOUTUBE_ID.test(id) && id !== 'videoseries') return `https://www.youtube.com/watch?v=${id}`;
      const list = frame.searchParams.get('list') ?? '';
      return /^[\w-]{10,64}$/.test(list) ? `https://www.youtube.com/playlist?list=${list}` : null;
    },
  },
  vimeo: {
    kind: 'video',
    hosts: ['vimeo.com'],
    page: (frame) => {
      const clip = frame.searchParams.get('clip_id') ?? '';
      return /^\d{1,12}$/.test(clip)
        ? `https://vimeo.com/${clip}`
        : matched(frame, VIMEO, (id) => `https://vimeo.com/${id}`);
    },
  },
  dailymotion: {
    kind: 'video',
    hosts: ['dailymotion.com'],
    page: (frame) => {
      const id = frame.searchParams.get('video') ?? '';
      if (/^\w{5,20}$/.test(id)) return `https://www.dailymotion.com/video/${id}`;
      return matched(frame, DAILYMOTION, (found) => `https://www.dailymotion.com/video/${found}`);
    },
  },
  ted: {
    kind: 'video',
    hosts: ['ted.com'],
    page: (frame) => matched(frame, TED, (talk) => `https://www.ted.com/talks/${talk}`),
  },
  spotify: {
    kind: 'audio',
    hosts: ['spotify.com'],
    page: (frame) => matched(frame, SPOTIFY, (type, id) => `https://open.spotify.com/${type}/${id}`),
  },
  soundcloud: { kind: 'audio', hosts: ['soundcloud.com'], page: (frame) => stated(frame, 'url') },
  twitter: {
    kind: 'post',
    hosts: ['twitter.com', 'x.com'],
    page: (frame) => {
      const id = frame.searchParams.get('id') ?? '';
      if (frame.pathname.startsWith('/embed/') && /^\d{1,20}$/.test(id)) return `https://twitter.com/i/status/${id}`;
      return matched(
        frame,
        TWEET,
        () => `https://twitter.com${TWEET.exec(frame.pathname)?.[0].replace(/\/$/, '') ?? ''}`,
      );
    },
  },
  instagram: {
    kind: 'post',
    hosts: ['instagram.com'],
    page: (frame) => matched(frame, INSTAGRAM, (type, id) => `https://www.instagram.com/${type}/${id}/`),
  },
  facebook: {
    kind: 'post',
    hosts: ['facebook.com'],
    page: (frame) => (/^\/plugins\/(?:post|video)\.php$/.test(frame.pathname) ? stated(frame, 'href') : null),
  },
  tiktok: {
    kind: 'post',
    hosts: ['tiktok.com'],
    page: (frame) =>
      matched(frame, TIKTOK, (id) => `https://www.tiktok.com/embed/${id}`) ??
      matched(frame, TIKTOK_PAGE, (user, id) => `https://www.tiktok.com/@${user}/video/${id}`),
  },
  vk: {
    kind: 'video',
    hosts: ['vk.com', 'vkvideo.ru'],
    page: ({ pathname, searchParams }) => {
      const [owner, id] = [searchParams.get('oid') ?? '', searchParams.get('id') ?? ''];
      const isVideo = pathname === '/video_ext.php' && /^-?\d{1,15}$/.test(owner) && /^\d{1,15}$/.test(id);
      return isVideo ? `https://vk.com/video${owner}_${id}` : null;
    },
  },
  rutube: {
    kind: 'video',
    hosts: ['rutube.ru'],
    page: (frame) => matched(frame, path(`/play/embed/${ID}`), (id) => `https://rutube.ru/video/${id}`),
  },
  ok: {
    kind: 'video',
    hosts: ['ok.ru'],
    page: (frame) => matched(frame, path('/videoembed/(\\d{1,20})'), (id) => `https://ok.ru/video/${id}`),
  },
  bilibili: {
    kind: 'video',
    hosts: ['bilibili.com'],
    page: ({ searchParams }) => {
      const id = searchParams.get('bvid') ?? '';
      return /^BV\w{10}$/.test(id) ? `https://www.bilibili.com/video/${id}` : null;
    },
  },
  niconico: {
    kind: 'video',
    hosts: ['nicovideo.jp'],
    page: (frame) => matched(frame, path('/watch/(\\w{2,20})'), (id) => `https://www.nicovideo.jp/watch/${id}`),
  },
  naver: {
    kind: 'video',
    hosts: ['naver.com'],
    page: (frame) => matched(frame, path('/embed/(\\d{1,12})'), (id) => `https://tv.naver.com/v/${id}`),
  },
  google: {
    kind: 'video',
    hosts: ['google.com'],
    page: ({ href, hostname, pathname }) =>
      hostname === 'video.google.com' && pathname === '/googleplayer.swf' ? href : null,
  },
  streamable: {
    kind: 'video',
    hosts: ['streamable.com'],
    page: (frame) => matched(frame, path('/(?:[eos]/)?(\\w{4,12})'), (id) => `https://streamable.com/${id}`),
  },
  brightcove: {
    kind: 'video',
    hosts: ['brightcove.net'],
    page: ({ href, searchParams }) => (searchParams.has('videoId') ? href : null),
  },
  telegram: {
    kind: 'post',
    hosts: ['t.me'],
    page: (frame) => matched(frame, path('/(\\w{4,32})/(\\d{1,12})'), (channel, id) => `https://t.me/${channel}/${id}`),
  },
  bluesky: {
    kind: 'post',
    hosts: ['bsky.app'],
    page: (frame) =>
      matched(
        frame,
        path('/(?:embed|profile)/(did:plc:\\w{1,64}|[\\w.-]{1,80})/(?:app\\.bsky\\.feed\\.)?post/(\\w{1,20})'),
        (user, id) => `https://bsky.app/profile/${user}/post/${id}`,
      ),
  },
  reddit: {
    kind: 'post',
    hosts: ['reddit.com', 'redditmedia.com'],
    page: (frame) =>
      matched(
        frame,
        path('/r/(\\w{2,30})/comments/(\\w{1,12})(?:/(\\w{1,120}))?'),
        (board, id, name) => `https://www.reddit.com/r/${board}/comments/${id}/${name ? `${name}/` : ''}`,
      ),
  },
  // Charts and maps have no other address than the frame's.
  charts: {
    kind: 'other',
    hosts: ['dwcdn.net', 'uri.sh', 'flourish.studio', 'infogram.com', 'genially.com', 'thinglink.com', 'knightlab.com'],
    page: ({ href, pathname }) => (pathname.length > 1 ? href : null),
  },
} satisfies Record<string, Provider>;

const BY_HOST: ReadonlyMap<string, Provider> = new Map(
  Object.values<Provider>(PROVIDERS).flatMap((provider) => provider.hosts.map((host) => [host, provider] as const)),
);

/** What a frame shows, by the address that people open; null where no known provider serves it. */
export function readPlayer(address: string | undefined, base: string | null): EmbedSource | null {
  const parsed = parseHttpUrl(address, base);
  if (parsed === null) return null;
  const frame = unwrapArchive(parsed);
  const labels = frame.hostname.split('.');
  const provider = BY_HOST.get(labels.slice(-2).join('.'));
  const url = provider?.page(frame) ?? null;
  if (provider && url !== null) return { kind: provider.kind, url };
  // Mastodon has no host of its own.
  const post = provider ? null : TOOT.exec(frame.pathname)?.[1];
  return post ? { kind: 'post', url: frame.origin + post } : null;
}

const TOOT = /^(\/@[\w.]{1,40}(?:@[\w.-]{1,80})?\/\d{10,20})\/embed$/;
