"""How people are called: titles, "Surname, First", particles, initials, single names. Pure, and only ever a beginning:
whoever is called otherwise says so in their settings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from goodword.ground.text import tidy_line

_SPELT = """
    mr mrs ms miss mx mister dr doctor prof professor sir dame lord lady rev revd reverend father sister brother rabbi imam
    judge justice capt captain major colonel lt sgt cllr herr frau fräulein mme mlle monsieur madame mademoiselle maître
    señor señora señorita doña signor signora dottore dottoressa dhr mevr mevrouw meneer drs
"""
_ABBREVIATIONS = "m me fr sr sra srta d dª sig dott avv ing arch dipl mag dra mw ir mgr hr hon maj col st"
_BEHIND = """
    jr jnr junior sr snr senior ii iii iv phd dphil md mba msc bsc ba ma llb llm bcom fca aca acca frcs mrics ceng obe mbe cbe
    kbe qc kc esq jp cpa cfa
"""
_JOINING = "van von der den de del della di da dos das du la le ter ten zu zum zur af av bin ibn al el y e"
TITLES, WITH_A_STOP = frozenset(_SPELT.split()), frozenset(_ABBREVIATIONS.split())
AFTER, PARTICLES = frozenset(_BEHIND.split()), frozenset(_JOINING.split())
_NICKNAME = re.compile(r"[(\"“„«‘']\s*([^()\"“”„«»‘’']+?)\s*[)\"”“»’'](?=\s)")
_FIRM = re.compile(r"\s*\([^()]*\)$")


def in_order(name: str) -> str:
    """Return a name as it is said: "Moor, Ben" is Ben Moor. What stands behind a whole name stays there: Ann Sorrell, Marple."""
    said = tidy_line(name).strip(" ,")
    whole = _FIRM.sub("", said)
    family, comma, rest = whole.partition(",")
    given = [part.strip() for part in rest.split(",") if part.strip() and not _is_after(part.strip())]
    words = [word for word in family.split() if word.casefold() not in PARTICLES]
    if not comma or len(given) != 1 or len(words) != 1 or "&" in rest or given[0][:1].islower():
        return said
    return f"{given[0]} {family.strip()}{said[len(whole) :]}"


def first_of(name: str) -> str:
    """Return what to call somebody in a sentence: the given name, where a name has one that can be told.

    A title stays with a surname that stands alone ("Dr Banerjee"); names in scripts that put the family first stay whole.
    """
    said = _FIRM.sub("", in_order(name)) or tidy_line(name)
    nickname = _NICKNAME.search(said)
    if nickname and nickname.start():
        return nickname.group(1)
    words = said.replace(",", " ").split()
    titles = _titles(words)
    words = words[len(titles) :]
    while len(words) > 1 and _is_after(words[-1]):
        words.pop()
    if len(words) < 2 or words[0] in PARTICLES or _family_first(words[0]):
        return " ".join([*titles, *words])
    return next((word for word in words[:-1] if not _is_initial(word)), "") or " ".join(words)


def salutation_name(name: str) -> str:
    """Return how a letter begins to somebody: the title with the surname ("Mrs Okell"), or else as they are called ("Janet").

    A name of a firm, that of two people, or one in whose end no surname can be told, stays whole.
    """
    said = _FIRM.sub("", in_order(name)) or tidy_line(name)
    words = said.split()
    titles = _titles(words)
    if "," in said or "&" in said or "and" in words:
        return said
    if not titles:
        return first_of(said)
    while len(words) > len(titles) + 1 and _is_after(words[-1]):
        words.pop()
    at = len(words) - 1
    while at > len(titles) and words[at - 1].casefold() in PARTICLES:
        at -= 1
    return " ".join([*titles, *words[at:]])


def apart(names: Sequence[str], calls: Sequence[str]) -> list[str]:
    """Return what to call each of several people on one page: as they are called, and by the whole name where two share that."""
    shared = {call for call, many in Counter(call.casefold() for call in calls).items() if many > 1}
    return [name if call.casefold() in shared else call for name, call in zip(names, calls, strict=True)]


def _titles(words: Sequence[str]) -> list[str]:
    """Return the titles a name begins with; a word that stands alone is none."""
    found: list[str] = []
    for word in words[:-1]:
        bare = word.rstrip(".").casefold()
        if bare not in TITLES and not (word.endswith(".") and bare in WITH_A_STOP):
            break
        found.append(word)
    return found


def _is_after(word: str) -> bool:
    return word.replace(".", "").casefold() in AFTER


def _is_initial(word: str) -> bool:
    return len(word.replace(".", "")) == 1 or (word.endswith(".") and len(word) <= 4)


def _family_first(word: str) -> bool:
    """Whether a word is in Chinese, Japanese or Korean script."""
    return unicodedata.name(word[0], "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))
