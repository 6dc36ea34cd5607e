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

L2 = {"names": 30.0, "phrases": 3.0, "prosePhrases": 200.0, "pagePhrases": 20.0}
STEPS = 60
# A weight smaller than this tells nothing; leaving it out keeps the model file small.
LEAST = {"names": 0.06, "phrases": 0.25, "prosePhrases": 0.05, "pagePhrases": 0.15}


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


def learn_pages(corpus, x, tokens, out):
    """What wording tells of the page it stands on anywhere: an article, or a listing, shop or search."""
    kind = "pagePhrases"
    rows = [np.unique(x[page["start"] : page["start"] + page["blocks"]].indices) for page in corpus.pages]
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    pages = sparse.csr_matrix((np.ones(ends[-1]), np.concatenate(rows), ends), shape=(len(rows), len(tokens)))
    # As the engine does: the sum over the root of the count, so that long pages do not shout.
    pages = (sparse.diags(10 / np.sqrt(np.maximum(1, np.diff(ends)))) @ pages).tocsr()
    y = np.array([page["kind"] in ("article", "page") for page in corpus.pages]).astype(np.float64)
    weight = np.where([page["corpus"] == "articles" for page in corpus.pages], 1.0, 0.4)
    fold = np.array([page["fold"] for page in corpus.pages])
    for f in range(corpus.folds + 1):
        train = fold != f
        w = logistic(pages[train], y[train], weight[train], L2[kind])
        out[f][kind] = {t: round(10 * float(v), 2) for t, v in zip(tokens, w[:-1]) if 10 * abs(v) >= LEAST[kind]}
    print(kind, "kept", len(out[-1][kind]))


def main():
    corpus = Corpus(sys.argv[1])
    use = (corpus.labels >= 0) & corpus.trainable
    out = [{kind: {} for kind in L2} for _ in range(corpus.folds + 1)]
    for kind in ("names", "prosePhrases", "phrases"):
        tokens = json.load(open(f"{sys.argv[1]}/{kind}.json"))
        rows = np.fromfile(f"{sys.argv[1]}/{kind}.rows.i32", np.int32)
        columns = np.fromfile(f"{sys.argv[1]}/{kind}.columns.i32", np.int32)
        x = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, rows), shape=(len(rows) - 1, len(tokens)))
        x.sum_duplicates()
        # The wording of short blocks and that of prose are learned apart.
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
    # The loop has ended with the wording of short blocks, from which pages are told.
    learn_pages(corpus, x, tokens, out)
    json.dump(out, open(sys.argv[2], "w"), ensure_ascii=False, sort_keys=True)


main()
