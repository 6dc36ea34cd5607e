"""Trains the model that tells which lines of wrapped text open a paragraph, and prints its out-of-fold figures.

usage: python train_seams.py EXPORT MODEL.json
Writes the model of each fold to EXPORT/paragraph-start-FOLD.model.json.
"""
import json
import sys

import lightgbm as lgb
import numpy as np

from forest import REPEATABLE, write
from train_lines import FOLDS

TREES = 200
# A paragraph joined with the next costs a record next to nothing; a headline, the headline.
HEADLINE_WEIGHT = 5.0
HEADING_WEIGHT = 2.0
PARAMETERS = REPEATABLE | dict(
    objective="binary",
    num_leaves=16,
    learning_rate=0.1,
    min_data_in_leaf=40,
    feature_fraction=0.4,
    bagging_fraction=0.7,
    lambda_l2=5.0,
    max_bin=63,
    seed=7,
)


def main():
    folder, path = sys.argv[1:3]
    pages = [json.loads(line) for line in open(f"{folder}/seams.ndjson")]
    names = json.load(open(f"{folder}/seams.json"))
    x = np.fromfile(f"{folder}/seams.f32", np.float32).reshape(-1, len(names))
    y = np.concatenate([np.array(page["labels"], np.int8) for page in pages])
    sizes = np.array([len(page["labels"]) for page in pages])
    fold = np.repeat([page["fold"] for page in pages], sizes)
    beside = np.concatenate([np.array(page["beside"], np.int8) for page in pages])
    headline = beside == 1
    # Long pages are lists more often than articles.
    weights = np.repeat([1 / np.sqrt(page["of"] + 10) for page in pages], sizes)
    weights *= np.choose(beside, [1, HEADLINE_WEIGHT, HEADING_WEIGHT])
    scores = np.zeros(len(y))
    gains = np.zeros(len(names))
    for k in range(FOLDS):
        rows = fold != k
        booster = lgb.train(PARAMETERS, lgb.Dataset(x[rows], y[rows], weight=weights[rows]), TREES)
        scores[~rows] = booster.predict(x[~rows])
        gains += booster.feature_importance("gain")
        write(f"{folder}/paragraph-start-{k}.model.json", booster, names)
    loss = -(weights * np.where(y == 1, np.log(scores + 1e-9), np.log(1 - scores + 1e-9))).sum() / weights.sum()
    print(f"{len(y)} seams, {y.mean():.3f} open a paragraph, log loss {loss:.4f}")
    for bar in (0.3, 0.35, 0.4, 0.5, 0.6):
        found = scores >= bar
        joined, parted = ~found & (y == 1), found & (y == 0)
        print(
            f"bar {bar:.2f}: joined wrongly {joined.sum()}, parted wrongly {parted.sum()}; "
            f"of {headline.sum()} beside headlines {(joined & headline).sum()} and {(parted & headline).sum()}"
        )
    for i in np.argsort(-gains)[:30]:
        print(f"  {names[i]:22s} {gains[i] / gains.sum():.3f}")
    write(path, lgb.train(PARAMETERS, lgb.Dataset(x, y, weight=weights), TREES), names)


if __name__ == "__main__":
    main()
