"""The studio as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Studio(AppConfig):
    name = "vermilion.studio"
    label = "studio"
    default_auto_field = "django.db.models.BigAutoField"
