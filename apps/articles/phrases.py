"""Sentences that are kept in English and shown in the reader's language.

What the machine says of a text is stored: why a part is a caption, why a file was refused.
It is written where nothing knows who will read it, so it is kept in one language and
translated when it is shown, by finding the phrase it was made of. What no phrase fits is
shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

# A placeholder: anything; "phrase…" is a phrase of the catalogue itself, "maybe_…" may be one,
# "names" is a list with "and".
_PLACE = re.compile(r"%\((\w+)\)s")
# What stands for a figure fits nothing else: "%(count)s words" is no list that ends in words.
_FIGURES = frozenset({"count", "most", "number", "share", "status"})
_FIGURE = r"\d[\d.,]*%?"
# "1,250", "0.5", "58%", "5.0 MB"; not "2025-03-15" or "3, 4".
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(| ?%| MB| kB| bytes)")
# Joined in this order: "read as UTF-16. 2 bytes …", "numbered; repeats …", "30 words on end, 3 …".
_JOINTS = (re.compile(r"(?<=[.!?]) (?=\S)"), re.compile("; "), re.compile(", "))
_MOST_PARTS = 24
# "asks for money and offers help: “…”" is a phrase of a phrase of phrases; nothing says more.
_DEEPEST = 2


@dataclass(frozen=True, slots=True)
class _Phrase:
    """*start* is the text before the first placeholder, *end* that behind the last one: by them
    most phrases are ruled out, and those that would be tried in vain at every quotation mark."""

    msgid: str
    pattern: re.Pattern[str]
    start: str
    end: str


_exact: set[str] = set()
_phrases: list[_Phrase] = []


def add_phrases(msgids: Iterable[str]) -> None:
    """Take up phrases, with "%(name)s" for what differs from time to time."""
    for msgid in msgids:
        start, *rest = _PLACE.split(msgid)
        if not rest:
            _exact.add(msgid)
            continue
        # rest is name, text, name, text …
        # A name may be missing ("a brief on another subject, “”").
        # What a phrase begins with never reaches over a joint: that was another phrase.
        anything = ".*?" if start else "(?:(?!; ).)*?"
        pattern = re.escape(start) + "".join(
            f"(?P<{part}>{_FIGURE if part in _FIGURES else anything})"
            if place % 2 == 0
            else re.escape(part)
            for place, part in enumerate(rest)
        )
        _phrases.append(_Phrase(msgid, re.compile(pattern, re.DOTALL), start, rest[-1]))
    # What says most is tried first: "%(names)s" alone fits everything.
    _phrases.sort(key=lambda phrase: -len(_PLACE.sub("", phrase.msgid)))
    _translate.cache_clear()


def say(text: str) -> str:
    """Return a stored sentence in the reader's language; as it is where there is no phrase."""
    language = get_language() or "en"
    return text if language.startswith("en") else _translate(text, language)


def is_phrase(text: str) -> bool:
    """Say whether *text* would be translated."""
    return _whole(text) is not None or _in_parts(text) is not None


@lru_cache(maxsize=4096)
def _translate(text: str, language: str) -> str:
    said = _whole(text)
    return said if said is not None else _in_parts(text) or text


def _whole(text: str, *, depth: int = 0) -> str | None:
    """Return *text* said as one phrase, None where it is none; *depth* counts those around it."""
    if text in _exact:
        return gettext(text)
    if depth > _DEEPEST:
        return None
    for phrase in _phrases:
        if not (text.startswith(phrase.start) and text.endswith(phrase.end)):
            continue
        match = phrase.pattern.fullmatch(text)
        values = _values(match.groupdict(), depth) if match is not None else None
        if values is not None:
            return gettext(phrase.msgid) % values
    return None


def _values(found: dict[str, str], depth: int) -> dict[str, str] | None:
    values: dict[str, str] = {}
    for name, value in found.items():
        if name.startswith("phrase"):
            said = _whole(value, depth=depth + 1)
            if said is None:
                return None
            values[name] = said
        elif name.startswith("maybe"):
            values[name] = _whole(value, depth=depth + 1) or value
        elif name == "names":
            values[name] = f" {gettext('and')} ".join(value.split(" and "))
        else:
            values[name] = _localise(value)
    return values


def _localise(value: str) -> str:
    """Return a number as the reader's language writes it, anything else as it is."""
    match = _NUMBER.fullmatch(value)
    if match is None:
        return value
    whole, decimals, unit = match.groups()
    exact = f"{whole.replace(',', '')}.{decimals or ''}".rstrip(".")
    grouped = "," in whole
    number = number_format(
        exact, len(decimals) if decimals else None, use_l10n=True, force_grouping=grouped
    )
    if unit.strip() == "%":
        return gettext("%(share)s%%") % {"share": number}
    return number + unit


def _in_parts(text: str) -> str | None:
    """Return *text* said phrase by phrase, None where a part is none."""
    for joint in _JOINTS:
        parts = joint.split(text)
        if not 1 < len(parts) <= _MOST_PARTS:
            continue
        separator = joint.pattern.rpartition(")")[2] if joint is not _JOINTS[0] else " "
        said: list[str] = []
        at = 0
        while at < len(parts):
            # The longest run of parts that is one phrase: a phrase may hold a joint itself.
            for end in range(len(parts), at, -1):
                piece = separator.join(parts[at:end])
                one = _whole(piece)
                if one is None and end == at + 1 and joint is not _JOINTS[-1]:
                    one = _in_parts(piece)
                if one is not None:
                    said.append(one)
                    at = end
                    break
            else:
                break
        else:
            return separator.join(said)
    return None


add_phrases(
    [
        # --- why something was not read (importers, fetching) ---
        _("This is %(phrase)s, not text. Save it as text, or paste the text instead."),
        _("This is %(phrase)s, not a page. Paste the text instead."),
        _("a PDF"),
        _("an image"),
        _("a ZIP archive or an Office document"),
        _("an empty ZIP archive"),
        _("an old Office document"),
        _("an RTF document"),
        _("a compressed file"),
        _("an archive"),
        _("a sound recording"),
        _("a sound recording or a film"),
        _("a film"),
        _("a program"),
        _("a database"),
        _("an image or a recording"),
        _("This file is not text. Save the article as text or HTML, or paste the text instead."),
        _("The encoding of this file is not known. Save it as UTF-8."),
        _("Read as %(encoding)s; check the accents."),
        _("Read as %(encoding)s; the byte order mark is not part of the text."),
        _("Read as %(encoding)s."),
        _("1 byte was not valid UTF-8 and shown as %(sign)s."),
        _("%(count)s bytes were not valid UTF-8 and shown as %(sign)s."),
        _("1 character that cannot be stored (NUL and the like) shown as %(sign)s."),
        _("%(count)s characters that cannot be stored (NUL and the like) shown as %(sign)s."),
        _('It is not a list of {"file": …, "outlet": …}; the files are read without it.'),
        _("It is not JSON (%(error)s); the files are read without it."),
        _('Entry %(number)s has no "file"; the files are read without it.'),
        _("It can't be opened (%(error)s). Check its permissions."),
        _("This page has no article text. Paste the text instead."),
        _("This page could not be read. Paste the text instead."),
        _("The file is empty."),
        _("The file is UTF-16. Save it as UTF-8."),
        _("The line is larger than %(size)s."),
        _("The file is damaged after line %(number)s (%(error)s). Send it again."),
        _('The line is not an object: write {"outlet": …, "text": …}.'),
        _('"%(value)s" is not a date like 2025-03-15 and was left out.'),
        _("The line is not UTF-8. Save the file as UTF-8."),
        _("The line is not JSON (%(error)s)."),
        _('The line has neither "text" nor "html".'),
        _('"%(key)s" is not text and was left out.'),
        _("A .json file is not read. Write JSON lines (.jsonl): an article a line."),
        _("This folder holds no text or HTML files."),
        _(
            "At most %(most)s articles are taken at once. Bring in this and what follows in another "
            "go."
        ),
        _("This folder can't be opened. Check its permissions."),
        _("There is no such file or folder. Check the path."),
        _("A %(name)s describes the files of its own folder only."),
        _("%(name)s names this file, but it is not in the folder."),
        _("The file is larger than %(size)s. Paste the article's text instead."),
        _("There is no text in it, only white space."),
        _("There are no words in it."),
        _(
            "The text has %(count)s characters; at most %(most)s are read. Bring in one article at "
            "a time."
        ),
        _("This address holds %(type)s, not a page. Paste the text instead."),
        _("This address holds no RSS or Atom feed. Check it."),
        _("%(host)s does not answer (%(error)s). Try later, or paste the text."),
        _("This address leads from one to the next without end. Check it."),
        _("This address is not on the public Internet. Paste the text instead."),
        _("Only whole http and https addresses are fetched."),
        _("Addresses with a port or a user name are not fetched. Paste the text instead."),
        _("The page is packed in a way that was not asked for (%(encoding)s). Paste the text."),
        _("The page is larger than %(size)s. Paste the article's text instead."),
        _("There is no host %(host)s. Check the address."),
        _("This address has an impossible port. Check it."),
        _("The answer of %(host)s took too long. Try later, or paste the text."),
        _("The answer of %(host)s broke off (%(error)s). Try later, or paste the text."),
        _("The page answers %(status)s (%(reason)s). Check the address, or paste the text."),
        _("pasted text"),
        # --- what became of an article ---
        _("Version %(number)s of an article that was here with another text."),
        _("The same text is already here: %(outlet)s, “%(title)s”."),
        _(
            "The same text is already here as version %(number)s of %(outlet)s, “%(title)s”; a later "
            "version has replaced it."
        ),
        _(
            "The text could not be analysed (%(error)s). Try again; if it happens again, report it "
            "with the article's number."
        ),
        _("The database did not answer while the text was analysed. Try again."),
        _(
            "The articles could not be compared (%(error)s). Try again; if it happens again, report "
            "it with the story's address."
        ),
        _(
            "The analysis stopped %(count)s times without a result, most likely for lack of memory. "
            "Try a shorter text, or a machine with more memory."
        ),
        # --- why an article is in its story ---
        _("the first article of its story"),
        _("moved here by %(name)s"),
        _("both name %(names)s"),
        _("share the words %(words)s"),
        _("published within a day of another article"),
        _("published within %(count)s days of another article"),
        _("shares little with the story"),
        # --- how texts hang together ---
        _("hardly any text in common with another article"),
        _("prints a quotation that %(names)s has too, in a text of its own"),
        _("prints a quotation that %(names)s have too, in a text of its own"),
        _("%(count)s runs of five words outside quotations are the same (%(share)s of %(outlet)s)"),
        _(
            "%(count)s runs of five words outside quotations are the same in the same order "
            "(%(share)s of %(outlet)s)"
        ),
        _("%(count)s words on end"),
        _("1 sentence is a copy or an edited copy"),
        _("%(count)s sentences are copies or edited copies"),
        _("1 quotation is the same"),
        _("%(count)s quotations are the same"),
        _("both name %(name)s as their source"),
        _("%(outlet)s is named as the source by %(names)s"),
        _("only %(outlet)s itself marks the text as its own"),
        _("%(outlet)s was published first"),
        _("only %(outlet)s carries an agency's mark"),
        _("the other article's text is contained in %(outlet)s"),
        _("the others' texts are contained in %(outlet)s"),
        # --- why a part of a page is what it is ---
        _("%(phrase)s: “%(words)s”"),
        _("%(phrase)s and %(phrase_2)s"),
        _("advertises the outlet's own services"),
        _("asks for money or support"),
        _("asks visitors to comment"),
        _("asks visitors to send something in"),
        _("asks visitors to subscribe or sign in"),
        _("note of the editors on this page"),
        _("notice of a correction"),
        _("offers help"),
        _("points to the outlet's other coverage"),
        _("share and print buttons"),
        _("advertisement"),
        _("cookie or privacy notice"),
        _("keywords of the page"),
        _("navigation"),
        _("postal address"),
        _("copyright notice"),
        _("legal notice"),
        _("asks visitors to rate or vote"),
        _("number of comments or shares"),
        _("names who reported it"),
        _("says who the author is"),
        _("stands below a picture's caption"),
        _("names where a picture comes from"),
        _("says when the page was published"),
        _("opens a set of pictures"),
        _("list of other stories"),
        _("opens a brief on another subject"),
        _("points to another story"),
        _("a short sentence among the page's furniture"),
        _("asks visitors of the page for something"),
        _("a brief on another subject, “%(name)s”"),
        _("belongs to the other story that begins above"),
        _("a short label below the report"),
        _("in a list of other stories below “%(title)s”"),
        _("a headline below the report, among page furniture"),
        _("calls to watch, read or listen to something else"),
        _("stands between parts of the page's furniture"),
        _("an address to write to or click on, at the end of the page"),
        _("a headline below the report that shares no word with it"),
        _("says who the writer is"),
        _("a brief with a title of its own, at the end of the page"),
        _("heading in the box that ends the page"),
        _("a note on top of the box that ends the page"),
        _("a note in the box that ends the page"),
        _("a brief in the box that ends the page"),
        _("heading of the summary below"),
        _("a sentence above the writer's name or the day"),
        _("one sentence that sums up before the report begins"),
        _("the line at the top that shares most words with the report"),
        _("is the title the source gives"),
        _("is the outlet's name"),
        _("repeats the headline"),
        _("labels in a row above the report"),
        _("says what the outlet is, above the report"),
        _("text of the report"),
        _("a point of the summary above the report"),
        _("stands above the headline and shares its words"),
        _("stands above the headline and says nothing of the story"),
        _("a short sentence that opens the report"),
        _("a sentence between headline and report"),
        _("stands below the headline like a writer's name"),
        _("a short label above the report"),
        _("shares no word with the report below"),
        _("stands between headline and report"),
        _("stands beside pictures"),
        _("a rule or sign without words"),
        _("stars of a rating"),
        _("a row of links"),
        _("a telephone number"),
        _("stands above the button that hides a caption"),
        _("ends without a full stop"),
        _("stands above a picture credit"),
        _("stands below a button of the picture"),
        _("markup left over from the page"),
        _("button of a player, with its length"),
        _("names the writer after “By”"),
        _("says who else reported"),
        _("is a date or time and nothing else"),
        _("signature of an embedded post"),
        _("a postal address"),
        _("stands beside another caption"),
        _("repeated on the page"),
        _("numbered like the caption beside it"),
        _("names where a picture comes from, above the button of its caption"),
        _("an item after a break that shares no name with the report"),
        _("label of an item on another subject"),
        _("an item on another subject below “%(title)s”"),
        _("ends with a picture credit"),
        _("carries a slide number"),
        _("opens like a picture caption"),
        _("gives weekday, date and year in full"),
        _("says where people stand in a picture"),
        _("speaks of a picture"),
        _("describes in the present tense"),
        _("stands in brackets"),
        _("heading of the section below"),
        _("labelled by a person"),
        _("repeats an earlier part of the page"),
        _("sums up in the line that carries headline and writers"),
        _("continues the line above"),
        _("between headline and first sentence, in one line with them"),
        _("a line that shares no word with what follows"),
        _("names where the picture comes from"),
        _("place and agency in front of the first sentence"),
        _("the outlet speaks of itself"),
        _("says who makes, pays or checks the page"),
        _("asks readers for something, below the report"),
        _("an offer with its price, below the report"),
        _("an address, below the report"),
        _("another subject begins here: “%(name)s”, not named before"),
        _("asks visitors to do something with the page"),
        _("the outlet speaks to its visitors"),
        _("speaks to visitors about the page"),
        _("tells in what state the page is"),
        _("tells visitors what they can do on the page"),
        _("counts what visitors do"),
        _("counts parts of the page"),
        _("names parts of the page and tells nothing"),
        _("closes the report as agencies do"),
        _("a counter of pictures or pages"),
        _("result of a poll on the page"),
        _("a sign without words"),
        _("an address to write to"),
        _("a table of the weather"),
        _("a table of prices"),
    ]
)
