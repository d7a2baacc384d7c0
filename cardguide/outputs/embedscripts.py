"""Scripts of the embeds without comments and indentation; what is left is the same program, line by line."""


def minified_script(text: str) -> str:
    """Return a script without its comment lines, indentation and empty lines."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
