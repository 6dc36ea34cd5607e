"""Trains the line model of the raw-text engine and scores every page by the model whose fold had not seen its site.

usage: python train_lines.py EXPORT [--final MODEL.json]
Writes the model of each fold to EXPORT/lines-FOLD.model.json.
"""
import json
import sys
import time

import lightgbm as lgb
import numpy as np

from forest import REPEATABLE, write
from phrases import by_weight

FOLDS = 5
TREES = 155
PARAMETERS = REPEATABLE | dict(
    objective="binary",
    num_leaves=24,
    learning_rate=0.09,
    min_data_in_leaf=40,
    feature_fraction=0.4,
    bagging_fraction=0.7,
    lambda_l2=5.0,
    max_bin=127,
    seed=23,
)
MIN_COVERAGE = 0.6
# Snippets label few lines a page, so each counts more.
SNIPPET_WEIGHT = 3.0


class Lines:
    def __init__(self, folder):
        self.pages = [json.loads(line) for line in open(f"{folder}/pages.ndjson")]
        self.names = json.load(open(f"{folder}/features.json"))
        self.labels = np.concatenate([np.array(page["labels"], np.int8) for page in self.pages])
        self.words = np.concatenate([np.array(page["words"], np.float64) for page in self.pages])
        sizes = [len(page["labels"]) for page in self.pages]
        self.fold = np.repeat([page["fold"] for page in self.pages], sizes)
        self.page = np.repeat(np.arange(len(self.pages)), sizes)
        usable = np.repeat([page["coverage"] >= MIN_COVERAGE for page in self.pages], sizes)
        self.usable = usable & (self.labels >= 0)
        self.weights = np.sqrt(np.minimum(self.words, 80) + 1)
        # Every page of a whole body weighs alike but for a floor: F1 is a mean over pages.
        total = np.bincount(self.page, self.weights * self.usable, len(self.pages))
        snippets = np.array([not page["whole"] for page in self.pages])
        scale = np.where(snippets, SNIPPET_WEIGHT, 300 / np.sqrt(total + 1) / 15)
        self.weights *= scale[self.page]

        self.folder = folder

    def features(self, fold):
        """What the model of a fold sees: the wordings were weighed without the fold's pages."""
        rows = len(self.labels)
        return np.hstack([np.fromfile(f"{self.folder}/{name}.f32", np.float32).reshape(rows, -1) for name in ("lines", f"wording-{fold}")])

    def write(self, target, booster, fold):
        phrases = json.load(open(f"{self.folder}/phrases-{fold}.json"))
        write(target, booster, self.names, phrases=by_weight(phrases))


def main():
    folder = sys.argv[1]
    lines = Lines(folder)
    width = len(lines.names)
    oof = np.zeros(len(lines.labels), np.float32)
    started = time.time()
    gains = np.zeros(width)
    for fold in range(FOLDS):
        x = lines.features(fold)
        use = lines.usable & (lines.fold != fold)
        data = lgb.Dataset(x[use], lines.labels[use], weight=lines.weights[use], feature_name=[n.replace(" ", "_") for n in lines.names])
        booster = lgb.train(PARAMETERS, data, TREES)
        oof[lines.fold == fold] = booster.predict(x[lines.fold == fold])
        gains += booster.feature_importance("gain")
        lines.write(f"{folder}/lines-{fold}.model.json", booster, fold)
    known = lines.usable
    p, y, w = oof[known], lines.labels[known], lines.weights[known]
    loss = -(w * np.where(y == 1, np.log(p + 1e-9), np.log(1 - p + 1e-9))).sum() / w.sum()
    print(f"{len(lines.labels)} lines, {width} features, {time.time() - started:.0f} s, log loss {loss:.4f}")
    for i in np.argsort(-gains)[:25]:
        print(f"  {lines.names[i]:28s} {gains[i] / gains.sum():.3f}")
    if "--final" in sys.argv:
        x = lines.features(FOLDS)
        data = lgb.Dataset(x[lines.usable], lines.labels[lines.usable], weight=lines.weights[lines.usable])
        booster = lgb.train(PARAMETERS, data, TREES)
        lines.write(sys.argv[sys.argv.index("--final") + 1], booster, FOLDS)


if __name__ == "__main__":
    main()
