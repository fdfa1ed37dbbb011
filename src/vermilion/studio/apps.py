"""The studio as a Django application."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


class Studio(AppConfig):
    name = "vermilion.studio"
    label = "studio"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        user_logged_in.connect(_began, dispatch_uid="a login begins")


def _began(sender: object, request: HttpRequest, user: object, **_: Any) -> None:
    from vermilion.studio.sittings import begin  # models stand only once all apps are ready

    begin(request.session, request.META.get("HTTP_USER_AGENT", ""))
