"""Taking photos with a camera: the last photo of the view as a ghost, and what is not right yet."""

from __future__ import annotations

import math
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.errors import VermilionError
from vermilion.face.curves import opening
from vermilion.face.track import follow, follow_lips
from vermilion.know.sourced import topic
from vermilion.photo.open import open_photo
from vermilion.studio.access import client_for
from vermilion.studio.pages.banner import banner
from vermilion.studio.record.kept_photos import VIEWS
from vermilion.studio.record.treated import treated

FRAME_BYTES = 400_000
"""A live frame at 640 pixels is 40 to 80 kB; more is no frame of this page."""


def show(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The camera page; a file can be chosen where there is no camera. On the day of a treatment
    photos are taken for swollen unless somebody says otherwise."""
    client = client_for(request, client_id, "open camera")
    newest: dict[str, str] = {}
    for photo in client.photos.filter(swollen=False).exclude(wrapped_key=b"").order_by("taken_at"):
        newest[photo.view] = str(photo.pk)
    today = timezone.localdate()
    just_treated = any(one.done == today for one in treated(client))
    views = [(key, words, newest.get(key, "")) for key, words in VIEWS.items()]
    return render(
        request,
        "studio/capture.html",
        banner(request, client)
        | {"views": views, "nil": UUID(int=0), "just_treated": just_treated},
    )


@require_POST
def frame(request: HttpRequest) -> HttpResponse:
    """Where the face stands in one live frame. Nothing of the frame is kept or written down.

    Gives {"face": false} or roll, yaw and pitch in degrees, the face's height as a share of the
    picture's and the mouth's width as one of the face's, where both lie, whether it is open.
    """
    upload = request.FILES.get("frame")
    if upload is None or (upload.size or 0) > FRAME_BYTES:
        return JsonResponse({"face": False}, status=413)
    try:
        photo = open_photo(upload.read())
    except VermilionError:
        return JsonResponse({"face": False})
    track = follow(photo.pixels, None, 0.0)
    if track is None:
        return JsonResponse({"face": False})
    face = follow_lips(track)
    box, points = face.box, face.points
    right, left = points["commissure_right"], points["commissure_left"]
    return JsonResponse(
        {
            "face": True,
            "roll_deg": round(face.pose.roll_deg, 1),
            "yaw_deg": round(face.pose.yaw_deg, 1),
            "pitch_deg": round(face.pose.pitch_deg, 1),
            "face_share": round((box.y1 - box.y0) / photo.height, 3),
            "box": [
                round(box.x0 / photo.width, 4),
                round(box.y0 / photo.height, 4),
                round(box.x1 / photo.width, 4),
                round(box.y1 / photo.height, 4),
            ],
            "mouth": [
                [round(right[0] / photo.width, 4), round(right[1] / photo.height, 4)],
                [round(left[0] / photo.width, 4), round(left[1] / photo.height, 4)],
            ],
            "mouth_px": round(math.dist(right, left), 1),
            "mouth_share": round(math.dist(right, left) / (box.y1 - box.y0), 4),
            "open": opening(face.mesh_px[:, :2]) > topic("quality").number("open_mouth").value,
        }
    )
