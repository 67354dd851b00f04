"""What a video becomes, inside its process: H.264 and AAC in pieces that can be sought, in two sizes, and a poster.

Runs where `video_child` has locked itself up. Time is made even: pictures come at a
constant pace, repeated or left out where the source was uneven, and every piece begins with a key frame at a time that
is known beforehand. Nothing that the source says about place, camera or author goes along: what comes out is made of
pixels and samples alone.
"""

from fractions import Fraction
from typing import Any

import av

from collegium.media.video_parts import SOUND_RATE, Poster, Sound

PIECE_SECONDS = 4
MOST_PACE = 30


class MakingError(Exception):
    """One word for the parent, which has the sentences."""


def sized(frame: Any, video: Any, most: tuple[int, int]) -> tuple[int, int]:
    """Width and height as it is to be seen: upright, with square pixels, even, within so many pixels on either side.

    Args:
        frame: the first of it.
        video: its stream, which knows the shape of its pixels.
        most: the long side and the short side.
    """
    ratio = video.sample_aspect_ratio or Fraction(1)
    stretch = float(ratio) if 0.2 < float(ratio) < 5 else 1.0
    width, height = frame.width * stretch, float(frame.height)
    if frame.rotation % 180:
        width, height = height, width
    scale = min(most[0] / max(width, height), most[1] / min(width, height), 1.0)
    return max(round(width * scale / 2) * 2, 2), max(round(height * scale / 2) * 2, 2)


class Turner:
    """Turns pictures upright; the system of filters is made when the first one comes."""

    def __init__(self, degrees: int) -> None:
        self.quarters = round(degrees / 90) % 4
        self.graph: Any = None

    def __call__(self, frame: Any) -> Any:
        """The picture, upright."""
        if self.quarters == 0:
            return frame
        if self.graph is None:
            self.graph = av.filter.Graph()
            nodes = [
                self.graph.add_buffer(
                    width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 1000)
                )
            ]
            # `rotation` counts against the clock.
            ways = {1: ["cclock"], 2: ["clock", "clock"], 3: ["clock"]}[self.quarters]
            nodes += [self.graph.add("transpose", way) for way in ways]
            self.graph.link_nodes(*nodes, self.graph.add("buffersink")).configure()
        self.graph.vpush(frame)
        return self.graph.vpull()


class Rendition:
    """One size of it, written into one file."""

    def __init__(self, file: Any, size: tuple[int, int], pace: Fraction, sound: bool, asked: dict[str, Any]) -> None:
        movflags = "frag_keyframe+empty_moov+default_base_moof+skip_trailer"
        self.container = av.open(
            file, "w", format="mp4", container_options={"movflags": movflags, "fflags": "+bitexact"}
        )
        self.size = size
        every = round(pace * PIECE_SECONDS)
        rate = asked["rate"]
        self.video = self.container.add_stream(
            "libx264",
            rate=pace,
            options={
                "preset": asked["preset"],
                "crf": str(asked["crf"]),
                "maxrate": str(rate),
                "bufsize": str(2 * rate),
                "g": str(every),
                "keyint_min": str(every),
                "sc_threshold": "0",
                "bf": "0",
                "threads": "1",
                "profile": "high",
                "flags": "+cgop",
            },
        )
        self.video.width, self.video.height, self.video.pix_fmt = *size, "yuv420p"
        self.video.codec_context.time_base = 1 / pace
        self.video.codec_context.thread_count = 1
        self.audio = None
        if sound:
            self.audio = self.container.add_stream("aac", rate=SOUND_RATE, layout="stereo")
            self.audio.codec_context.bit_rate = asked["sound"]

    def picture(self, frame: Any, number: int) -> None:
        """Write one."""
        frame.pts, frame.time_base = number, self.video.codec_context.time_base
        frame.pict_type = 0
        for packet in self.video.encode(frame):
            self.container.mux(packet)

    def sound(self, frame: Any) -> None:
        """Write some."""
        if self.audio is not None:
            for packet in self.audio.encode(frame):
                self.container.mux(packet)

    def finish(self) -> None:
        """Write what the encoders still hold."""
        for stream in (self.video, self.audio):
            for packet in stream.encode(None) if stream is not None else ():
                self.container.mux(packet)
        self.container.close()


class Maker:
    """Takes decoded pictures and sound in the order of the file, and writes everything that is asked for."""

    def __init__(self, video: Any, audio: Any, request: dict[str, Any], outputs: list[Any], *, start: float) -> None:
        self.source, self.sounds, self.request, self.outputs = video, audio is not None, request, outputs
        self.start, self.most = start, request["most"]["seconds"]
        rate = video.average_rate or video.guessed_rate or Fraction(25)
        self.pace = Fraction(min(max(rate, 5), MOST_PACE)).limit_denominator(1001)
        if self.pace * PIECE_SECONDS != round(self.pace * PIECE_SECONDS):
            self.pace = Fraction(round(self.pace * PIECE_SECONDS), PIECE_SECONDS)
        self.sound = Sound()
        self.held: Any = None
        self.scaled: list[Any] = []
        self.number = self.taken = 0
        self.renditions: list[Rendition] = []
        length = float(video.duration * video.time_base) if video.duration else None
        self.poster = Poster(request.get("poster"), length)

    @property
    def seconds(self) -> float:
        """How far it is."""
        return float(self.number / self.pace)

    def take(self, frame: Any) -> None:
        """One more, picture or sound.

        Raises:
            MakingError: it goes on for too long, whatever the header said.
        """
        if frame.pts is None or frame.time_base is None:
            return
        seconds = float(frame.pts * frame.time_base) - self.start
        if seconds > self.most + 1:
            raise MakingError("long")
        if isinstance(frame, av.VideoFrame):
            self.taken += 1
            if self.taken > self.most * 240 or frame.width * frame.height > self.request["most"]["area"]:
                raise MakingError("huge")
            self._picture(frame, seconds)
        else:
            self._sound(frame, seconds)

    def _sound(self, frame: Any, seconds: float) -> None:
        if seconds < 0:
            return
        frame.pts = round(seconds / frame.time_base)
        self._spread(self.sound.take(frame))

    def _spread(self, frames: list[Any]) -> None:
        self._begin(None)
        for sound in frames:
            for rendition in self.renditions:
                rendition.sound(sound)

    def _begin(self, frame: Any) -> None:
        """Open the files when the first picture says how large it is."""
        if self.renditions or frame is None:
            return
        self.turn = Turner(frame.rotation)
        box = [tuple(each["box"]) for each in self.request["renditions"]]
        sizes = [sized(frame, self.source, size) for size in box]
        kept = [0] + [at for at in range(1, len(sizes)) if min(sizes[at]) * 1.2 < min(sizes[at - 1])]
        for at in kept:
            asked = self.request["renditions"][at]
            self.renditions.append(Rendition(self.outputs[at], sizes[at], self.pace, self.sounds, asked))

    def _picture(self, frame: Any, seconds: float) -> None:
        self._begin(frame)
        # The held picture is seen until this one's time has come.
        while self.held is not None and self.number / self.pace < seconds - float(1 / self.pace) / 2:
            self._show()
        self.held, self.scaled = frame, []

    def _show(self) -> None:
        """Write the held picture once."""
        if not self.scaled:
            width, height = self.renditions[0].size
            across = (height, width) if self.turn.quarters % 2 else (width, height)
            flat = self.held.reformat(width=across[0], height=across[1], format="yuv420p", dst_color_range="MPEG")
            flat.pts, flat.time_base = self.number, Fraction(1, 1000)
            upright = self.turn(flat)
            smaller = [upright.reformat(width=each.size[0], height=each.size[1]) for each in self.renditions[1:]]
            self.scaled = [upright, *smaller]
            at = float(self.number / self.pace)
            self.poster.look(upright, at, whole=self.number % max(round(self.pace), 1) == 0)
        for rendition, picture in zip(self.renditions, self.scaled, strict=True):
            rendition.picture(picture, self.number)
        self.number += 1

    def finish(self) -> dict[str, Any]:
        """Write the rest, and say what was made.

        Raises:
            MakingError: there was nothing to see.
        """
        if self.held is None:
            raise MakingError("broken")
        self._show()
        if self.sounds:
            self._spread(self.sound.rest())
        for rendition in self.renditions:
            rendition.finish()
        self.poster.file(self.outputs[-1])
        for output in self.outputs:
            output.flush()
        return {
            "frames": self.number,
            "pace": [self.pace.numerator, self.pace.denominator],
            "piece": round(self.pace * PIECE_SECONDS),
            "sizes": [rendition.size for rendition in self.renditions],
        }
