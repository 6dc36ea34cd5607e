"""A trained model as the engine reads it; functions/extract/forest.ts tells what the columns are."""
import json

import numpy as np


def flatten(booster):
    """The nodes of all trees in preorder: split −1 is a leaf, its value ten-thousandths of log odds."""
    split, value = [], []

    def add(node):
        if "leaf_value" in node:
            split.append(-1)
            value.append(round(node["leaf_value"] * 1e4))
            return
        split.append(node["split_feature"])
        # The largest float32 not above the threshold: rows are float32, so no decision changes.
        exact = np.float32(node["threshold"])
        if float(exact) > node["threshold"]:
            exact = np.nextafter(exact, np.float32(-np.inf))
        value.append(float(str(exact)))
        add(node["left_child"])
        add(node["right_child"])

    for tree in booster.dump_model()["tree_info"]:
        add(tree["tree_structure"])
    return {"split": split, "value": value}


def write(target, booster, features, **learned):
    """Writes a model: its trees, the names of the columns they read, and what else was learned."""
    model = {"features": features, "trees": flatten(booster)} | learned
    with open(target, "w") as file:
        json.dump(model, file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        file.write("\n")
