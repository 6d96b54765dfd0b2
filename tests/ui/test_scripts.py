"""What our scripts write into a page: words as text, and as HTML nothing but what our own server has escaped."""

from __future__ import annotations

import re
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "goodword" / "ui" / "static" / "goodword"
WRITES_HTML = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|setHTMLUnsafe|srcdoc)\b[^\n]*"
)

# Each takes a fragment whole, as it was answered to a fetch of an address of ours, and adds nothing to it.
FRAGMENTS = {"clock.js": "innerHTML = html;", "polling.js": "innerHTML = await answer.text();"}


def test_html_is_written_where_a_whole_fragment_of_our_server_is_and_nowhere_else() -> None:
    scripts = {path.name: path.read_text() for path in SCRIPTS.glob("*.js")}
    assert len(scripts) > 3
    found = {(name, line) for name, text in scripts.items() for line in WRITES_HTML.findall(text)}
    assert found == set(FRAGMENTS.items())


def test_no_script_makes_code_of_text() -> None:
    for path in SCRIPTS.glob("*.js"):
        assert not re.search(r"\beval\(|new Function\(|setTimeout\([\"'`]|javascript:", path.read_text()), path.name
