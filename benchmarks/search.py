"""Server time and number of queries of searches, in archives of two sizes.

    python benchmarks/search.py [--articles 5000] [--rounds 5]

The archive is invented: words, names and places by Zipf's law, twenty claims an article.
Time is from request to complete answer, database and templates included, without network.
Sizes are of the indexes search brings along.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from datetime import timedelta
from decimal import Decimal

from database import scratch_database
from material import describe_machine

from apps.articles.models import Article, Outlet, Segment, Sentence, Story
from apps.claims.models import Claim, Finding, Mention, Quantity
from tests.db.stories import NOON, make_user

CLAIMS = 20
KINDS = ("number_conflict", "attribution_lost", "unsupported_addition", "omission")
SEARCHES = {
    "a word of every tenth claim": "q={common}",
    "a rare word": "q={rare}",
    "two words": "q={common}+{second}",
    "a phrase": "q=%22{common}+{second}%22",
    "misspelt": "q={misspelt}",
    "beginning": "q={start}*",
    "articles": "q={common}&in=articles",
    "speakers": "in=speakers&q={speaker}",
    "quotes of a speaker": "in=quotes&speaker={speaker}",
    "a place, open and high": "place={place}&severity=high&state=open",
    "kind of finding only": "kind=number_conflict",
    "numbers": "least=300&most=310",
    "word, outlet, days": "q={common}&outlet=outlet-3&since=2031-06-01",
    "no copies, newest": "q={common}&no_copies=1&sort=newest",
    "nothing asked": "",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(describe_machine())
    with scratch_database():
        chance = random.Random(7)
        vocabulary = Vocabulary(chance)
        small = max(1, options.articles // 10)
        make_archive(small, vocabulary, chance)
        first = measure(vocabulary, options.rounds)
        make_archive(options.articles - small, vocabulary, chance)
        second = measure(vocabulary, options.rounds)
        report(first, second)


class Vocabulary:
    """Invented words, the frequent ones first, with people and places."""

    def __init__(self, chance: random.Random) -> None:
        parts = "ba be bi bo da de dri fa fe gla go gri ka ke ki lo lu ma me mi mo na ne no pa pe pra ra re ri sa se sta ta te ti to va ve vo".split()
        self.words = list(dict.fromkeys(
            "".join(chance.choice(parts) for _ in range(chance.randint(2, 5))) for _ in range(40_000)
        ))  # fmt: skip
        self.weights = [1 / (rank + 5) for rank in range(len(self.words))]
        self.people = [f"{a.title()} {b.title()}" for a, b in zip(self.words[900:1900], self.words[2900:3900], strict=True)]  # fmt: skip
        self.places = [word.title() for word in self.words[4000:4400]]

    def sentence(self, chance: random.Random) -> tuple[str, str, str, int]:
        words = chance.choices(self.words, self.weights, k=chance.randint(12, 28))
        person = self.people[min(int(chance.expovariate(0.01)), 999)]
        place = self.places[min(int(chance.expovariate(0.02)), 399)]
        number = chance.randint(2, 5000)
        words[3:3] = [place, str(number)]
        return f"{' '.join(words)}, {person} said.", person, place, number


def make_archive(articles: int, vocabulary: Vocabulary, chance: random.Random) -> None:
    from django.db import connection

    from apps.articles.text.canonical import text_digest
    from apps.claims.actions import index_missing

    outlets = [
        Outlet.objects.get_or_create(slug=f"outlet-{n}", defaults={"name": f"Outlet {n}"})[0]
        for n in range(40)
    ]
    done = 0
    while done < articles:
        count = min(100, articles - done)
        number = Article.objects.count()
        story = Story.objects.create(title=f"Story {number}", slug=f"story-{number}")
        told = [[vocabulary.sentence(chance) for _ in range(CLAIMS)] for _ in range(count)]
        rows = Article.objects.bulk_create(
            Article(
                outlet=chance.choice(outlets), story=story, title=sentences[0][0][:60],
                text=" ".join(s[0] for s in sentences), text_digest=f"{number + n:064x}",
                words_digest=text_digest(f"{number + n}"), state=Article.State.ANALYSED,
                published_at=NOON + timedelta(hours=number + n), published_iso="2031-05-04T12:00",
            )
            for n, sentences in enumerate(told)
        )  # fmt: skip
        segments = Segment.objects.bulk_create(
            Segment(article=a, position=0, start=0, end=len(a.text), quote=a.text, role="body", reason="-")
            for a in rows
        )  # fmt: skip
        places = []
        for article, segment, sentences in zip(rows, segments, told, strict=True):
            start = 0
            for position, told_sentence in enumerate(sentences):
                places.append((article, segment, position, start, told_sentence))
                start += len(told_sentence[0]) + 1
        made = Sentence.objects.bulk_create(
            Sentence(article=a, segment=g, position=p, start=s, end=s + len(t[0]), quote=t[0], role="body")
            for a, g, p, s, t in places
        )  # fmt: skip
        claims = Claim.objects.bulk_create(
            Claim(
                article=a, sentence=sentence, position=p, key=f"{a.pk}-{p}", start=s, end=s + len(t[0]),
                quote=t[0], role="body", attribution_kind="direct" if p % 3 == 0 else "indirect",
                source=t[1], source_resolved=t[1], cue="said", voice="attributed",
            )
            for (a, _, p, s, t), sentence in zip(places, made, strict=True)
        )  # fmt: skip
        marks = [
            (claim, t[0].index(words), words)
            for claim, (_, _, _, _, t) in zip(claims, places, strict=True)
            for words in (t[2], str(t[3]))
        ]
        Mention.objects.bulk_create(
            Mention(claim=c, start=c.start + i, end=c.start + i + len(w), quote=w, kind="place", canonical=w)
            for c, i, w in marks[::2]
        )  # fmt: skip
        Quantity.objects.bulk_create(
            Quantity(claim=c, start=c.start + i, end=c.start + i + len(w), quote=w, low=Decimal(w), high=Decimal(w), type="cardinal")
            for c, i, w in marks[1::2]
        )  # fmt: skip
        findings = Finding.objects.bulk_create(
            Finding(
                story=story, key=f"{claim.pk}", kind=KINDS[n % 4], outcome="compatible",
                severity=("high", "medium", "low")[n % 3], explanation="-", rule="-", confidence=0.5, position=n,
            )
            for n, claim in enumerate(claims[::5])
        )  # fmt: skip
        Finding.claims.through.objects.bulk_create(
            Finding.claims.through(finding_id=f.pk, claim_id=c.pk)
            for f, c in zip(findings, claims[::5], strict=True)
        )
        done += count
    began = time.process_time()
    index_missing()
    print(f"indexed {articles} articles, {time.process_time() - began:.1f} s of our processor")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(vocabulary: Vocabulary, rounds: int) -> dict[str, tuple[float, float, int, int]]:
    """Return median and slowest of each search in ms, with its queries and hits."""
    import re

    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(User.objects.filter(username="bench").first() or make_user("bench"))
    rare = vocabulary.words[8000]
    words = {
        "common": vocabulary.words[3], "second": vocabulary.words[9], "rare": rare,
        "misspelt": rare[:2] + "x" + rare[3:], "start": vocabulary.words[40][:4],
        "speaker": vocabulary.people[0].split()[1], "place": vocabulary.places[0],
    }  # fmt: skip
    found = {}
    for name, query in SEARCHES.items():
        address = f"/search/?{query.format(**words)}"
        with CaptureQueriesContext(connection) as queries:
            html = client.get(address).content.decode()
            count = len(queries)
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            client.get(address)
            times.append((time.perf_counter() - began) * 1000)
        total = re.search(r"<h2>\s*(?:At least )?(\d+) ", html)
        hits = int(total.group(1)) if total else 0
        found[name] = (statistics.median(times), max(times), count, hits)
    return found


def report(
    small: dict[str, tuple[float, float, int, int]], large: dict[str, tuple[float, float, int, int]]
) -> None:
    from django.db import connection

    claims = Claim.objects.count()
    print(f"\n| search | hits | ms, a tenth | ms, {claims:,} claims | slowest | queries |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, (middle, slowest, queries, hits) in large.items():
        print(f"| {name} | {hits} | {small[name][0]:.0f} | {middle:.0f} | {slowest:.0f} | {small[name][2]} / {queries} |")  # fmt: skip
    with connection.cursor() as cursor:
        for relation in ("claim_words", "article_words", "known_word_trigrams", "quantity_stated_ends", "claims_claimwords"):  # fmt: skip
            cursor.execute("SELECT pg_size_pretty(pg_relation_size(%s))", [relation])
            print(f"{relation}: {cursor.fetchone()[0]}")


if __name__ == "__main__":
    main()
