#!/bin/sh
# Trains the four models of the raw-text engine, in the order they build on each other.
# usage: PYTHON=.venv/bin/python bench/train/text/run.sh EXPORT
set -eu
export_folder=$1
engine=functions/extract/text
python=${PYTHON:-python3}
# One writer of model files serves the trainers of both engines.
export PYTHONPATH=bench/train
models=${MODELS:-$engine}
node bench/train/text/export-seams.ts "$export_folder"
"$python" bench/train/text/train_seams.py "$export_folder" "$models/paragraph-start.model.json"
node bench/train/text/export-lines.ts "$export_folder"
"$python" bench/train/text/train_lines.py "$export_folder" --final "$models/lines.model.json"
node bench/train/text/export-titles.ts "$export_folder"
"$python" bench/train/text/train_titles.py "$export_folder" "$models/title.model.json"
node bench/train/text/export-kinds.ts "$export_folder"
"$python" bench/train/text/train_kinds.py "$export_folder" "$models/page-kind.model.json"
node bench/train/text/score-lines.ts "$export_folder" "$export_folder/predictions"
