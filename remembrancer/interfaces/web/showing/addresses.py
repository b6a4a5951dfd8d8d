"""Addresses that stand on page after page, each made once."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address(route: str, *arguments: object) -> str:
    """The address of a route with its arguments, under the prefix of all addresses."""
    return _address(get_script_prefix(), route, *arguments)


@lru_cache(16384, typed=True)
def _address(prefix: str, route: str, *arguments: object) -> str:
    """An address depends on these alone; ``typed``, since 1 and True are equal and written differently."""
    return reverse(route, args=arguments)
