#!/bin/sh
# Trains the models of the HTML engine and scores them on folds they did not see; README.md says what comes out.
# usage: bench/train/run.sh CORPORA EXPORT   (PYTHON names the interpreter that has requirements.txt, default python3)
set -eu
cd "$(dirname "$0")/../.."
corpora=$1
export=$2
python=${PYTHON:-python3}
node="node_modules/.bin/node --max-old-space-size=8192"
html=functions/extract/html

$node bench/train/export.ts "$corpora" "$export"
$python bench/train/weights.py "$export" "$export/folds.json"
$node bench/train/export.ts "$corpora" "$export" --weights "$export/folds.json"
for variant in nameless old; do
  $node bench/train/export.ts "$corpora" "$export/$variant" --weights "$export/folds.json" --variant $variant
done
$python bench/train/train.py "$export" --final $html/block.model.json "$export/folds.json"
$node bench/train/export-pages.ts "$corpora" "$export" "$export/folds.json"
$python bench/train/train_pages.py "$export" --final $html/page.model.json
$node bench/train/score-folds.ts "$corpora" "$export" --figures $html/figures.json
