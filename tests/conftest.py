"""What every test may ask for. What a machine lacks is skipped loudly, and on CI it is a failure."""

import atexit
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import django
import django.conf
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils.functional import empty
from hypothesis import settings

from tests.postgresql_server import postgresql
from tracemark.storage.relational import databases

ROOT = Path(__file__).parent.parent
_ON_CI = os.environ.get("CI") == "true"

# Settings read these when they are loaded. No test may touch the register or the keys of whoever runs it.
_VAR = tempfile.mkdtemp(prefix="tracemark-tests-")
atexit.register(shutil.rmtree, _VAR, ignore_errors=True)
os.environ["TRACEMARK_VAR"] = _VAR
# Playwright keeps an event loop in the thread of the tests; Django takes that for asynchronous code, which it is not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.pop("TRACEMARK_DB", None)

# No test cuts the power: nothing waits for the disk but where users' own settings are asked for.
AS_USERS_HAVE_IT = databases._SQLITE_PRAGMAS
databases._SQLITE_PRAGMAS = AS_USERS_HAVE_IT.replace("synchronous = FULL", "synchronous = OFF")

# Nor does any test try whether a made-up password is slow to guess.
PBKDF2PasswordHasher.iterations = 1_000


def _start_django() -> str:
    """Start Django; where settings or tables cannot be loaded say why, and let the rooms be tested without them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracemark.settings"
    try:
        django.setup()
    except Exception as error:
        if _ON_CI:
            raise
        django.conf.settings._wrapped = empty
        return f"without Django, only rooms can be tested: {error!r}"
    finally:
        # Inherited, it has the settings of another test process loaded before that process has a folder of its own.
        del os.environ["DJANGO_SETTINGS_MODULE"]
    return ""


_WITHOUT_DJANGO = _start_django()

# A slow machine is not a wrong program. A check draws the same examples each time; `make fuzz` draws new ones.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout, or where TRACEMARK_SHARED_DATA points; never part of the project."""
    folder = Path(os.environ.get("TRACEMARK_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no real data: set TRACEMARK_SHARED_DATA to the folder that holds it")
    return folder


@pytest.fixture(scope="session")
def delaware_traces(shared_data: Path) -> Path:
    """The table of the traces that Delaware publishes, in the folder of real data."""
    file = shared_data / "us_de_gunstat_traces" / "de_gunstat.csv"
    if not file.is_file():
        pytest.skip(f"no real traces: TRACEMARK_SHARED_DATA holds no {file.relative_to(shared_data)}")
    return file


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of an empty database on a PostgreSQL server that lives as long as the session."""
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's program: Debian's Chromium, or where TRACEMARK_CHROMIUM points."""
    named = os.environ.get("TRACEMARK_CHROMIUM", "")
    found = named if Path(named).is_file() else shutil.which("chromium") or shutil.which("chromium-browser")
    return found or _absent("no Chromium: apt-get install --no-install-recommends chromium")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse tests of one name where processes share tests out by name: all but one of them would never run."""
    twice = [name for name, count in Counter(each.nodeid for each in items).items() if count > 1]
    if twice and hasattr(config, "workerinput"):
        raise pytest.UsageError(f"these bear a name that others bear, too, run them without --numprocesses: {twice}")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: tests wait for browsers, servers and other processes."""
    return (os.cpu_count() or 1) + 1


def pytest_report_header() -> str:
    """Say at the beginning what cannot be tested at all."""
    return _WITHOUT_DJANGO


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was skipped and why, so that nobody takes a skipped test for a passed one."""
    reasons = Counter(_reason(report) for report in terminalreporter.getreports("skipped"))
    if reasons:
        terminalreporter.section("SKIPPED LOUDLY", yellow=True, bold=True)
        for reason, number in sorted(reasons.items()):
            terminalreporter.line(f"{number} × {reason}")


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else str(report.longrepr)


def _absent(what: str) -> NoReturn:
    if _ON_CI:
        pytest.fail(f"{what} (and this is CI, where it must be present)")
    pytest.skip(what)


@pytest.fixture
def around_spark(tmp_path: Path) -> dict[str, str]:
    """The environment of a process that uses Spark; where there is no Java, skipped loudly, and on CI a failure."""
    named = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=f"{named}/bin" if named else None):
        _absent("no Java: apt-get install --no-install-recommends openjdk-17-jre-headless")
    # So few rows are not worth the compiler's second thoughts, which cost more than the queries.
    java = (
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=240m -Xlog:disable -Xlog:all=error:stderr"
    )
    few = "--conf spark.sql.shuffle.partitions=1 --conf spark.sql.codegen.wholeStage=false"
    started = f"--master local[2] --driver-java-options '{java}' {few} pyspark-shell"
    return {**os.environ, "SPARK_LOCAL_DIRS": str(tmp_path), "PYSPARK_SUBMIT_ARGS": started}
