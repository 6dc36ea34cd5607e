"""Trains the block classifier and writes its out-of-fold predictions.

usage: python train.py EXPORT [--final MODEL.json WEIGHTS.json]
Without --final: one model a fold, each page predicted by the one that saw no page of its site (EXPORT/oof.f32).
With --final: also the shipped model, trained on everything.
"""
import json
import sys
import time

import lightgbm as lgb
import numpy as np

from corpus import Corpus

TREES = 150
PARAMETERS = dict(
    objective="binary",
    num_leaves=24,
    learning_rate=0.08,
    min_data_in_leaf=60,
    feature_fraction=0.4,
    bagging_fraction=0.7,
    bagging_freq=1,
    lambda_l2=5.0,
    max_bin=127,
    seed=7,
    deterministic=True,
    force_row_wise=True,
    num_threads=2,
    verbose=-1,
)


def main():
    folder = sys.argv[1]
    corpus = Corpus(folder)
    names = corpus.about["features"]
    x = np.fromfile(f"{folder}/features.f32", np.float32).reshape(-1, len(names))
    use = (corpus.labels >= 0) & corpus.trainable
    oof = np.zeros(len(x), np.float32)
    gains = np.zeros(len(names))
    for fold in range(corpus.folds):
        start = time.time()
        train = use & (corpus.fold != fold)
        data = lgb.Dataset(x[train], corpus.labels[train], weight=corpus.weights[train], params=PARAMETERS)
        model = lgb.train(PARAMETERS, data, TREES)
        test = corpus.fold == fold
        oof[test] = model.predict(x[test])
        gains += model.feature_importance("gain")
        chosen = test & use
        logits = np.log(oof / (1 - oof + 1e-9) + 1e-9)
        print(fold, "log loss", corpus.log_loss(logits, chosen), round(time.time() - start), "s", flush=True)
    oof.tofile(f"{folder}/oof.f32")
    order = np.argsort(-gains)
    for place in order[:45]:
        print(f"{100 * gains[place] / gains.sum():5.1f} {names[place]}")
    print("least:", ", ".join(names[p] for p in order[-40:]))
    if "--final" in sys.argv:
        target, weights = sys.argv[sys.argv.index("--final") + 1 :][:2]
        data = lgb.Dataset(x[use], corpus.labels[use], weight=corpus.weights[use], params=PARAMETERS)
        model = lgb.train(PARAMETERS, data, TREES)
        write(target, model, names, json.load(open(weights))[-1], corpus.about)


def write(target, model, names, weights, about):
    """The model as flat arrays: nodes of all trees in a row, leaves by the complement of their index."""
    trees = {"feature": [], "threshold": [], "left": [], "right": [], "leaf": [], "roots": []}

    def add(node):
        if "leaf_value" in node:
            trees["leaf"].append(round(node["leaf_value"] * 1e4))
            return ~(len(trees["leaf"]) - 1)
        at = len(trees["feature"])
        trees["feature"].append(node["split_feature"])
        # The largest float32 not above the threshold: rows are float32, so no decision changes.
        exact = np.float32(node["threshold"])
        if float(exact) > node["threshold"]:
            exact = np.nextafter(exact, np.float32(-np.inf))
        trees["threshold"].append(float(str(exact)))
        trees["left"].append(0)
        trees["right"].append(0)
        trees["left"][at] = add(node["left_child"])
        trees["right"][at] = add(node["right_child"])
        return at

    for tree in model.dump_model()["tree_info"]:
        trees["roots"].append(add(tree["tree_structure"]))
    out = {
        "about": {k: about[k] for k in ("sha256", "pages", "blocks")} | {"seed": PARAMETERS["seed"]},
        "features": names,
        "names": {k: round(v * 100) for k, v in weights["names"].items()},
        "phrases": {k: round(v * 100) for k, v in weights["phrases"].items()},
        "trees": trees,
    }
    with open(target, "w") as file:
        json.dump(out, file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        file.write("\n")


main()
