# SPDX-License-Identifier: MIT
"""The report of one run of `make bench`: record -> figures, text, tables -> HTML, PDF, Markdown."""
