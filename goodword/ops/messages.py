"""The catalogue: every sentence of the house in one template, and one file of translations for each language."""

from __future__ import annotations

from pathlib import Path

from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.environment import ROOT

LOCALE = ROOT / "goodword" / "locale"
KEYWORDS = ("_now", "now_", "lazy", "gettext_lazy", "ngettext_lazy:1,2")
DOMAIN = "django"  # Django looks for its catalogues under this name


def extract(template: Path) -> Path:
    """Write every sentence of the code, the pages and letters, and the playbook to `template`, and return it."""
    template.parent.mkdir(parents=True, exist_ok=True)
    known = [part for word in KEYWORDS for part in ("-k", word)]
    about = ["--project", "Goodword", "--add-comments", "Translators:", "--no-wrap", "--sort-by-file"]
    _babel("extract", "-F", str(ROOT / "babel.cfg"), *known, *about, "-o", str(template), str(ROOT))
    return template


def bring_up_to_date(language: str = "", locale: Path = LOCALE) -> list[str]:
    """Extract, carry what is new into each language's catalogue, and compile it. Return the languages there are.

    `language` names one to begin, as Babel writes it (de, pt_BR). Raises babel's UnknownLocaleError for one it does not know.
    """
    template = extract(locale / "goodword.pot")
    here = ["-D", DOMAIN, "-d", str(locale)]
    if language and not (locale / language).exists():
        _babel("init", "-i", str(template), *here, "-l", language, "--no-wrap")
    languages = sorted(path.parents[1].name for path in locale.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    for each in languages:
        _babel("update", "-i", str(template), *here, "-l", each, "--no-wrap")
        _compile(locale / each / "LC_MESSAGES", each)
    return languages


def _compile(folder: Path, language: str) -> None:
    """Compile one catalogue. A plural of which a form is still empty is left out, so that it stays English."""
    with (folder / f"{DOMAIN}.po").open("rb") as file:
        catalogue = read_po(file, locale=language, domain=DOMAIN)
    for message in list(catalogue):
        if message.id and isinstance(message.string, (tuple, list)) and not all(message.string):
            catalogue.delete(message.id, message.context)
    with (folder / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue)


def _babel(*arguments: str) -> None:
    CommandLineInterface().run(["pybabel", "--quiet", *arguments])  # type: ignore[no-untyped-call]
