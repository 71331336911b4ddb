# SPDX-License-Identifier: MIT
"""The page on A4, through WeasyPrint; how it breaks is in the print part of style.css."""
from __future__ import annotations

import logging

import weasyprint


def no_fetching(url, *_, **__):
    """The page stands alone, so nothing is fetched, whatever a record may have put into it."""
    raise ValueError(f"the report refers to {url}")


def document(page):
    # WeasyPrint warns of every property that is meant for screens.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    # Without a base, marks of plots (<use href="#...">) are not found.
    return weasyprint.HTML(string=page, url_fetcher=no_fetching, base_url="report:").write_pdf()
