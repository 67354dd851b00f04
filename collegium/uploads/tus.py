"""`/uploads/`: large files come in pieces, and go on where they stopped (tus 1.0: https://tus.io/protocols/resumable-upload).

    POST   /uploads/       begin: Upload-Length, Upload-Metadata (filename, purpose); 201 and the address
    HEAD   /uploads/<key>  how much of it is here
    PATCH  /uploads/<key>  the next piece, at Upload-Offset
    DELETE /uploads/<key>  let it go

Who sends is judged at every request, and again while a piece arrives, as pages judge it. Somebody else's upload does
not exist. No thread and no connection to the database is held while bytes are on their way.
"""

from collections.abc import Awaitable, Callable
from email.utils import format_datetime

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from collegium.lib.limits import TooMany, charge, seconds
from collegium.lib.refusal import Conflict, Refusal
from collegium.lib.serving.origin import is_ours
from collegium.members.models import Member
from collegium.realtime.sessions import holders
from collegium.uploads import actions, headers, places
from collegium.uploads.desk import desk
from collegium.uploads.headers import PIECE_TYPE, VERSION, Refused
from collegium.uploads.models import Upload
from collegium.uploads.piece import Piece, Place
from collegium.uploads.purposes import purposes
from collegium.uploads.taking import plain_name

ADDRESS = "/uploads/"
EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
BEGINNINGS, PIECES = "120/h", "20000/h"

Handler = Callable[[Request], Awaitable[Response]]


def session_of(request: Request) -> str:
    """The session cookie."""
    return request.cookies.get(settings.SESSION_COOKIE_NAME, "")


def judge(session: str) -> Member:
    """Who is signed in there, in good standing, now.

    Raises:
        Refused: nobody.
    """
    key = holders([session]).get(session) if session else None
    if key is None:
        raise Refused(403, _("You are not signed in any more. Please sign in, and choose the file again."))
    return Member.objects.get(pk=key)


def find(session: str, key: str) -> Upload:
    """The upload, for its owner; nobody else learns that it is there."""
    member = judge(session)
    row = Upload.objects.filter(owner=member, key=key).first() if places.KEY.fullmatch(key) else None
    if row is None:
        raise Refused(404, _("This upload is not here. Please choose the file again."))
    return row


def start(session: str, metadata: dict[str, str], length: int) -> Upload:
    """Begin one."""
    member = judge(session)
    _charge("uploads.begin", member, BEGINNINGS)
    purpose = purposes.get(metadata.get("purpose", ""))
    name = plain_name(metadata.get("filename", ""))
    if purpose is None or not name:
        raise Refused(400, _("Upload-Metadata must have a filename and a known purpose."))
    if length > purpose.most_bytes:
        raise Refused(413, purpose.problem_of(name, length))
    try:
        return actions.begin(member, purpose, name, length)
    except Refusal as no:
        raise Refused(422, no.reason) from None
    except actions.NoRoom as no:
        raise Refused(507, no.reason) from None
    except Conflict as no:
        raise Refused(422, no.reason) from None


def go_on(session: str, upload: Upload, offset: int) -> None:
    """Acknowledge, for somebody who may still send."""
    if judge(session).pk != upload.owner_id:
        raise Refused(404)
    if not actions.advance(upload, offset):
        raise Refused(410, _("This upload is no longer here. Please choose the file again."))


def let_go(session: str, key: str) -> None:
    """End one."""
    row = find(session, key)
    actions.drop(row, by=row.owner)


def may_send(session: str, key: str) -> Upload:
    """The upload, for a piece that is about to come."""
    row = find(session, key)
    member = row.owner
    _charge("uploads.piece", member, PIECES)
    return row


def _charge(scope: str, member: Member, rate: str) -> None:
    try:
        charge(scope, f"m:{member.pk}", rate)
    except TooMany as wait:
        raise Refused(
            429, _("This was a lot at once. Please wait a little."), Retry_After=str(seconds(wait.wait))
        ) from None


async def options(_request: Request) -> Response:
    """What this server can do."""
    most = max((purpose.most_bytes for purpose in purposes.values()), default=0)
    can = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(most),
        "Tus-Checksum-Algorithm": ",".join(headers.CHECKSUMS),
    }
    return Response(status_code=204, headers=can)


async def create(request: Request) -> Response:
    """A new upload, with its first bytes when they came along."""
    headers.require_token(request)
    if "upload-defer-length" in request.headers:
        raise Refused(400, _("The length of a file must be said at once."))
    length, said = headers.number(request, "upload-length"), headers.metadata(request)
    upload = await desk.ask(start, session_of(request), said, length)
    if request.headers.get("content-type") == PIECE_TYPE:
        await _take(request, upload)
    return Response(status_code=201, headers=_stand(upload) | {"Location": f"{ADDRESS}{upload.key}"})


async def look(request: Request) -> Response:
    """How far it is."""
    upload = await desk.ask(find, session_of(request), request.path_params["key"])
    told = {
        "Upload-Length": str(upload.length),
        "Upload-Metadata": headers.described(filename=upload.name, purpose=upload.purpose),
    }
    return Response(status_code=200, headers=_stand(upload) | told)


async def append(request: Request) -> Response:
    """The next piece."""
    headers.require_token(request)
    if request.headers.get("content-type") != PIECE_TYPE:
        raise Refused(415, _("A piece is sent as %(type)s.") % {"type": PIECE_TYPE})
    offset = headers.number(request, "upload-offset")
    upload = await desk.ask(may_send, session_of(request), request.path_params["key"])
    await _take(request, upload, offset)
    return Response(status_code=204, headers=_stand(upload))


async def remove(request: Request) -> Response:
    """Let it go."""
    headers.require_token(request)
    await desk.ask(let_go, session_of(request), request.path_params["key"])
    return Response(status_code=204)


async def _take(request: Request, upload: Upload, offset: int = 0) -> None:
    """Write the body of a request to the end of an upload."""
    session, checksum = session_of(request), headers.checksum(request)
    with desk.admitted(upload.owner_id):
        place = await desk.work(Place, upload)
        try:
            # Somebody may have gone on with it before it was locked.
            await desk.ask(upload.refresh_from_db, None, ["offset", "touched_at"])
            if offset != upload.offset:
                raise Refused(409, _("This piece does not begin where the file ends."))
            if (headers.announced(request) or 0) > upload.length - offset:
                raise Refused(413, _("This is more than the file was said to have."))

            async def acknowledge(to: int) -> None:
                await desk.ask(go_on, session, upload, to)

            await Piece(place, upload, acknowledge, checksum).take(request)
        finally:
            await desk.work(place.close)


def _stand(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.offset), "Upload-Expires": format_datetime(upload.ends_at, usegmt=True)}


METHODS: dict[str, dict[str, Handler]] = {
    "all": {"OPTIONS": options, "POST": create},
    "one": {"OPTIONS": options, "HEAD": look, "PATCH": append, "DELETE": remove},
}


def _answering(methods: dict[str, Handler]) -> Handler:
    """One address: which method is meant, whether it comes from a page of ours, and words for every refusal."""

    async def endpoint(request: Request) -> Response:
        try:
            response = await _chosen(request, methods)(request)
        except Refused as no:
            response = Response(no.words, no.status, no.headers, "text/plain; charset=utf-8")
        except ClientDisconnect:
            response = Response(status_code=400)
        except Upload.DoesNotExist:
            response = Response(_("This upload is no longer here."), 410, media_type="text/plain")
        except (DatabaseError, InterfaceError):
            response = Response(_("Please try again in a moment."), 503, {"Retry-After": "2"}, "text/plain")
        response.headers.update({"Tus-Resumable": VERSION, "Cache-Control": "no-store"})
        response.headers.update({"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"})
        return response

    return endpoint


def _chosen(request: Request, methods: dict[str, Handler]) -> Handler:
    """What is to be done."""
    said = request.headers.get("x-http-method-override", "") if request.method == "POST" else ""
    method = said.upper() or request.method
    handler = methods.get(method)
    if handler is None:
        raise Refused(405, Allow=", ".join(methods))
    if not is_ours(request):
        raise Refused(403, _("This can only be asked by a page of this network."))
    if handler is not options:
        headers.require_version(request)
    return handler


SENT = ["OPTIONS", "POST", "HEAD", "PATCH", "DELETE"]
routes = [
    Route(ADDRESS, _answering(METHODS["all"]), methods=SENT),
    Route(f"{ADDRESS}{{key}}", _answering(METHODS["one"]), methods=SENT),
]
