"""The process that opens a stranger's video. Started for one file, locked up before it sees a byte of it.

The file is its standard input, open and seekable; what it makes goes into files that were opened for it and whose
numbers stand on its command line. It has no names of files, no network, no settings, no environment. It says what it
does in lines of JSON on its standard output: `{"facts": …}` when it has read the header, `{"done": share}` now and
then, and last `{"made": …}` or `{"problem": word}`.

The container is told by the first bytes, and only its reader is used: playlists, lists of files and everything else
that names other files is never a video. Decoders are those of a short list.
"""

import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Iterator
from typing import Any

import av

from collegium.media import sandbox
from collegium.media.video_making import Maker, MakingError, sized
from collegium.media.video_parts import Poster

MEMORY = 1600 * 1024 * 1024
OPEN_FILES = 32
OUTPUT = 3 * 1024**3
STREAMS = 32
TOLD = 0.005
# Times of pictures are fractions; a moment that was written in letters is not.
ROUNDING = 0.001

VIDEO = {"h264", "hevc", "vp8", "vp9", "av1", "mpeg4"}
AUDIO = {"aac", "opus", "vorbis", "mp3"}
DECODERS = "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,libdav1d,av1,mpeg4,aac,opus,libopus,vorbis,mp3,mp3float"
MOST_RATE = 240


def container_of(head: bytes) -> str:
    """The reader for a file, by its first bytes; names and declared types are not asked.

    Raises:
        MakingError: it is none of the two families of containers that are read.
    """
    if head[4:8] in (b"ftyp", b"moov", b"wide", b"mdat", b"free", b"skip"):
        return "mov"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    raise MakingError("unknown" if head else "empty")


def opened(file: Any) -> Any:
    """The container, with nothing but its own reader, the listed decoders and no way to other files."""
    head = file.read(16)
    file.seek(0)
    reader = container_of(head)
    options = {
        "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm",
        "codec_whitelist": DECODERS,
        "protocol_whitelist": "none",
        "max_streams": str(STREAMS),
        "enable_drefs": "0",
        "probesize": str(8 * 1024 * 1024),
        "analyzeduration": "10000000",
        "threads": "1",
    }
    if reader == "matroska":
        del options["enable_drefs"]
    try:
        return av.open(file, "r", format=reader, container_options=options)
    except (av.error.FFmpegError, MemoryError, ValueError, OSError) as error:
        crowded = isinstance(error, MemoryError) or getattr(error, "errno", 0) == 12
        raise MakingError("crowded" if crowded else "broken") from None


def chosen(container: Any, most: dict[str, Any]) -> tuple[Any, Any]:
    """The picture and the sound of it: the first of each; covers and everything else are left aside.

    Raises:
        MakingError: there is no picture, or it is of a kind, size or pace that is not taken.
    """
    if len(container.streams) >= STREAMS:
        raise MakingError("crowded")
    covers = av.stream.Disposition.attached_pic
    video = next((each for each in container.streams.video if not each.disposition & covers), None)
    audio = next(iter(container.streams.audio), None)
    if video is None:
        raise MakingError("silent" if audio is None else "sound_only")
    if _codec(video) not in VIDEO:
        raise MakingError("codec")
    if audio is not None and _codec(audio) not in AUDIO:
        raise MakingError("audio_codec")
    judge(video, most)
    for stream in container.streams:
        if stream not in (video, audio):
            stream.discard = av.stream.Discard.all
    if (length_of(container) or 0) > most["seconds"]:
        raise MakingError("long")
    return video, audio


def judge(video: Any, most: dict[str, Any]) -> None:
    """Refuse what is too large, too small or too fast.

    Raises:
        MakingError: it is.
    """
    context = video.codec_context
    if not context.width or not context.height:
        raise MakingError("broken")
    if max(context.width, context.height) > most["side"] or context.width * context.height > most["area"]:
        raise MakingError("huge")
    if min(context.width, context.height) < most["least"]:
        raise MakingError("small")
    if (video.average_rate or 0) > MOST_RATE:
        raise MakingError("fast")


def _codec(stream: Any) -> str:
    """The name of what it is coded in; empty when nobody here knows it."""
    context = stream.codec_context
    return str(context.codec.canonical_name) if context is not None else ""


def length_of(container: Any) -> float | None:
    """Seconds, as the header or the longest of its streams says; recordings of browsers often do not."""
    lengths = [container.duration / av.time_base] if container.duration else []
    lengths += [float(each.duration * each.time_base) for each in container.streams if each.duration and each.time_base]
    return max(lengths, default=None)


def facts(container: Any, video: Any, audio: Any) -> dict[str, Any]:
    """What the header says of it; the first picture is decoded, for only it knows which way is up.

    Raises:
        MakingError: no picture comes out.
    """
    first = next(decoded(container, [video]), None)
    if first is None:
        raise MakingError("broken")
    width, height = sized(first, video, (1 << 14, 1 << 14))
    return {"width": width, "height": height, "seconds": length_of(container), "sound": audio is not None}


def decoded(container: Any, streams: list[Any]) -> Iterator[Any]:
    """Frames in the order of the file; a few damaged packets are passed over, too many end it."""
    for stream in streams:
        stream.codec_context.thread_count = 1
        stream.codec_context.thread_type = "NONE"
    bad = good = 0
    for packet in container.demux(*streams):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            bad += 1
            if bad > 50 + good // 10:
                raise MakingError("broken") from None
            continue
        for frame in frames:
            good += 1
            yield frame


def make(container: Any, request: dict[str, Any], outputs: list[Any], size: int, file: Any) -> dict[str, Any]:
    """Everything that is asked for, in one pass over the file."""
    video, audio = chosen(container, request["most"])
    maker = Maker(video, audio, request, outputs, start=(container.start_time or 0) / av.time_base)
    told, length = 0.0, length_of(container)
    try:
        for frame in decoded(container, [each for each in (video, audio) if each is not None]):
            maker.take(frame)
            done = maker.seconds / length if length else file.tell() / max(size, 1)
            if done - told >= TOLD:
                told = done
                say({"done": round(min(done, 1.0), 3)})
    except av.error.EOFError:
        pass
    return maker.finish()


def still(container: Any, request: dict[str, Any], output: Any) -> dict[str, Any]:
    """The picture of one moment, counted from the first picture of the file.

    Raises:
        MakingError: there was nothing to see.
    """
    video, _audio = chosen(container, request["most"])
    poster, first = Poster(request["still"], None), None
    for frame in decoded(container, [video]):
        if frame.time is None:
            continue
        first = frame.time if first is None else first
        if poster.frame is not None and frame.time - first > request["still"] + ROUNDING:
            break
        poster.look(frame, frame.time - first - ROUNDING, whole=False)
    if poster.frame is None:
        raise MakingError("broken")
    poster.file(output)
    return {"still": True}


def say(what: dict[str, Any]) -> None:
    """One line to whoever started this."""
    os.write(1, json.dumps(what).encode() + b"\n")


def run(request: dict[str, Any], outputs: list[Any]) -> None:
    """Look at the file on standard input, or make what is asked of it."""
    file = sys.stdin.buffer.raw if hasattr(sys.stdin.buffer, "raw") else sys.stdin.buffer
    size = os.fstat(0).st_size
    with opened(file) as container:
        video, audio = chosen(container, request["most"])
        known = facts(container, video, audio)
        say({"facts": known})
        if not outputs:
            return
    file.seek(0)
    with opened(file) as container:
        only = "still" in request
        said = still(container, request, outputs[0]) if only else make(container, request, outputs, size, file)
        say({"made": said})


def main() -> None:
    """One file."""
    request = json.loads(sys.argv[1])
    outputs = [os.fdopen(number, "w+b", buffering=1 << 20) for number in map(int, sys.argv[2:])]
    os.nice(15 if outputs else 0)
    av.logging.set_level(av.logging.PANIC)
    warm()
    sandbox.limit_resources(memory=MEMORY, cpu=int(request["cpu"]), files=OPEN_FILES, output=OUTPUT)
    sandbox.lock_up()
    try:
        run(request, outputs)
    except MakingError as problem:
        say({"problem": str(problem)})
    except (av.error.FFmpegError, MemoryError, ValueError, OverflowError, OSError):
        say({"problem": "broken"})
    # Nothing is worth tidying up, and a decoder in a bad state could get stuck over it.
    os._exit(0)


def warm() -> None:
    """Load all of the library: it loads parts when they are first needed, and then no file can be opened any more."""
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if not module.name.endswith(("__main__", ".datasets")):
            importlib.import_module(module.name)


if __name__ == "__main__":
    main()
