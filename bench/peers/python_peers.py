"""Runs one Python extractor over a corpus: python_peers.py PEER CORPUS_FOLDER → one prediction a line."""

import gzip
import json
import sys
import time
from pathlib import Path


def trafilatura_peer():
    import trafilatura

    def run(page, html):
        found = trafilatura.bare_extraction(html, url=page["url"], with_metadata=True)
        if found is None:
            return {}
        return {
            "title": found.title,
            "authors": split_authors(found.author),
            "published": found.date,
            "text": found.text,
            "tags": found.tags or [],
        }

    return run


def rs_trafilatura_peer():
    import rs_trafilatura

    def run(page, html):
        found = rs_trafilatura.extract_bytes(html, url=page["url"])
        return {
            "title": found.title,
            "authors": split_authors(found.author),
            "published": found.date,
            "text": found.main_content,
            "kind": found.page_type,
        }

    return run


def split_authors(author):
    """Both tools join several authors with a semicolon."""
    return [name.strip() for name in (author or "").split(";") if name.strip()]


PEERS = {"trafilatura": trafilatura_peer, "rs-trafilatura": rs_trafilatura_peer}


def main(peer, folder):
    run = PEERS[peer]()
    for line in Path(folder, "gold.ndjson").read_text("utf-8").splitlines():
        page = json.loads(line)
        html = gzip.decompress(Path(folder, "html", f"{page['id']}.html.gz").read_bytes())
        started = time.perf_counter()
        try:
            prediction = run(page, html)
        except Exception as error:  # a peer's crash is its answer for the page: nothing
            prediction = {"error": str(error)}
        prediction["ms"] = (time.perf_counter() - started) * 1000
        print(json.dumps({"id": str(page["id"]), **prediction}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
