"""Trains the page classifier: an article, or a listing, product, search or error page.

usage: python train_pages.py EXPORT [--final MODEL.json]
Writes each page's chance by the model that saw no page of its site to EXPORT/pages.oof.f32.
"""
import json
import sys

import lightgbm as lgb
import numpy as np

from forest import REPEATABLE, write

TREES = 240
# One training differs from the next by several listings at the same cut; the mean of three by fewer.
SEEDS = (7, 8, 9)
# Only this corpus holds listings, so that its articles must weigh more than those that only say what articles are.
OTHER_WEIGHT = 0.4
PARAMETERS = REPEATABLE | dict(
    objective="binary",
    num_leaves=4,
    learning_rate=0.05,
    min_data_in_leaf=12,
    feature_fraction=0.25,
    bagging_fraction=0.8,
    lambda_l2=3.0,
)


def fit(x, y, weight):
    data = lambda: lgb.Dataset(x, y, weight=weight, params=PARAMETERS)
    return [lgb.train(PARAMETERS | {"seed": seed}, data(), TREES) for seed in SEEDS]


def chance(models, x):
    mean = sum(model.predict(x, raw_score=True) for model in models) / len(models)
    return 1 / (1 + np.exp(-mean))


def main():
    folder = sys.argv[1]
    pages = [json.loads(line) for line in open(f"{folder}/pages.ndjson")]
    about = json.load(open(f"{folder}/pages.json"))
    x = np.fromfile(f"{folder}/pages.f32", np.float32).reshape(len(pages), -1)
    y = np.array([page["kind"] in ("article", "page") for page in pages])
    corpus = np.array([page["corpus"] for page in pages])
    weight = np.where(corpus == "articles", 1.0, OTHER_WEIGHT)
    fold = np.array([page["fold"] for page in pages])
    oof = np.zeros(len(pages), np.float32)
    gains = np.zeros(x.shape[1])
    for f in range(fold.max() + 1):
        train = fold != f
        models = fit(x[train], y[train], weight[train])
        oof[fold == f] = chance(models, x[fold == f])
        gains += sum(model.feature_importance("gain") for model in models)
    oof.tofile(f"{folder}/pages.oof.f32")
    for place in np.argsort(-gains)[:20]:
        print(f"{100 * gains[place] / gains.sum():5.1f} {about['features'][place]}")
    for cut in (0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        kept = {c: round(float((oof[(corpus == c) & y] >= cut).mean()), 4) for c in np.unique(corpus)}
        print(cut, "refused", round(float((oof[~y] < cut).mean()), 4), "kept", kept)
    if "--final" in sys.argv:
        write(sys.argv[sys.argv.index("--final") + 1], fit(x, y, weight), about["features"])


main()
