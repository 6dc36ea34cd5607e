/** The page classifier: an article, or a listing, product, search or error page; trained by bench/train. */
import { forest } from './forest.ts';
import model from './page.model.json' with { type: 'json' };
import { PAGE_FEATURES } from './page-features.ts';

if (model.features.length !== PAGE_FEATURES.length || model.features.some((name, i) => name !== PAGE_FEATURES[i])) {
  throw new Error(
    'page.model.json was trained on other features than page-features.ts measures; train it anew (bench/train)',
  );
}

const chanceOf = forest(model.trees);

/** The chance of a page, measured by measurePage, to be an article. */
export function classifyPage(values: Float32Array): number {
  return chanceOf(values, 0);
}
