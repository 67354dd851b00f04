"""The web server: one port, several workers, each an event loop in front of a bounded pool of Django threads.

The application is loaded here, before the workers are forked, and its objects are frozen: the workers share those
pages of memory, and Python's collector never walks them again.
"""

import gc
import multiprocessing
import os
import resource
import signal

from django.conf import settings
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.server.mp import MPServer

from collegium.cli.child import die_with_parent
from collegium.config.options import options

# A worker that still answers somebody when it is told to stop gets this long.
PATIENCE_STOP = 4
STATEMENT_SECONDS = 15
# Connections a worker takes beside those that open pages keep for their streams. Granian counts all of them as under
# way, and takes no more than 1,024 for all workers together unless it is told: the next page would wait for ever.
BESIDE_STREAMS = 1_024
# Database, logs, files on their way out.
BESIDE_CONNECTIONS = 512


class WebServer(MPServer):
    """Granian, which waits for open answers when it stops; event streams are open for ever, so they are told first."""

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop the workers."""
        for worker in self.wrks:
            if worker.is_alive():
                os.kill(worker.inner.pid, signal.SIGUSR1)
        super().shutdown(exit_code)


def main() -> None:
    """Load, freeze, serve until told to stop."""
    from collegium.config import asgi
    from collegium.realtime.hub import MOST

    if hasattr(os, "fork"):
        multiprocessing.set_start_method("fork", force=True)
        os.register_at_fork(after_in_child=die_with_parent)
    # Reads and small writes; whoever waits longer than this has left. Long work is done by the worker.
    os.environ.setdefault("PGOPTIONS", f"-c statement_timeout={STATEMENT_SECONDS}s")
    connections = MOST + BESIDE_STREAMS
    _allow_files(connections + BESIDE_CONNECTIONS)
    gc.collect()
    gc.freeze()
    server = WebServer(
        "collegium.config.asgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.ASGI,
        # Not both versions: what tells them apart keeps 13 kB for each connection, open pages among them. Browsers
        # speak HTTP/2 to the proxy with the certificate, and proxies speak HTTP/1.1 to what is behind them.
        http=HTTPModes.http1,
        loop=Loops.uvloop,
        workers=options.web_workers,
        backpressure=connections,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE_STOP,
    )
    server.serve(target_loader=lambda: asgi.application, wrap_loader=False)


def _allow_files(count: int) -> None:
    """Let a process have so many files and connections open, as far as the machine permits; many begin at 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    main()
