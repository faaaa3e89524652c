"""Teach the judges: how often are the candidates of each detector right?

    python -m training.findings.fit STORIES... [--only SLUG...] [--cache DIR] [--write] [--show SLUG]

STORIES are folders of labelled stories (``benchmarks/stories``); ``writers.json`` says which of
them were written together, those it does not name were. Every figure is of stories left out of
the learning together with all others of their writer, who has habits: seven differences of one
kind told in one way. ``--write`` stores the judges taught by all stories.
``--cache`` keeps the read articles, so that only alignment and detectors run again.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from apps.articles.text.language import load_pipeline
from apps.claims.analysis.detectors import DETECTORS
from apps.claims.analysis.types import Candidate, Detector
from training.alignment.logistic import Examples, Fitted, average_precision, fit
from training.findings.marked import MarkedStory, Marks, Verdict, mark_story, read_articles_of

_WEIGHTS = Path("apps/claims/analysis/weights/judges.json")
# Few candidates are right: what all detectors together have learned of pairs is where each
# of them starts from, and only strong evidence of its own moves it away.
_L2_SHARED = 5.0
_L2 = 12.0
# A conflict that readers dismiss costs more than one they have to look for.
_PRECISION = 0.85
_SHOW_AT = 0.3
_MOST_ASKED = 4
# Of a kind that is hard to be sure of the likeliest two or three of a story are asked about,
# as far down as so many of them are right.
_ENOUGH_ASKED = 1.5
_FEW_ASKED = (2, 3)
_LOWEST_SHOWN = 0.01
_SHOWN_PRECISION = 0.25
# What a question in vain costs, in right ones.
_COST_OF_ASKING = 0.1
_LOWEST_SURE, _HIGHEST_SURE = 0.45, 0.9


@dataclass(slots=True)
class Judged:
    story: str
    candidate: Candidate
    verdict: Verdict
    rate: float = 0.0


def read_stories(folders: list[Path], cache: Path | None) -> list[MarkedStory]:
    """Return the stories below *folders*, read once when there is a *cache*.

    A story that stands in two folders is read once: left out, it must be left out whole.
    """
    marked: list[MarkedStory] = []
    nlp = None
    by_name = {p.parent.name: p.parent for base in folders for p in base.glob("*/gold.json")}
    for _, folder in sorted(by_name.items()):
        kept = cache / f"{folder.parent.name}-{folder.name}.pickle" if cache else None
        if kept is not None and kept.exists():
            articles = pickle.loads(kept.read_bytes())
        else:
            nlp = nlp or load_pipeline()
            articles = read_articles_of(nlp, folder)
            if kept is not None:
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(pickle.dumps(articles))
        marked.append(mark_story(folder, articles))
    return marked


def collect(detector: Detector, stories: list[MarkedStory]) -> list[Judged]:
    """Return every candidate of *detector* with what the marks say of it.

    Candidates of one difference count as one example together: where one of them is right
    the others are not asked, the editor lists few of the copies.
    """
    found: list[Judged] = []
    if detector.find_candidates is None:
        return found
    for marked in stories:
        marks = Marks(marked)
        groups: dict[str, list[Judged]] = defaultdict(list)
        for story in marked.stories:
            for number, candidate in enumerate(detector.find_candidates(story)):
                verdict = marks.judge(detector.slug, candidate, story)
                groups[candidate.same_as or f"#{story.id}.{number}"].append(
                    Judged(marked.name, candidate, verdict)
                )
        for items in groups.values():
            right = any(item.verdict.label for item in items)
            asked = [item for item in items if item.verdict.label is not (False if right else None)]
            for item in items:
                label = None if right and item.verdict.label is False else item.verdict.label
                weight = item.verdict.weight / math.sqrt(max(1, len(asked)))
                item.verdict = Verdict(label, weight, item.verdict.finding)
            found += items
    return found


def examples_of(judged: list[Judged], names: list[str]) -> Examples:
    examples = Examples(names)
    for item in judged:
        if item.verdict.label is not None:
            row = [item.candidate.features.get(name, 0.0) for name in names]
            examples.add(row, item.verdict.label, weight=item.verdict.weight)
    return examples


def can_teach(judged: list[Judged]) -> bool:
    return len({item.verdict.label for item in judged} - {None}) == 2


def teach_shared(by_slug: dict[str, list[Judged]]) -> dict[str, float]:
    """Return what all detectors together say of the features more than one of them has."""
    seen = Counter(
        name
        for judged in by_slug.values()
        for name in {name for item in judged for name in item.candidate.features}
    )
    names = sorted(name for name, count in seen.items() if count > 1)
    shared = Examples(names)
    kinds: list[Examples] = []
    for judged in by_slug.values():
        if can_teach(judged):
            kinds.append(examples_of(judged, names))
    if not kinds or not names:
        return {}
    for examples in kinds:
        # Each kind begins at its own rate of right ones, so that only differences teach.
        right = sum(w for w, label in zip(examples.weights, examples.labels, strict=True) if label)
        rate = right / sum(examples.weights)
        examples.offsets = [math.log(rate / (1 - rate))] * len(examples.rows)
        shared.extend(examples, weight=1.0 / max(1.0, right))
    model = fit(shared, l2=_L2_SHARED / 20.0)
    return dict(zip(names, model.weights.tolist(), strict=True))


def teach(judged: list[Judged], shared: dict[str, float]) -> Fitted:
    names = sorted({name for item in judged for name in item.candidate.features})
    prior = Fitted(names, 0.0, np.array([shared.get(name, 0.0) for name in names]))
    return fit(examples_of(judged, names), l2=_L2, prior=prior)


def read_writers(folders: list[Path]) -> dict[str, str]:
    """Return who wrote each story below *folders*; one name for all that nobody is named for."""
    writer_of: dict[str, str] = {}
    for folder in folders:
        file = folder / "writers.json"
        named = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        writer_of |= {story: writer for writer, stories in named.items() for story in stories}
    return writer_of


def rate_left_out(by_slug: dict[str, list[Judged]], writer_of: dict[str, str]) -> None:
    """Give every candidate the rate of judges that never saw a story of its writer."""
    stories = {item.story for judged in by_slug.values() for item in judged}
    for writer in sorted({writer_of.get(story, "") for story in stories}):
        rest = {
            slug: [item for item in judged if writer_of.get(item.story, "") != writer]
            for slug, judged in by_slug.items()
        }
        shared = teach_shared(rest)
        for slug, judged in by_slug.items():
            if not can_teach(rest[slug]):
                continue
            model = teach(rest[slug], shared)
            for item in judged:
                if writer_of.get(item.story, "") == writer:
                    row = [item.candidate.features.get(name, 0.0) for name in model.names]
                    item.rate = 1 / (1 + math.exp(-float(model.odds([row])[0])))


def differences(judged: list[Judged], at: float) -> list[tuple[str, float, Verdict]]:
    """Return (story, rate, verdict) of each difference reported at *at*, its best candidate
    speaking; one is right when any of its candidates is."""
    groups: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for number, item in enumerate(judged):
        if item.rate >= at:
            groups[item.story, item.candidate.same_as or f"#{number}"].append(item)
    reported = []
    for (story, _), items in groups.items():
        items.sort(key=lambda item: -item.rate)
        right = next((i.verdict for i in items if i.verdict.label), None)
        neutral = any(i.verdict.label is None for i in items)
        verdict = right or (Verdict(None) if neutral else items[0].verdict)
        reported.append((story, items[0].rate, verdict))
    return sorted(reported, key=lambda entry: -entry[1])


def choose_sure(judged: list[Judged]) -> float:
    """Return the lowest rate from which on enough differences are right when left out."""
    best = _HIGHEST_SURE
    right = wrong = 0
    for _, rate, verdict in differences(judged, 0.0):
        right += verdict.label is True
        wrong += verdict.label is False
        if rate < _LOWEST_SURE:
            break
        if (right + 1) / (right + wrong + 1.5) >= _PRECISION:
            best = min(best, rate)
    return round(max(_LOWEST_SURE, best), 3)


def choose_shown(judged: list[Judged], sure: float) -> tuple[float, int]:
    """Return the rate from which on a person is asked, and about how many of a story.

    Where few are likely, the likeliest of each story are asked about, as far down as
    enough of them are right.
    """
    stories = {item.story for item in judged}
    asked = [rate for _, rate, _ in differences(judged, _SHOW_AT) if rate < sure]
    if len(asked) >= _ENOUGH_ASKED * len(stories):
        return _SHOW_AT, _MOST_ASKED
    best = (0.0, _SHOW_AT, _MOST_ASKED)
    for most in _FEW_ASKED:
        right = wrong = 0
        for _, rate, verdict in at_most(differences(judged, _LOWEST_SHOWN), sure, most):
            right += verdict.label is True
            wrong += verdict.label is False
            worth = right - _COST_OF_ASKING * wrong
            if worth > best[0] and right >= _SHOWN_PRECISION * (right + wrong):
                best = (worth, rate, most)
    # Little more than the usual is not worth asking about less likely ones.
    return round(min(_SHOW_AT, best[1]), 3), best[2]


def at_most(
    reported: list[tuple[str, float, Verdict]], sure: float, most: int
) -> list[tuple[str, float, Verdict]]:
    """Return what is reported when a person is asked about *most* of a story."""
    asked: Counter[str] = Counter()
    kept = []
    for story, rate, verdict in reported:
        asked[story] += rate < sure
        if rate >= sure or asked[story] <= most:
            kept.append((story, rate, verdict))
    return kept


def report(
    slug: str,
    judged: list[Judged],
    stories: list[MarkedStory],
    sure: float,
    shown: tuple[float, int],
) -> None:
    expected = {
        (marked.name, finding): must
        for marked in stories for finding, must in Marks(marked).expected(slug)
    }  # fmt: skip
    must = {key for key, value in expected.items() if value == "must"}
    proposed = {(i.story, i.verdict.finding) for i in judged if i.verdict.label}
    asked = [item for item in judged if item.verdict.label is not None]
    ap = (
        average_precision(np.array([i.rate for i in asked]), [bool(i.verdict.label) for i in asked])
        if any(i.verdict.label for i in asked)
        else float("nan")
    )
    line = f"{slug}: {len(judged)} candidates, AP {ap:.2f}, marked {len(expected)} (must {len(must)}), proposed {len(proposed & set(expected))} ({len(proposed & must)})"
    for name, at, most in (("sure", sure, 0), ("shown", *shown)):
        reported = at_most(differences(judged, at), sure, most)
        right = {(s, v.finding) for s, _, v in reported if v.label}
        wrong = sum(v.label is False for _, _, v in reported)
        n_right = sum(v.label is True for _, _, v in reported)
        line += f" | {name} at {at:.2f}: right {n_right} wrong {wrong}, found {len(right)} (must {len(right & must)})"
    print(line)


def show(judged: list[Judged], sure: float) -> None:
    """Print candidates that are wrong though likely, and right though not."""
    for item in sorted(judged, key=lambda item: -item.rate):
        label = item.verdict.label
        if (label is False and item.rate >= _SHOW_AT) or (label and item.rate < sure):
            print(
                f"  {'RIGHT' if label else 'wrong'} {item.rate:.2f} {item.story} {item.candidate.finding.explanation}"
            )
            print(
                f"        { ({k: round(v, 2) for k, v in sorted(item.candidate.features.items()) if v}) }"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stories", nargs="+", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    stories = read_stories(options.stories, options.cache)
    kept = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["judges"]
    by_slug = {
        detector.slug: collect(detector, stories)
        for detector in DETECTORS
        if detector.find_candidates is not None
    }
    rate_left_out(by_slug, read_writers(options.stories))
    shared = teach_shared(by_slug)
    for slug, judged in by_slug.items():
        if options.only and slug not in options.only:
            continue
        if not can_teach(judged):
            print(f"{slug}: {len(judged)} candidates, nothing to learn from")
            continue
        sure = choose_sure(judged)
        if options.show:
            show(judged, sure)
        shown = choose_shown(judged, sure)
        report(slug, judged, stories, sure, shown)
        kept[slug] = {
            **teach(judged, shared).as_json(),
            "sure_at": sure, "show_at": shown[0], "most_shown": shown[1],
        }  # fmt: skip
    if options.write:
        text = json.dumps({"judges": kept}, indent=1, sort_keys=True)
        _WEIGHTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
