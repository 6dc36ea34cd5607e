/** The page classifier: an article, or a listing, product, search or error page; trained by bench/train. */
import { Forest } from '../forest.ts';
import model from './page.model.json' with { type: 'json' };
import { PAGE_FEATURES } from './page-features.ts';

const FOREST = new Forest(model, PAGE_FEATURES, 'page.model.json');

/** The chance of a page, measured by measurePage, to be an article. */
export function classifyPage(values: Float32Array): number {
  return FOREST.chance(values);
}
