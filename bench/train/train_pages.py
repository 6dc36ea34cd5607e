"""Trains the page classifier: an article, or a listing, product, search or error page.

usage: python train_pages.py EXPORT [--final MODEL.json]
Writes each page's chance by the model that saw no page of its site to EXPORT/pages.oof.f32.
"""
import json
import sys

import lightgbm as lgb
import numpy as np

from forest import write

TREES = 80
PARAMETERS = dict(
    objective="binary",
    num_leaves=6,
    learning_rate=0.1,
    min_data_in_leaf=12,
    feature_fraction=0.5,
    bagging_fraction=0.8,
    bagging_freq=1,
    lambda_l2=3.0,
    seed=7,
    deterministic=True,
    force_row_wise=True,
    num_threads=1,
    verbose=-1,
)


def main():
    folder = sys.argv[1]
    pages = [json.loads(line) for line in open(f"{folder}/pages.ndjson")]
    about = json.load(open(f"{folder}/pages.json"))
    x = np.fromfile(f"{folder}/pages.f32", np.float32).reshape(len(pages), -1)
    y = np.array([page["kind"] in ("article", "page") for page in pages])
    fold = np.array([page["fold"] for page in pages])
    oof = np.zeros(len(pages), np.float32)
    gains = np.zeros(x.shape[1])
    for f in range(fold.max() + 1):
        train = fold != f
        model = lgb.train(PARAMETERS, lgb.Dataset(x[train], y[train], params=PARAMETERS), TREES)
        oof[fold == f] = model.predict(x[fold == f])
        gains += model.feature_importance("gain")
    oof.tofile(f"{folder}/pages.oof.f32")
    for place in np.argsort(-gains)[:20]:
        print(f"{100 * gains[place] / gains.sum():5.1f} {about['features'][place]}")
    corpus = np.array([page["corpus"] for page in pages])
    for cut in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        kept = {c: round(float((oof[(corpus == c) & y] >= cut).mean()), 4) for c in np.unique(corpus)}
        print(cut, "refused", round(float((oof[~y] < cut).mean()), 4), "kept", kept)
    if "--final" in sys.argv:
        model = lgb.train(PARAMETERS, lgb.Dataset(x, y, params=PARAMETERS), TREES)
        write(sys.argv[sys.argv.index("--final") + 1], model, about["features"])


main()
