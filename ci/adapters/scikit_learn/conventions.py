# SPDX-License-Identifier: MIT
"""Conventions of which the library follows one that is not the default."""
from assay_adapter import Declined


def only(case, name, default, follows):
    """Declines the case unless it asks for what the library follows."""
    value = case.choice(name, default, *([follows] if follows != default else []))
    if value != follows:
        raise Declined(f"{name} = {value} is not offered by the library")
