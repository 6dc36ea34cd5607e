"""Trains the model that tells articles from listings and prints its out-of-fold figures.

usage: python train_kinds.py EXPORT MODEL.json
"""
import json
import sys

import lightgbm as lgb
import numpy as np

from forest import REPEATABLE, write
from train_lines import FOLDS

TREES = 80
PARAMETERS = REPEATABLE | dict(
    objective="binary",
    num_leaves=8,
    learning_rate=0.06,
    min_data_in_leaf=15,
    feature_fraction=0.4,
    bagging_fraction=0.8,
    lambda_l2=5.0,
    max_bin=63,
    seed=23,
)


def main():
    folder, path = sys.argv[1:3]
    pages = [json.loads(line) for line in open(f"{folder}/kinds.ndjson")]
    names = json.load(open(f"{folder}/kinds.json"))
    x = np.array([page["values"] for page in pages], np.float32)
    y = np.array([page["article"] for page in pages])
    fold = np.array([page["fold"] for page in pages])
    annotated = np.array([page["corpus"] == "articles" for page in pages])
    scores = np.zeros(len(y))
    gains = np.zeros(len(names))
    for k in range(FOLDS):
        booster = lgb.train(PARAMETERS, lgb.Dataset(x[fold != k], y[fold != k]), TREES)
        scores[fold == k] = booster.predict(x[fold == k])
        gains += booster.feature_importance("gain")
    for bar in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        kept = (scores >= bar)[annotated & y].mean()
        refused = (scores < bar)[~y].mean()
        others = (scores >= bar)[~annotated & y].mean()
        print(f"bar {bar:.2f}: articles kept {kept:.4f}, listings refused {refused:.4f}, other corpora kept {others:.4f}")
    for i in np.argsort(-gains)[:10]:
        print(f"  {names[i]:22s} {gains[i] / gains.sum():.3f}")
    write(path, lgb.train(PARAMETERS, lgb.Dataset(x, y), TREES), names)


if __name__ == "__main__":
    main()
