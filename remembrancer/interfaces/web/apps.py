"""The Django application of the pages."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates and files of the office."""

    name = "remembrancer.interfaces.web"
    label = "web"
