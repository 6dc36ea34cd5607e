"""Trains the headline model of the raw-text engine and prints its out-of-fold figures.

usage: python train_titles.py EXPORT MODEL.json
"""
import json
import sys

import lightgbm as lgb
import numpy as np

from forest import REPEATABLE, write
from train_lines import FOLDS

TREES = 150
PARAMETERS = REPEATABLE | dict(
    objective="lambdarank",
    num_leaves=12,
    learning_rate=0.06,
    min_data_in_leaf=20,
    feature_fraction=0.4,
    bagging_fraction=0.8,
    lambda_l2=5.0,
    max_bin=63,
    seed=23,
)


# Pages as they also come (other-views.ts) are further examples; figures are of pages as they are and as wrapped.
VIEW_WEIGHTS = {"whole": 1.0, "wrapped": 0.5, "selected": 0.3}


class Titles:
    def __init__(self, folder):
        self.pages = [json.loads(line) for line in open(f"{folder}/titles.ndjson")]
        self.names = json.load(open(f"{folder}/titles.json"))
        self.x = np.fromfile(f"{folder}/titles.f32", np.float32).reshape(-1, len(self.names))
        self.labels = np.concatenate([page["labels"] for page in self.pages])
        self.sizes = np.array([len(page["labels"]) for page in self.pages])
        self.there = np.array([1 in page["labels"] for page in self.pages])
        self.fold = np.array([page["fold"] for page in self.pages])
        self.view = np.array([page["view"] for page in self.pages])
        self.weights = np.repeat([VIEW_WEIGHTS[view] for view in self.view], self.sizes)

    def train(self, chosen):
        """Pages whose title stands nowhere teach no order, so only the others are used."""
        chosen = chosen & self.there
        rows = np.repeat(chosen, self.sizes)
        data = lgb.Dataset(self.x[rows], self.labels[rows], group=self.sizes[chosen], weight=self.weights[rows])
        return lgb.train(PARAMETERS, data, TREES)


def report(titles, scores, view):
    hits, total, possible, best_scores = {}, {}, {}, []
    ends = np.cumsum(titles.sizes)
    for page, end, size in zip(titles.pages, ends, titles.sizes):
        if page["view"] != view or not page["known"]:
            continue
        own = scores[end - size : end]
        right = bool(page["labels"][int(np.argmax(own))]) if size else False
        corpus = page["corpus"]
        total[corpus] = total.get(corpus, 0) + 1
        possible[corpus] = possible.get(corpus, 0) + (1 in page["labels"])
        hits[corpus] = hits.get(corpus, 0) + right
        best_scores.append((float(own.max()) if size else 0.0, right))
    best_scores.sort()
    print(f"pages as {view}:")
    for share in (0.01, 0.02, 0.05, 0.1):
        below = best_scores[: int(share * len(best_scores))]
        print(f"  best candidates under {below[-1][0]:.3f}: {len(below)}, of them right {sum(right for _, right in below)}")
    for corpus in total:
        print(f"  {corpus:14s} exact {hits[corpus] / total[corpus]:.4f}, stands as a candidate line {possible[corpus] / total[corpus]:.4f}")


def main():
    folder, path = sys.argv[1:3]
    titles = Titles(folder)
    scores = np.zeros(len(titles.labels))
    gains = np.zeros(len(titles.names))
    for k in range(FOLDS):
        booster = titles.train(titles.fold != k)
        rows = np.repeat(titles.fold == k, titles.sizes)
        scores[rows] = 1 / (1 + np.exp(-booster.predict(titles.x[rows])))
        gains += booster.feature_importance("gain")
    whole = np.repeat(titles.view == "whole", titles.sizes)
    scores[whole].astype(np.float32).tofile(f"{folder}/titles.oof.f32")
    report(titles, scores, "whole")
    report(titles, scores, "wrapped")
    for i in np.argsort(-gains)[:12]:
        print(f"  {titles.names[i]:22s} {gains[i] / gains.sum():.3f}")
    write(path, titles.train(titles.fold >= 0), titles.names)


if __name__ == "__main__":
    main()
