"""Sheets on paper: from finished HTML to a PDF that is proved sound.

``press`` is the door for the outputs. It starts ``worker`` processes, because only a child process may see
the one fontconfig file that pins the fonts, and because only a child process can be stopped when a layout
never ends.
"""
