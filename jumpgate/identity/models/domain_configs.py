"""What is configured for a single domain."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jumpgate.common.model import model

#: Option group → option → value.
Groups = Mapping[str, Mapping[str, object]]


@model
class DomainConfig:
    """The options of a domain that differ from everybody's.

    :param id: of the domain
    """

    id: str
    groups: Groups = dataclasses.field(default_factory=dict, repr=False)
