"""Makes a practice on disk with one client, one photo and one note; run as a program of its own."""

import sys
from io import BytesIO
from pathlib import Path

from vermilion.studio import serve

serve.prepare(Path(sys.argv[1]), lambda: "")

from django.utils import timezone  # noqa: E402
from PIL import Image  # noqa: E402

from vermilion.studio.models import Person  # noqa: E402
from vermilion.studio.record import clients, entries, photos  # noqa: E402

owner = Person.objects.create(username="olga", role="owner")
client = clients.new_client({"name": "Ana Sample", "born": "1990-02-03"}, owner)
entries.add(client, "note", {"words": "hello"}, by=owner)
picture = BytesIO()
Image.new("RGB", (300, 200), (200, 140, 140)).save(picture, "PNG")
photos.add_photo(client, picture.getvalue(), "rest", timezone.now(), by=owner)
