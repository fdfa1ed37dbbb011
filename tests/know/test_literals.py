"""Every text that the program itself says is translated and keeps the rules of texts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import vermilion
from vermilion.know.catalogue import LANGUAGES, catalogue
from vermilion.know.shelf import packaged
from vermilion.know.wording import PLACEHOLDER, faults_of_text

SOURCE = Path(vermilion.__file__).parent


def literals() -> list[tuple[str, str]]:
    """(file, text) of every `….say("text")` and `phrase("text")` in the program, and of every
    label and hint of a form."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.keyword)
                and node.arg in ("label", "help_text")
                and isinstance(node.value, ast.Constant)
                and path.parent.name == "pages"
            ):
                found.append((str(path.relative_to(SOURCE)), str(node.value.value)))
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute | ast.Name)
                and (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id)
                in ("say", "text", "phrase")
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                found.append((str(path.relative_to(SOURCE)), node.args[0].value))
    return found + list(in_templates())


def in_templates() -> Iterator[tuple[str, str]]:
    """(file, text) of every text in a template of the studio: said, or handed to a part."""
    for path in sorted(SOURCE.rglob("*.html")):
        page = path.read_text("utf-8")
        tags = r"""\{% say (["'])(.+?)\1|(["'])([^"']+)\3\|said|\b(?:words|hint)=(")(.+?)\5"""
        for match in re.finditer(tags, page):
            text = match.group(2) or match.group(4) or match.group(6)
            yield str(path.relative_to(SOURCE)), text


def test_there_are_texts_to_look_at() -> None:
    assert len(literals()) > 3


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_text_of_the_program_is_translated(language: str) -> None:
    known = catalogue(packaged(), language)
    missing = [
        (file, text)
        for file, text in literals()
        if any(letter.isalpha() for letter in PLACEHOLDER.sub("", text)) and text not in known
    ]
    assert missing == []


def test_no_text_of_the_program_breaks_the_rules_of_texts() -> None:
    known = {language: catalogue(packaged(), language) for language in LANGUAGES[1:]}
    for file, text in literals():
        assert list(faults_of_text(text, "en")) == [], (file, text)
        for language, texts in known.items():
            assert list(faults_of_text(texts.get(text, ""), language)) == [], (file, text)
