import { type Answer, rss, World } from '../world.ts';

export const FEED = 'https://a.example/feed';
export const PAGE = 'https://a.example/2026/03/a-story';

/** A world in which one source names one page. */
export async function listing(answer: Answer | (() => Answer), fields = {}): Promise<World> {
  const world = new World();
  world.answer(PAGE, answer);
  world.answer(FEED, { body: rss([{ url: PAGE }]) });
  await world.add('a', FEED, fields);
  return world;
}
