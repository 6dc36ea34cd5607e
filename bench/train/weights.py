"""Learns what names of elements and wording of short blocks tell, as two logistic regressions.

usage: python weights.py EXPORT OUT.json
Writes one entry a fold, learned without the fold's hosts, and a last one learned on everything.
"""
import json
import sys

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from corpus import Corpus

L2 = {"names": 30.0, "phrases": 3.0}
STEPS = 60
# A weight smaller than this tells nothing; leaving it out keeps the model file small.
LEAST = {"names": 0.06, "phrases": 0.25}


def logistic(x, y, weight, l2):
    """Weighted logistic regression with an intercept that is not shrunk. Deterministic."""
    transposed = x.T.tocsr()
    total = weight.sum()

    def loss(w):
        z = x @ w[:-1] + w[-1]
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        value = -(weight * (y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9))).sum() + l2 * (w[:-1] ** 2).sum() / 2
        error = weight * (p - y)
        return value / total, np.append(transposed @ error + l2 * w[:-1], error.sum()) / total

    start = np.zeros(x.shape[1] + 1)
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x


def main():
    corpus = Corpus(sys.argv[1])
    use = (corpus.labels >= 0) & corpus.trainable
    out = [{"names": {}, "phrases": {}} for _ in range(corpus.folds + 1)]
    for kind in ("names", "phrases"):
        tokens = json.load(open(f"{sys.argv[1]}/{kind}.json"))
        rows = np.fromfile(f"{sys.argv[1]}/{kind}.rows.i32", np.int32)
        columns = np.fromfile(f"{sys.argv[1]}/{kind}.columns.i32", np.int32)
        x = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, rows), shape=(len(rows) - 1, len(tokens)))
        x.sum_duplicates()
        # Wording is looked up in short blocks only, so it is learned from them only.
        chosen = use & (np.diff(rows) > 0)
        for fold in range(corpus.folds + 1):
            train = chosen & (corpus.fold != fold)
            w = logistic(x[train], corpus.labels[train].astype(np.float64), corpus.weights[train], L2[kind])
            scores = x @ w[:-1] + w[-1]
            if fold < corpus.folds:
                test = chosen & (corpus.fold == fold)
                print(kind, fold, "log loss", corpus.log_loss(scores, test), flush=True)
            out[fold][kind] = {t: round(float(v), 2) for t, v in zip(tokens, w[:-1]) if abs(v) >= LEAST[kind]}
        print(kind, "kept", len(out[-1][kind]), "of", len(tokens))
    json.dump(out, open(sys.argv[2], "w"), ensure_ascii=False, sort_keys=True)


main()
