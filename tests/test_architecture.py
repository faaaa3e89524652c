"""The rules of docs/architecture.md that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PURE_ROOMS = ("apps/articles/text", "apps/articles/importers", "apps/claims/analysis")


def _find_modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(_read(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _describe(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


# --- pure rooms ------------------------------------------------------------------------------------


def test_pure_rooms_load_no_django() -> None:
    """Each module in a fresh state, in one fresh interpreter: what one loaded hides nothing of another."""
    modules = [_name_of(path) for path in _find_modules(*PURE_ROOMS)]
    code = (
        "import sys, importlib\n"
        "kept = set(sys.modules)\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "    loaded = sorted(m for m in sys.modules if m.split('.')[0] == 'django' or m.endswith('.models')\n"
        "                    and m.startswith('apps.'))\n"
        "    if loaded: print(name, 'loads', loaded[0]); sys.exit(1)\n"
        "    for other in [m for m in sys.modules if m.startswith('apps.')]: del sys.modules[other]\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, *modules],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert len(modules) > 10
    assert done.returncode == 0, done.stdout + done.stderr


def test_pure_rooms_name_no_django_not_even_later() -> None:
    for path in _find_modules(*PURE_ROOMS):
        assert not {name for name in _imports_of(path) if name.split(".")[0] == "django"}, path


@pytest.mark.parametrize(
    ("forbidden", "why"),
    [
        ("logging", "says nothing by itself"),
        ("random", "gives the same answer every time"),
        ("time", "has no clock"),
    ],
)
def test_pure_rooms_are_quiet_and_deterministic(forbidden: str, why: str) -> None:
    guilty = [str(path) for path in _find_modules(*PURE_ROOMS) if forbidden in _imports_of(path)]

    assert not guilty, f"pure code {why}"


def test_pure_rooms_do_not_ask_what_day_it_is() -> None:
    asks = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
    guilty = [
        _describe(path, node)
        for path in _find_modules(*PURE_ROOMS)
        for node in ast.walk(ast.parse(_read(path)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and (getattr(node.func.value, "id", getattr(node.func.value, "attr", "")), node.func.attr)
        in asks
    ]

    assert not guilty


# --- who may know whom -----------------------------------------------------------------------------


def test_articles_do_not_know_that_claims_exist() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in _find_modules("apps/articles")
        if any(name.startswith("apps.claims") for name in _imports_of(path))
    ]

    assert not guilty


def test_the_text_room_knows_no_other_room() -> None:
    for path in _find_modules("apps/articles/text"):
        ours = {name for name in _imports_of(path) if name.startswith("apps.")}
        assert all(name.startswith("apps.articles.text") for name in ours), (path, ours)


def test_the_analysis_room_uses_the_text_room_only() -> None:
    for path in _find_modules("apps/claims/analysis"):
        ours = {name for name in _imports_of(path) if name.startswith("apps.")}
        assert all(
            name.startswith(("apps.articles.text", "apps.claims.analysis")) for name in ours
        ), (path, ours)


# --- only actions write ----------------------------------------------------------------------------

WRITES = {
    "save", "delete", "create", "update", "get_or_create", "update_or_create", "bulk_create", "bulk_update",
    "asave", "adelete", "acreate", "aupdate", "aget_or_create", "aupdate_or_create", "abulk_create",
}  # fmt: skip
# `.update(` and `.delete(` and `.create(` are words of dictionaries, digests and sets as well: they count
# as writing where they are called on a queryset or a manager, which these names betray.
SHARED_WORDS = {"update", "delete", "create", "save"}
QUERYSET_WORDS = re.compile(
    r"(\bobjects\b|_default_manager|_base_manager|\.(all|filter|exclude|order_by|select_for_update|current)\(\)?)"
)


def _find_writes(code: str) -> list[str]:
    """Return "line: call" of everything in *code* that writes rows."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        word, owner = node.func.attr, ast.unparse(node.func.value)
        if word not in WRITES or owner.startswith("super()"):
            continue
        if word in SHARED_WORDS and not QUERYSET_WORDS.search(owner):
            # A row's own save() and delete() take no positional argument; form.save is the form's.
            if word not in ("save", "delete") or node.args or "form" in owner:
                continue
        found.append(f"{node.lineno}: {owner}.{word}(…)")
    return found


def test_only_actions_write() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}:{write}"
        for path in _find_modules("apps")
        if not {"actions", "migrations"} & set(path.with_suffix("").parts)
        and not path.is_relative_to(ROOT / "apps/claims/analysis")
        and not path.is_relative_to(ROOT / "apps/articles/text")
        for write in _find_writes(_read(path))
    ]

    assert not guilty, "writing belongs into actions.py:\n" + "\n".join(guilty)


@pytest.mark.parametrize(
    ("code", "writes"),
    [
        ("Article.objects.create(text='x')", True),
        ("Article.objects.filter(pk=1).update(state='x')", True),
        ("article.save(update_fields=['state'])", True),
        ("story.articles.bulk_create(rows)", True),
        ("finding.delete()", True),
        ("digest.update(data)", False),
        ("counts.update(more)", False),
        ("super().save(commit=False)", False),
    ],
)
def test_the_check_for_writing_tells_rows_from_dictionaries(code: str, writes: bool) -> None:
    assert bool(_find_writes(code)) is writes


# --- registries ------------------------------------------------------------------------------------


def _find_plugins(folder: str, constant: str) -> dict[str, str]:
    """Return module name -> path of every module in *folder* that defines *constant*."""
    plugins = {}
    for path in _find_modules(folder):
        names = {
            target.id
            for node in ast.parse(_read(path)).body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        if constant in names:
            plugins[_name_of(path)] = str(path.relative_to(ROOT))
    return plugins


def test_every_detector_is_registered_and_documented() -> None:
    detectors = import_module("apps.claims.analysis.detectors").DETECTORS
    documentation = _read(ROOT / "docs" / "findings.md")
    written = _find_plugins("apps/claims/analysis/detectors", "DETECTOR")

    assert written
    assert {import_module(name).DETECTOR.slug for name in written} == {d.slug for d in detectors}
    assert len({detector.slug for detector in detectors}) == len(detectors)
    for detector in detectors:
        assert f"`{detector.slug}`" in documentation, (
            f"docs/findings.md has no entry for {detector.slug}"
        )


def test_every_detector_has_a_test() -> None:
    tests = "\n".join(_read(path) for path in _find_modules("tests/unit"))
    for name in _find_plugins("apps/claims/analysis/detectors", "DETECTOR"):
        short = name.rsplit(".", 1)[1]
        assert re.search(rf"\b{short}\b", tests), f"no unit test mentions {short}"


def test_every_importer_is_registered_and_documented() -> None:
    importers = import_module("apps.articles.importers").IMPORTERS
    documentation = _read(ROOT / "docs" / "importing.md")
    written = _find_plugins("apps/articles/importers", "IMPORTER")

    assert written
    assert {import_module(name).IMPORTER.slug for name in written} == {i.slug for i in importers}
    for importer in importers:
        assert f"| `{importer.slug}` |" in documentation, (
            f"docs/importing.md has no {importer.slug}"
        )
        assert all(f"`{suffix}`" in documentation for suffix in importer.suffixes), importer.slug


# --- templates and files ---------------------------------------------------------------------------


def test_every_partial_says_what_it_expects() -> None:
    for path in sorted((ROOT / "templates").rglob("_*.html")):
        first = _read(path).lstrip()
        assert first.startswith("{# expects:"), (
            f"{path.relative_to(ROOT)} does not begin with what it expects"
        )
        assert "{% extends" not in first, f"{path.relative_to(ROOT)} is a part: it extends nothing"


def test_templates_escape_everything_and_have_nothing_inline() -> None:
    inline = re.compile(
        r"\|\s*safe\b|autoescape off|<style\b|\sstyle=|\son[a-z]+=\""
        # Data for machines is no script: nothing runs it.
        r"|<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)"
    )
    guilty = [
        f"{path.relative_to(ROOT)}: {match.group().strip()}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for match in [inline.search(_read(path))]
        if match is not None
    ]

    assert not guilty


def test_every_htmx_link_works_without_htmx() -> None:
    """An element that fetches has an address of its own, or stands in one that has."""
    guilty = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for tag in re.findall(
            r"<(?:a|form)\b[^>]*\bhx-(?:get|post)=[^>]*>", _read(path), re.DOTALL
        ):
            if not re.search(r"\b(?:href|action)=", tag):
                guilty.append(f"{path.relative_to(ROOT)}: {tag[:80]}")

    assert not guilty


def test_no_template_computes() -> None:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        assert "{% load math" not in _read(path), path


def test_modules_are_of_a_size_that_can_be_read() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}: {length} lines"
        for path in _find_modules("apps", "config")
        if "migrations" not in path.parts and (length := len(_read(path).splitlines())) > 1000
    ]

    assert not guilty


@pytest.mark.parametrize(
    "name", ["utils", "helpers", "common", "services", "selectors", "repositories"]
)
def test_no_module_is_named_after_nothing(name: str) -> None:
    assert not [
        path for path in _find_modules("apps", "config") if path.stem == name or name in path.parts
    ]


def test_no_tracked_file_names_a_place_of_one_machine() -> None:
    """Package index addresses and home folders belong to a machine, not to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    place = re.compile(
        r"(?<![\w.-])/(?:home|Users)/\w+/|(?<![\w.-])/opt/\w+/simple|\bindex-url\s*=|file:///"
    )
    guilty = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path == Path(__file__) or path.suffix not in {
            ".py",
            ".toml",
            ".lock",
            ".md",
            ".txt",
            ".sh",
            ".json",
            "",
        }:
            continue
        if path.is_file() and path.stat().st_size < 2_000_000:
            text = path.read_text(encoding="utf-8", errors="replace")
            guilty += [f"{name}: {match.group()}" for match in place.finditer(text)]

    assert not guilty
