"""Recordings and files for tests, and ways to bring them in."""

import io
import math
from array import array
from typing import Any

import av
from django.core.files.uploadedfile import SimpleUploadedFile

from collegium.media.tests.pictures import file_of, speckled
from collegium.members.models import Member
from collegium.messaging.files import taking
from collegium.messaging.models import Attachment
from collegium.uploads import taking as uploads
from collegium.uploads.models import Upload

RATE = 48_000
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"


def sound(
    seconds: float = 2, *, form: str = "webm", codec: str = "libopus", loud: float = 0.3, video: bool = False
) -> Any:
    """A recording as a browser makes one: a hum that comes and goes, with a picture where one is asked for."""
    file = io.BytesIO()
    container = av.open(file, "w", format=form)
    stream: Any = container.add_stream(codec, rate=RATE, layout="mono")
    picture: Any = container.add_stream("libvpx", rate=5) if video else None
    if picture is not None:
        picture.width, picture.height, picture.pix_fmt = 32, 32, "yuv420p"
    even = av.AudioResampler(format=stream.codec_context.format.name, layout="mono", rate=RATE, frame_size=960)
    for begin in range(0, int(seconds * RATE), 960):
        frame = av.AudioFrame(format="fltp", layout="mono", samples=960)
        frame.sample_rate, frame.pts = RATE, begin
        moments = range(begin, begin + 960)
        hum = [loud * math.sin(at * 0.05) * abs(math.sin(at / 24_000)) for at in moments]
        frame.planes[0].update(array("f", hum).tobytes())
        for each in even.resample(frame):
            container.mux(stream.encode(each))
    container.mux(stream.encode(None))
    if picture is not None:
        container.mux(picture.encode(av.VideoFrame(32, 32, "yuv420p")))
        container.mux(picture.encode(None))
    container.close()
    return file.getvalue()


def came(owner: Member, name: str, content: bytes) -> Upload:
    """A file that was sent ahead, whole."""
    return uploads.take_in(owner, SimpleUploadedFile(name, content), taking.PURPOSE)


def file(owner: Member, name: str = "tides.pdf", content: bytes = PDF) -> Attachment:
    """One that waits for its message."""
    return taking.take_sent(owner, came(owner, name, content).key)


def picture(owner: Member, name: str = "harbour.jpg", width: int = 1200, height: int = 900) -> Attachment:
    """A picture that waits."""
    return file(owner, name, file_of(speckled(width, height), ".jpg"))


def voice(owner: Member, seconds: float = 2) -> Attachment:
    """A voice note that waits."""
    return taking.take_sent(owner, came(owner, "voice.webm", sound(seconds)).key, spoken=True)
