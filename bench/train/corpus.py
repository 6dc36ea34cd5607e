"""The exported blocks as arrays."""
import json

import numpy as np

MIN_ORACLE = 0.8
# Snippets label six blocks a page, so each counts double.
SNIPPET_WEIGHT = 2.0


class Corpus:
    def __init__(self, folder):
        self.pages = [json.loads(line) for line in open(f"{folder}/pages.ndjson")]
        self.about = json.load(open(f"{folder}/corpus.json"))
        self.labels = np.fromfile(f"{folder}/labels.i8", np.int8)
        self.words = np.fromfile(f"{folder}/words.f32", np.float32)
        blocks = len(self.labels)
        self.fold = np.zeros(blocks, np.int32)
        self.page = np.zeros(blocks, np.int32)
        self.trainable = np.zeros(blocks, bool)
        self.weights = np.sqrt(np.maximum(self.words, 1)).astype(np.float64)
        for number, page in enumerate(self.pages):
            own = slice(page["start"], page["start"] + page["blocks"])
            self.fold[own] = page["fold"]
            self.page[own] = number
            self.trainable[own] = page["oracle"] >= MIN_ORACLE
            if page["snippets"]:
                self.weights[own] *= SNIPPET_WEIGHT
        self.folds = int(self.fold.max()) + 1

    def log_loss(self, scores, chosen):
        p = 1 / (1 + np.exp(-scores[chosen]))
        y, w = self.labels[chosen], self.weights[chosen]
        return round(float(-(w * np.where(y == 1, np.log(p + 1e-9), np.log(1 - p + 1e-9))).sum() / w.sum()), 4)
