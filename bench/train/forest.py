"""Trees as the engine reads them."""
import json

import numpy as np


def flatten(model):
    """The nodes of all trees in a row, leaves by the complement of their index."""
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
    return trees


def write(target, out):
    with open(target, "w") as file:
        json.dump(out, file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        file.write("\n")
