# SPDX-License-Identifier: MIT
"""matplotlib's figures as inline SVG: small, without identifiers that meet in one page, in the
page's own font."""
from __future__ import annotations

import io
import re
from html import escape

from .palette import FONT


def rounded(match):
    return f"{float(match.group()):.2f}".rstrip("0").rstrip(".")


def of_figure(figure, name, title):
    """The figure as one <svg> element whose identifiers start with `name`."""
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None,
                                                 "Type": None})
    return cleaned(file.getvalue(), name, title)


def cleaned(text, name, title):
    text = text[text.index("<svg"):]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.S)
    # matplotlib groups every artist under a name that nothing refers to.
    text = re.sub(r'<g id="[^"]*">', "<g>", text)
    text = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", text)
    text = text.replace("xlink:href", "href")
    text = re.sub(r"\bfont: (?:(\d{3}) )?([\d.]+)px [^;\"]*",
                  lambda m: (f"font-weight: {m[1]}; " if m[1] else "") + f"font-size: {m[2]}px",
                  text)
    text = re.sub(r"<[^>]*>", lambda tag: re.sub(r"-?\d+\.\d{3,}", rounded, tag[0]), text)
    text = re.sub(r"\s*\n\s*", "\n", text)
    view = re.search(r'viewBox="([^"]*)"', text)[1]
    start = opening(view, title)
    return re.sub(r"<svg[^>]*>", lambda m: start, text, count=1).strip()


def opening(view, title):
    """The start tag: as wide as its box and no wider than drawn, with the text that is read aloud.

    The font is named here, since WeasyPrint lets no style of the page into an SVG."""
    width, height = view.split()[2:]
    return (f'<svg role="img" aria-label="{escape(title)}" viewBox="{view}" width="{width}" '
            f'height="{height}" font-family="{FONT}">')
