"""A browser between two origins: a partner's pages on one, our files on the other."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from embed_hosts import ACAO, World, create_files, serving
from playwright.sync_api import Browser
from site_server import launching


@pytest.fixture(scope="package")
def files() -> dict[str, bytes]:
    return create_files()


@pytest.fixture
def world(browser: Browser, files: dict[str, bytes]) -> Iterator[World]:
    with opening_world(browser, files) as world:
        yield world


@pytest.fixture
def newer_world(browser: Browser, files: dict[str, bytes]) -> Iterator[World]:
    """Open the same in a browser that gives frames their height by itself, as Chrome does from version 152."""
    with (
        launching(browser.browser_type, "--enable-blink-features=ResponsiveIframes") as newer,
        opening_world(newer, files) as world,
    ):
        yield world


@pytest.fixture(params=["world", "newer_world"])
def each_world(request: pytest.FixtureRequest) -> World:
    """Open the same in this browser, and in one that gives frames their height by itself."""
    world: World = request.getfixturevalue(request.param)
    supports = world.page.evaluate("CSS.supports('frame-sizing', 'content-height')")
    assert supports or request.param == "world"
    return world


@contextmanager
def opening_world(browser: Browser, files: dict[str, bytes]) -> Iterator[World]:
    """Open a page between two origins."""
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
