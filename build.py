# -*- coding: utf-8 -*-
"""The door: prepare what this machine lacks, then hand over to cardguide.cli.

Even Python 2.7 can read this file, so that an old Python answers with a sentence and not with a SyntaxError.
"""

import os
import sys

PROJECT = os.path.dirname(os.path.abspath(__file__))
TOO_OLD = """\
Python 3.11 or newer is needed; this is Python %d.%d (%s). Try: python3.11 build.py
Python 3.11 以上が必要です。いまの Python は %d.%d です（%s）。例: python3.11 build.py
"""
NOT_POSIX = """\
This project builds on Debian, Ubuntu and their relatives. On Windows, run it inside WSL.
このプロジェクトは Debian や Ubuntu などで動きます。Windows では WSL の中で実行してください。
"""
ENVIRONMENT = 3

if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.stderr.write(TOO_OLD % ((sys.version_info[0], sys.version_info[1], sys.executable) * 2))
        sys.exit(ENVIRONMENT)
    if os.name != "posix":
        sys.stderr.write(NOT_POSIX)
        sys.exit(ENVIRONMENT)
    # PYTHONSAFEPATH leaves the folder of the script out of the path.
    sys.path.insert(0, PROJECT)
    from door.start import start

    sys.exit(start(PROJECT, sys.argv[1:]))
