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
from forest import write

TREES = 120
PARAMETERS = dict(
    objective="binary",
    num_leaves=24,
    learning_rate=0.1,
    min_data_in_leaf=60,
    feature_fraction=0.4,
    bagging_fraction=0.7,
    bagging_freq=1,
    lambda_l2=5.0,
    max_bin=127,
    seed=7,
    deterministic=True,
    force_row_wise=True,
    num_threads=1,
    verbose=-1,
)


def fold_models(corpus, x, use):
    """Predicts every block by a model that saw no page of its site."""
    oof = np.zeros(len(x), np.float32)
    gains = np.zeros(x.shape[1])
    for fold in range(corpus.folds):
        start = time.time()
        train = use & (corpus.fold != fold)
        data = lgb.Dataset(x[train], corpus.labels[train], weight=corpus.weights[train], params=PARAMETERS)
        model = lgb.train(PARAMETERS, data, TREES)
        test = corpus.fold == fold
        oof[test] = model.predict(x[test])
        gains += model.feature_importance("gain")
        chosen = test & use
        logits = np.log(oof / (1 - oof + 1e-9) + 1e-9)
        print(fold, "log loss", corpus.log_loss(logits, chosen), round(time.time() - start), "s", flush=True)
    return oof, gains


def main():
    folder = sys.argv[1]
    corpus = Corpus(folder)
    names = corpus.about["features"]
    x = np.fromfile(f"{folder}/features.f32", np.float32).reshape(-1, len(names))
    use = (corpus.labels >= 0) & corpus.trainable
    oof, gains = fold_models(corpus, x, use)
    oof.tofile(f"{folder}/oof.f32")
    order = np.argsort(-gains)
    for place in order[:45]:
        print(f"{100 * gains[place] / gains.sum():5.1f} {names[place]}")
    print("least:", ", ".join(names[p] for p in order[-40:]))
    if "--final" in sys.argv:
        target, weighed = sys.argv[sys.argv.index("--final") + 1 :][:2]
        data = lgb.Dataset(x[use], corpus.labels[use], weight=corpus.weights[use], params=PARAMETERS)
        model = lgb.train(PARAMETERS, data, TREES)
        weights = json.load(open(weighed))[-1]
        learned = {part: {k: round(v * 100) for k, v in weights[part].items()} for part in ("names", "phrases", "pagePhrases")}
        about = {k: corpus.about[k] for k in ("sha256", "pages", "blocks")} | {"seed": PARAMETERS["seed"]}
        write(target, model, names, about=about, **learned)


main()
