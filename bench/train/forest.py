"""A trained model as the engine reads it; functions/extract/forest.ts tells what the columns are."""
import json

import numpy as np

# One thread and a fixed order, so that training twice gives the same model.
REPEATABLE = dict(bagging_freq=1, deterministic=True, force_row_wise=True, num_threads=1, verbose=-1)


def flatten(boosters):
    """The nodes of all trees in preorder: split −1 is a leaf, its value ten-thousandths of log odds.

    Of several boosters the mean is meant, so each leaf tells its share.
    """
    split, value = [], []

    def add(node):
        if "leaf_value" in node:
            split.append(-1)
            value.append(round(node["leaf_value"] * 1e4 / len(boosters)))
            return
        split.append(node["split_feature"])
        # The largest float32 not above the threshold: rows are float32, so no decision changes.
        exact = np.float32(node["threshold"])
        if float(exact) > node["threshold"]:
            exact = np.nextafter(exact, np.float32(-np.inf))
        value.append(float(str(exact)))
        add(node["left_child"])
        add(node["right_child"])

    for booster in boosters:
        for tree in booster.dump_model()["tree_info"]:
            add(tree["tree_structure"])
    return {"split": split, "value": value}


def write(target, booster, features, **learned):
    """Writes a booster, or the mean of a list of them, as a model: its trees, the names of the columns they read, and what else was learned."""
    boosters = booster if isinstance(booster, list) else [booster]
    model = {"features": features, "trees": flatten(boosters)} | learned
    with open(target, "w") as file:
        json.dump(model, file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        file.write("\n")
