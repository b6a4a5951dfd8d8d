"""What a route may ask of its caller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from remembrancer.access import Deed

Need = Literal["everyone", "account", "owner"] | Deed
"""Nothing, to be signed in, to be the owner, or to be let do a deed."""

Routes = Mapping[str, Need]
"""The names of routes, each with what it needs."""
