"""A browser between two origins: a partner's pages on one, our files on the other."""

from collections.abc import Iterator

import pytest
from embed_hosts import ACAO, World, create_files, serving
from playwright.sync_api import Browser


@pytest.fixture(scope="package")
def files() -> dict[str, bytes]:
    return create_files()


@pytest.fixture
def world(browser: Browser, files: dict[str, bytes]) -> Iterator[World]:
    with (
        serving({}, name="127.0.0.1") as host,
        serving(dict(files), name="localhost", everywhere=ACAO) as embed,
    ):
        context = browser.new_context(viewport={"width": 1000, "height": 800})
        page, console = context.new_page(), list[str]()
        page.on("console", lambda message: console.append(message.text))
        page.on("pageerror", lambda error: console.append(str(error)))
        yield World(host=host, embed=embed, page=page, console=console)
        context.close()
