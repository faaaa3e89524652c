"""Count in how many news articles a word stands, for `lexicons/common_stems.txt`.

    python -m training.alignment.count_stems --data DIR

*DIR* holds ``attribution.train.jsonl.gz``. Only single words and their counts leave the
texts; names are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from apps.articles.text.language import load_pipeline, parse_text
from apps.claims.analysis import rarity
from apps.claims.analysis.stems import STOP_LEMMAS, stem

TARGET = Path(rarity.__file__).parent / "lexicons" / "common_stems.txt"
KINDS = frozenset({"NOUN", "VERB", "ADJ", "ADV", "ADP"})
# Rarer words than this share of articles are as rare as words never seen.
LEAST_SHARE = 0.008
HEADER = """# How many of 1000 news articles hold a word with this stem (names left out).
# Counted for this project by training/alignment/count_stems.py over the attribution training
# articles (US news of 2015-16, as prepared by the PolNeAR corpus); single-word counts only.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    nlp = load_pipeline()
    counts: Counter[str] = Counter()
    articles = 0
    source = options.data / "attribution.train.jsonl.gz"
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            articles += 1
            doc = parse_text(nlp, json.loads(line)["text"])
            counts.update(
                {
                    stem(token.lemma_ or token.text)
                    for token in doc
                    if token.pos_ in KINDS
                    and token.text.isascii()
                    and token.text.replace("-", "").isalpha()
                    and token.lemma_.lower() not in STOP_LEMMAS
                }
            )
    kept = sorted(
        (word, count)
        for word, count in counts.items()
        if count >= LEAST_SHARE * articles and len(word) > 1
    )
    body = "".join(f"{word} {1000 * count / articles:.0f}\n" for word, count in kept)
    TARGET.write_text(HEADER + body, encoding="utf-8")
    print(f"{len(kept)} stems of {articles} articles written to {TARGET}")


if __name__ == "__main__":
    main()
