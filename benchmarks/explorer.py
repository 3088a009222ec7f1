"""The explorer under load: first page, answers at fifty requests a second, a slider, memory; on loopback, and bounded.

Starts `chaikhana explore` on the shipped study with a folder of its own, once as on a new machine and once with what was
kept; waits until everything is computed; then asks for pages and JSON at a steady rate, most of them never asked for before,
as browsers do. A request is sent at its time whether the one before was answered or not, so that waiting counts.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode
from urllib.request import urlopen

from chaikhana.study.catalogue import open_study

STUDY = "central-asia"
RATE, SECONDS = 50, 40
SLIDES = 200
CONNECTIONS = 24
PAGE, JSON, SLIDER, FIRST, MEMORY = 50, 20, 300, 2.0, 250  # the limits: milliseconds, seconds, megabytes


class Served:
    """A server of the command line, and its address."""

    def __init__(self, home: str) -> None:
        command = [sys.executable, "-m", "chaikhana.cli.main", "explore", STUDY, "--port", "0"]
        self._began = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "CHAIKHANA_HOME": home, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found[1])
                break
        with urlopen(f"http://127.0.0.1:{self.port}/") as answer:
            answer.read()
        self.first_page = time.perf_counter() - self._began

    def computed(self) -> float:
        """Seconds until everything is computed."""
        while len(_family(self.process.pid)) > 1 or time.perf_counter() - self._began < 5:
            time.sleep(0.5)
        return time.perf_counter() - self._began

    def stop(self) -> None:
        """End it."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)


def _family(pid: int) -> list[int]:
    """A process and those that it started, but for Python's own tracker of resources."""
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    lines = [line.split(None, 1) for line in found.stdout.splitlines()]
    return [pid, *(int(one) for one, command in lines if "spawn_main" in command)]


def _memory(pid: int) -> float:
    """Megabytes of a process, shared pages by their share."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def _addresses(seed: int) -> list[tuple[str, str]]:
    """What is asked for, in order: the kind and the address. Of ten, four are of the region on some day."""
    chance = random.Random(seed)
    study = open_study(STUDY)
    states, bodies = list(study.about.members), study.table("bodies")["id"].to_list()
    rows = [row for name in study.frames for row in study.frames[name]["row"].to_list()]
    sources = list(study.bibliography)

    def day() -> str:
        return f"{chance.randint(1992, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"

    def path() -> tuple[str, dict[str, str]]:
        match chance.randrange(10):
            case 0 | 1 | 2 | 3:
                return "/region", {"on": day()}
            case 4:
                return f"/state/{chance.choice(states)}", {"on": day()}
            case 5:
                return f"/body/{chance.choice(bodies)}", {"on": day()}
            case 6 | 7:
                return f"/row/{chance.choice(rows)}", {}
            case 8:
                return "/rows", {"q": chance.choice(bodies)}
            case _:
                return chance.choice(
                    ("/claims", "/frameworks", "/compare", f"/source/{chance.choice(sources)}")
                ), {}

    found = []
    for _ in range(RATE * SECONDS):
        at, given = path()
        kind = chance.choice(("page", "json"))
        found.append(
            (kind, f"{at}{'.json' if kind == 'json' else ''}{'?' + urlencode(given) if given else ''}")
        )
    return found


async def _ask(
    port: int, pool: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]], at: str
) -> tuple[float, int]:
    began = time.perf_counter()
    reader, writer = await pool.get()
    writer.write(f"GET {at} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    assert length, head
    await reader.readexactly(int(length[1]))
    pool.put_nowait((reader, writer))
    return 1000 * (time.perf_counter() - began), int(head.split()[1])


async def _load(port: int, asked: Sequence[tuple[str, str]]) -> dict[str, list[float]]:
    pool: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        pool.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    taken: dict[str, list[float]] = {"page": [], "json": []}
    begin = time.perf_counter()

    async def one(number: int, kind: str, at: str) -> None:
        await asyncio.sleep(max(0, begin + number / RATE - time.perf_counter()))
        milliseconds, status = await _ask(port, pool, at)
        assert status == 200, (status, at)
        taken[kind].append(milliseconds)

    await asyncio.gather(*(one(number, kind, at) for number, (kind, at) in enumerate(asked)))
    return taken


async def _slide(port: int) -> list[float]:
    """A slider moved: choices of a framework, each combination asked for once, one after the other."""
    pool: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    pool.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    found = []
    for number in range(SLIDES):
        given = {"choice.window": 5 + number % 30, "choice.deep": 0.2 + 0.02 * (number // 30)}
        milliseconds, status = await _ask(port, pool, f"/frameworks/security-regionalism?{urlencode(given)}")
        assert status == 200, status
        found.append(milliseconds)
    return found


def _told(name: str, found: Sequence[float], limit: float) -> None:
    p95 = quantiles(found, n=20)[-1]
    verdict = "within" if p95 <= limit else "BEYOND"
    print(
        f"{name}: median {median(found):.1f} ms, 95th percentile {p95:.1f} ms, {verdict} {limit} ms ({len(found)} asked)"
    )


def main() -> None:
    """Print each figure with its limit."""
    with tempfile.TemporaryDirectory() as home:
        served = Served(home)
        print(f"first page on a new machine: {served.first_page:.2f} s (limit {FIRST:g} s)")
        print(f"everything computed after {served.computed():.0f} s")
        served.stop()
        served = Served(home)
        print(f"first page with what was kept: {served.first_page:.2f} s (limit {FIRST:g} s)")
        served.computed()
        try:
            taken = asyncio.run(_load(served.port, _addresses(1)))
            slid = asyncio.run(_slide(served.port))
            memory = sum(map(_memory, _family(served.process.pid)))
        finally:
            served.stop()
    _told(f"pages at {RATE} requests a second", taken["page"], PAGE)
    _told(f"JSON at {RATE} requests a second", taken["json"], JSON)
    _told("slider of a framework", slid, SLIDER)
    print(f"memory after it: {memory:.0f} MB, {'within' if memory <= MEMORY else 'BEYOND'} {MEMORY} MB")


if __name__ == "__main__":
    main()
