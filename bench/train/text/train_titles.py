"""Trains the headline model of the raw-text engine and prints its out-of-fold figures.

usage: python train_titles.py EXPORT MODEL.json
"""
import json
import sys

import lightgbm as lgb
import numpy as np

from forest import REPEATABLE, write
from train_lines import FOLDS

TREES = 140
PARAMETERS = REPEATABLE | dict(
    objective="lambdarank",
    num_leaves=12,
    learning_rate=0.06,
    min_data_in_leaf=20,
    feature_fraction=0.4,
    bagging_fraction=0.8,
    lambda_l2=5.0,
    max_bin=63,
    seed=7,
)


def train(x, labels, sizes, chosen):
    """Pages whose title stands nowhere teach no order, so only the others are used."""
    rows = np.repeat(chosen, sizes)
    return lgb.train(PARAMETERS, lgb.Dataset(x[rows], labels[rows], group=sizes[chosen]), TREES)


def main():
    folder, path = sys.argv[1:3]
    pages = [json.loads(line) for line in open(f"{folder}/titles.ndjson")]
    names = json.load(open(f"{folder}/titles.json"))
    x = np.fromfile(f"{folder}/titles.f32", np.float32).reshape(-1, len(names))
    labels = np.concatenate([page["labels"] for page in pages])
    sizes = np.array([len(page["labels"]) for page in pages])
    there = np.array([1 in page["labels"] for page in pages])
    fold = np.array([page["fold"] for page in pages])
    scores = np.zeros(len(labels))
    gains = np.zeros(len(names))
    for k in range(FOLDS):
        booster = train(x, labels, sizes, there & (fold != k))
        rows = np.repeat(fold == k, sizes)
        scores[rows] = 1 / (1 + np.exp(-booster.predict(x[rows])))
        gains += booster.feature_importance("gain")
    scores.astype(np.float32).tofile(f"{folder}/titles.oof.f32")
    hits, total, possible, best_scores = {}, {}, {}, []
    at = 0
    for page, size in zip(pages, sizes):
        own = scores[at : at + size]
        at += size
        if not page["known"]:
            continue
        right = bool(page["labels"][int(np.argmax(own))]) if size else False
        corpus = page["corpus"]
        total[corpus] = total.get(corpus, 0) + 1
        possible[corpus] = possible.get(corpus, 0) + (1 in page["labels"])
        hits[corpus] = hits.get(corpus, 0) + right
        best_scores.append((float(own.max()) if size else 0.0, right))
    best_scores.sort()
    for share in (0.01, 0.02, 0.05, 0.1):
        below = best_scores[: int(share * len(best_scores))]
        print(f"best candidates under {below[-1][0]:.3f}: {len(below)}, of them right {sum(right for _, right in below)}")
    for corpus in total:
        print(f"{corpus:14s} exact {hits[corpus] / total[corpus]:.4f}, stands as a candidate line {possible[corpus] / total[corpus]:.4f}")
    for i in np.argsort(-gains)[:12]:
        print(f"  {names[i]:22s} {gains[i] / gains.sum():.3f}")
    write(path, train(x, labels, sizes, there), names)


if __name__ == "__main__":
    main()
