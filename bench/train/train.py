"""Trains the block classifier and writes its out-of-fold predictions.

usage: python train.py EXPORT [--final MODEL.json WEIGHTS.json]
Without --final: one model a fold, each page predicted by the one that saw no page of its site (EXPORT/oof.f32).
With --final: also the shipped model, trained on everything.
"""
import json
import sys
import time

import lightgbm as lgb
import numpy as np

from corpus import Corpus
from forest import REPEATABLE, write

TREES = 120
PARAMETERS = REPEATABLE | dict(
    objective="binary",
    num_leaves=24,
    learning_rate=0.1,
    min_data_in_leaf=60,
    feature_fraction=0.4,
    bagging_fraction=0.7,
    lambda_l2=5.0,
    max_bin=127,
    seed=7,
)


# Pages rebuilt by variants.ts: which share of them is learned from too, no page in both forms, and at what weight.
VARIANTS = {"nameless": (0.0, 0.35), "old": (0.35, 0.7)}
VARIANT_WEIGHT = 0.3


class Rows:
    """The rows learned from: every page as it is, and some pages a second time as another site would have built them."""

    def __init__(self, folder):
        self.corpus = Corpus(folder)
        self.names = self.corpus.about["features"]
        self.x = self.read(folder)
        place = np.random.RandomState(3).rand(len(self.corpus.pages))
        self.parts = [(self.corpus, self.x, self.learnable(self.corpus), 1.0)]
        for variant, (least, most) in VARIANTS.items():
            rebuilt = Corpus(f"{folder}/{variant}")
            chosen = (place[rebuilt.page] >= least) & (place[rebuilt.page] < most)
            self.parts.append((rebuilt, self.read(f"{folder}/{variant}"), self.learnable(rebuilt) & chosen, VARIANT_WEIGHT))

    def read(self, folder):
        return np.fromfile(f"{folder}/features.f32", np.float32).reshape(-1, len(self.names))

    @staticmethod
    def learnable(corpus):
        return (corpus.labels >= 0) & corpus.trainable

    def train(self, without=None):
        """A model of all folds, or of all but one."""
        chosen = [use & (corpus.fold != without) if without is not None else use for corpus, _, use, _ in self.parts]
        rows = np.concatenate([x[own] for (_, x, _, _), own in zip(self.parts, chosen)])
        labels = np.concatenate([corpus.labels[own] for (corpus, *_), own in zip(self.parts, chosen)])
        weights = np.concatenate([share * corpus.weights[own] for (corpus, _, _, share), own in zip(self.parts, chosen)])
        return lgb.train(PARAMETERS, lgb.Dataset(rows, labels, weight=weights, params=PARAMETERS), TREES)


def fold_models(rows):
    """Predicts every block by a model that saw no page of its site."""
    corpus, x, use, _ = rows.parts[0]
    oof = np.zeros(len(x), np.float32)
    gains = np.zeros(x.shape[1])
    for fold in range(corpus.folds):
        start = time.time()
        model = rows.train(without=fold)
        test = corpus.fold == fold
        oof[test] = model.predict(x[test])
        gains += model.feature_importance("gain")
        chosen = test & use
        logits = np.log(oof / (1 - oof + 1e-9) + 1e-9)
        print(fold, "log loss", corpus.log_loss(logits, chosen), round(time.time() - start), "s", flush=True)
    return oof, gains


def main():
    folder = sys.argv[1]
    rows = Rows(folder)
    corpus, names = rows.corpus, rows.names
    oof, gains = fold_models(rows)
    oof.tofile(f"{folder}/oof.f32")
    order = np.argsort(-gains)
    for place in order[:45]:
        print(f"{100 * gains[place] / gains.sum():5.1f} {names[place]}")
    print("least:", ", ".join(names[p] for p in order[-40:]))
    if "--final" in sys.argv:
        target, weighed = sys.argv[sys.argv.index("--final") + 1 :][:2]
        model = rows.train()
        weights = json.load(open(weighed))[-1]
        learned = {part: {k: round(v * 100) for k, v in own.items()} for part, own in weights.items()}
        about = {k: corpus.about[k] for k in ("sha256", "pages", "blocks")} | {"seed": PARAMETERS["seed"]}
        write(target, model, names, about=about, **learned)


main()
