"""A task: what it is about, and closing it with words."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vermilion.errors import UsageError
from vermilion.studio.access import client_for, person_of
from vermilion.studio.models import Task
from vermilion.studio.pages.banner import banner
from vermilion.studio.record import tasks as record
from vermilion.studio.record.worded import signs_of
from vermilion.studio.voices import refusal, text, voice_of


def show(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """What was reported, to which visit and lots it belongs, and the field to close it."""
    task = Task.objects.select_related("entry", "entry__about", "person").filter(pk=task_id).first()
    if task is None:
        raise Http404
    client = client_for(request, task.client_id, "read task")
    error = ""
    if request.method == "POST":
        try:
            record.close(task, request.POST.get("words", ""), person_of(request))
        except UsageError as refused:
            error = refusal(refused)
        else:
            messages.success(request, text("Closed; what was done stays in the record."))
            return redirect("today")
    content = {} if task.entry is None else task.entry.content
    visit = None if task.entry is None else task.entry.about
    context = banner(request, client) | {
        "task": task,
        "content": content,
        "named": signs_of(voice_of(), content),
        "visit": visit,
        "screening": task.entry
        if task.entry is not None and task.entry.kind == "screening"
        else None,
        "visit_content": {} if visit is None else visit.content,
        "error": error,
    }
    return render(request, "studio/task.html", context, status=422 if error else 200)
