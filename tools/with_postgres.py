"""Run a command against a PostgreSQL cluster of its own: made in a temporary folder, stopped afterwards.

Usage: python tools/with_postgres.py COMMAND [ARG ...]
The command finds the cluster in GANGMU_DATABASE_URL. Nothing listens but 127.0.0.1 on a free port.
"""

import glob
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def binaries() -> Path:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4]))
    if not found:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    return Path(found[-1])


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def as_postgres(*command: str) -> None:
    """initdb and the server refuse to run as root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def main() -> int:
    bin_dir, port = binaries(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="gangmu-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = str(folder / "data")
    # A throw-away cluster: durability off makes it fast, collation C keeps both databases alike.
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off -c full_page_writes=off"
    try:
        as_postgres(
            str(bin_dir / "initdb"), "-D", data, "-A", "trust", "-U", "gangmu", "-E", "UTF8", "--locale=C"
        )
        as_postgres(
            str(bin_dir / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"
        )
        try:
            as_postgres(
                str(bin_dir / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "gangmu", "gangmu"
            )
            env = os.environ | {"GANGMU_DATABASE_URL": f"postgresql://gangmu@127.0.0.1:{port}/gangmu"}
            return subprocess.run(sys.argv[1:], env=env).returncode
        finally:
            as_postgres(str(bin_dir / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
