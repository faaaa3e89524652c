"""Server time and number of queries of the Desk's queues, in archives of two sizes.

    python benchmarks/desk.py [--articles 5000] [--rounds 7]

The archive is that of ``search.py``: twenty claims an article, a finding for every fifth. Of the
findings a tenth is decided, a twentieth somebody's work, a thirtieth judged by one person and
one in a hundred by two who differ. Time is from request to complete page, database and
templates included, without network; medians.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from datetime import date

from database import scratch_database
from material import describe_machine
from search import Vocabulary, make_archive

from apps.claims.models import Assignment, Claim, Evidence, Finding, FindingDecision, Verdict
from config.memory import keep_startup
from tests.db.stories import make_user

ADDRESSES = {
    "mine": "/desk/",
    "unassigned": "/desk/unassigned/",
    "unassigned, page 10": "/desk/unassigned/?page=10",
    "unassigned, medium severity": "/desk/unassigned/?severity=medium",
    "second reading": "/desk/second-reading/",
    "disagreements": "/desk/disagreements/",
    "disagreements of one kind": "/desk/disagreements/?kind=omission",
    "done": "/desk/done/",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    print(describe_machine())
    with scratch_database():
        chance = random.Random(7)
        vocabulary = Vocabulary(chance)
        people = [make_user(name) for name in ("bench", "otto", "ida")]
        small = max(1, options.articles // 10)
        make_archive(small, vocabulary, chance)
        work(people, chance)
        first = measure(people[0], options.rounds)
        make_archive(options.articles - small, vocabulary, chance)
        work(people, chance)
        second = measure(people[0], options.rounds)
        claims = Claim.objects.count()
        print(f"\n| queue | ms, a tenth | ms, {claims:,} claims | slowest | queries |")
        print("|---|---:|---:|---:|---:|")
        for name, (middle, slowest, queries) in second.items():
            print(f"| {name} | {first[name][0]:.0f} | {middle:.0f} | {slowest:.0f} | {first[name][2]} / {queries} |")  # fmt: skip


def work(people: list, chance: random.Random) -> None:  # type: ignore[type-arg]
    """Let people do some of what waits, in the stories they have not been in."""
    from django.db import connection, transaction

    done = FindingDecision.objects.values("story")
    findings = list(Finding.objects.exclude(story__in=done).only("story_id", "key", "kind"))
    chance.shuffle(findings)
    tenth = len(findings) // 10
    FindingDecision.objects.bulk_create(
        FindingDecision(story_id=f.story_id, finding_key=f.key, kind=f.kind, value="confirm", made_by=people[n % 3])
        for n, f in enumerate(findings[:tenth])
    )  # fmt: skip
    Assignment.objects.bulk_create(
        Assignment(story_id=f.story_id, finding_key=f.key, kind=f.kind, assignee=people[n % 3])
        for n, f in enumerate(findings[tenth : tenth + tenth // 2])
    )  # fmt: skip
    judged = findings[2 * tenth : 2 * tenth + tenth // 3]
    disputed = findings[3 * tenth : 3 * tenth + tenth // 10]
    drafts = [(f, people[n % 3], "disputed") for n, f in enumerate([*judged, *disputed])]
    drafts += [(f, people[(len(judged) + n + 1) % 3], "supported") for n, f in enumerate(disputed)]
    with transaction.atomic():
        verdicts = Verdict.objects.bulk_create(
            Verdict(story_id=f.story_id, finding_key=f.key, author=who, value=value, explanation="-")
            for f, who, value in drafts
        )  # fmt: skip
        Evidence.objects.bulk_create(
            Evidence(verdict=v, kind="primary", document="-", excerpt="-", retrieved_on=date(2031, 5, 6))
            for v in verdicts
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(user: object, rounds: int) -> dict[str, tuple[float, float, int]]:
    """Return median and slowest of each queue in ms, with its queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(user)  # type: ignore[arg-type]  # a user
    # As the web server does.
    keep_startup()
    found = {}
    for name, address in ADDRESSES.items():
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
            captured = list(queries.captured_queries)
        if page.status_code != 200:
            raise SystemExit(f"{address} answers {page.status_code}")
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            client.get(address)
            times.append((time.perf_counter() - began) * 1000)
        found[name] = (statistics.median(times), max(times), len(captured))
    return found


if __name__ == "__main__":
    main()
