"""Letters and files of a client: added with a few words, handed out to be saved."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vermilion.errors import UsageError
from vermilion.studio.access import client_for, entry_for, person_of
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.sent import attachment
from vermilion.studio.record import documents as record
from vermilion.studio.voices import refusal, text


def index(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """All files of a client, and a form for one more."""
    client, error = client_for(request, client_id, "open files"), ""
    if request.method == "POST":
        try:
            record.add_document(
                client, _content(request), request.POST.get("words", ""), person_of(request)
            )
        except UsageError as refused:
            error = refusal(refused)
        else:
            messages.success(request, text("The file is in the record."))
            return redirect("documents", client.pk)
    rows = [{"entry": one, "content": one.content} for one in record.of_client(client)]
    context = banner(request, client) | {
        "rows": rows,
        "error": error,
        "words": request.POST.get("words", ""),
        "most": record.MOST_MB,
    }
    return render(request, "studio/documents.html", context, status=422 if error else 200)


def show(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One file, to save; its name tells nothing of the client."""
    entry = entry_for(request, entry_id, "document", "read file")
    kind = entry.content["type"]
    name = f"{entry.at:%Y-%m-%d}-{str(entry.pk)[:8]}.{kind}"
    return attachment(record.document_bytes(entry), record.MEDIA[kind], name)


def _content(request: HttpRequest) -> bytes:
    """
    Raises
    ------
    UsageError : no file came, or one that was cut off
    """
    upload = request.FILES.get("file")
    if isinstance(upload, UploadedFile):
        content: bytes = upload.read()
        return content
    if any(getattr(one, "cut", False) for one in request.upload_handlers):
        raise UsageError(
            "this file has more than {most} MB", "", "choose a smaller one", most=record.MOST_MB
        )
    raise UsageError("no file came", "a PDF, JPEG or PNG is needed", "choose one")
