"""The socket that the explorer listens on: this machine alone, unless told otherwise."""

from __future__ import annotations

import socket

from chaikhana.errors import BadValueError, OutputError

PORT, HOST = 8484, "127.0.0.1"
LOCAL = (HOST, "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises
    ------
    OutputError
        If the port is taken, or the address is none of this machine's.
    """
    if not 0 <= port <= 65_535:
        raise BadValueError(f"--port {port}: a port is a number from 0 to 65535; 0 takes any that is free.")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family[0], socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(family[4])
        listening.listen(128)
    except OSError as error:
        raise OutputError(
            f"{host}:{port} cannot be served on: {error.strerror or error}. Another program may use the port: name another with "
            "--port, or 0 for any that is free."
        ) from error
    listening.setblocking(False)
    return listening
