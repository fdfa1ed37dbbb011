"""A page is named in the table and loaded when it is opened."""

from __future__ import annotations

import pytest

from vermilion.studio.routes import PAGES, Page, open_all


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_view_of_the_table_is_there(page: Page) -> None:
    assert callable(page.loaded())


def test_all_pages_can_be_loaded_ahead() -> None:
    open_all()
