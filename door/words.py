"""The words of the door, in Japanese and English."""

import contextlib
import os
from collections.abc import Mapping, Sequence
from typing import Literal

Language = Literal["ja", "en"]

ENVIRONMENT, FILE_SYSTEM, INTERRUPTED, TERMINATED = 3, 4, 130, 143

WORDS: Mapping[str, Mapping[Language, str]] = {
    "setting-up": {
        "ja": "準備します（初回と、更新のあとだけ）。記録: {log}",
        "en": "Setting up (the first time and after updates only). Log: {log}",
    },
    "system-packages": {
        "ja": "システムのパッケージを入れます: {packages}",
        "en": "Installing system packages: {packages}",
    },
    "virtual-environment": {
        "ja": "仮想環境を作ります: {folder}",
        "en": "Making the virtual environment: {folder}",
    },
    "python-packages": {
        "ja": "Python のパッケージを入れます: {lock}（{count} 個）",
        "en": "Installing Python packages: {lock} ({count} of them)",
    },
    "browser": {
        "ja": "テスト用の Chromium を入れます: {folder}",
        "en": "Installing Chromium for the tests: {folder}",
    },
    "web-server": {
        "ja": "テスト用の nginx を展開します（この機械には入れません）: {folder}",
        "en": "Unpacking nginx for the tests (nothing is installed on this machine): {folder}",
    },
    "still-working": {"ja": "  … {seconds} 秒: {line}", "en": "  … {seconds} s: {line}"},
    "ready": {"ja": "準備ができました（{seconds} 秒）。", "en": "Ready ({seconds} s)."},
    "waiting": {
        "ja": "別の準備が進行中です。終わるのを待ちます: {lock}",
        "en": "Another set-up is running; waiting for it to end: {lock}",
    },
    "packages-missing": {
        "ja": "足りないシステムのパッケージがあります: {packages}\n"
        "次を実行してから、もう一度お試しください:\n  {command}",
        "en": "System packages are missing: {packages}\nType this, then try again:\n  {command}",
    },
    "no-apt": {
        "ja": "足りないものがあります: {probes}（Debian と Ubuntu でのパッケージ名: {packages}）\n"
        "この機械に apt-get はありません。お使いのパッケージ管理で入れてから、もう一度お試しください。",
        "en": "Missing on this machine: {probes} (Debian and Ubuntu call the packages: {packages})\n"
        "There is no apt-get here: install them with the package manager of this system, then try again.",
    },
    "still-missing": {
        "ja": "パッケージを入れましたが、まだ見つかりません: {probes}（パッケージ: {packages}）",
        "en": "The packages were installed but these are still not found: {probes} (packages: {packages})",
    },
    "browser-missing": {
        "ja": "テスト用の Chromium がありません。\n次を実行してから、もう一度お試しください:\n  {command}",
        "en": "Chromium for the tests is missing. Type this, then try again:\n  {command}",
    },
    "browser-alternative": {
        "ja": "または、Google Chrome か、snap でない Chromium を PATH の通った場所に入れてください。",
        "en": "Or install Google Chrome or a Chromium that is not a snap, somewhere on PATH, then try again.",
    },
    "step-failed": {
        "ja": "失敗しました（終了コード {code}）: {command}\n{tail}\n全体の記録: {log}",
        "en": "This failed (exit code {code}): {command}\n{tail}\nThe whole log: {log}",
    },
    "file-system": {
        "ja": "ファイルを書けません: {error}",
        "en": "Cannot write a file: {error}",
    },
    "interrupted": {
        "ja": "中断しました。次の実行で続きから準備します。",
        "en": "Interrupted. The next run takes up the set-up again.",
    },
}


class SetupError(Exception):
    """Set-up cannot go on: a message for the person at the terminal and an exit code."""

    def __init__(self, message: str, code: int = ENVIRONMENT) -> None:
        super().__init__(message)
        self.code = code


class Voice:
    """Speaks to the person at the terminal, in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def word(self, key: str, **details: object) -> str:
        """Return the words of a key with its details in place."""
        return WORDS[key][self._language].format(**details)

    def say(self, key: str, **details: object) -> None:
        """Print the words of a key."""
        write_line(self.word(key, **details))


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return what ``--lang`` asks for, else the language of the terminal."""
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            return "ja" if arguments[position + 1] == "ja" else "en"
        if argument.startswith("--lang="):
            return "ja" if argument == "--lang=ja" else "en"
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ja" if next(filter(None, names), "").startswith("ja") else "en"


def write_line(text: str) -> None:
    """Write a line to standard error, which may be closed, full or unable to encode Japanese."""
    with contextlib.suppress(OSError):
        os.write(2, encode(f"{text}\n"))


def encode(text: str) -> bytes:
    """Return UTF-8; a path that this terminal's encoding could not read comes out as it is on the disk."""
    return text.encode("utf-8", "surrogateescape")
