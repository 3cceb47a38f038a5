"""What the environment says becomes what Django does. Settings are read once: each reading is a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

NAMES = (
    *("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_NAME"),
    *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "AXES_IPWARE_PROXY_COUNT", "ALLAUTH_TRUSTED_PROXY_COUNT"),
    "SECOND_FACTOR_SINCE",
)
READ = f"import json, tracemark.settings as s; print(json.dumps({{n: str(getattr(s, n)) for n in {NAMES!r}}}))"


def settings_of(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACEMARK_")}
    around = {**kept, "TRACEMARK_VAR": str(folder), **environment}
    return subprocess.run([sys.executable, "-c", READ], env=around, capture_output=True, text=True, check=False)


def test_on_this_machine_alone_http_is_answered(tmp_path: Path) -> None:
    assert list(json.loads(settings_of(tmp_path).stdout).values()) == [
        "False", "0", "False", "session", "False", "csrf", "0", "0", "None",
    ]  # fmt: skip


def test_under_another_name_and_behind_a_proxy_only_https_is(tmp_path: Path) -> None:
    told = settings_of(tmp_path, TRACEMARK_HOSTS="register.example", TRACEMARK_PROXY="1")
    assert list(json.loads(told.stdout).values()) == [
        "True", "31536000", "True", "__Host-session", "True", "__Host-csrf", "1", "1", "None",
    ]  # fmt: skip


def test_the_day_of_the_second_factor_is_a_day(tmp_path: Path) -> None:
    day = settings_of(tmp_path, TRACEMARK_SECOND_FACTOR_SINCE="2027-01-31")
    assert json.loads(day.stdout)["SECOND_FACTOR_SINCE"] == "2027-01-31"
    wrong = settings_of(tmp_path, TRACEMARK_SECOND_FACTOR_SINCE="soon")
    assert (wrong.returncode, "write a day, such as 2027-01-31" in wrong.stderr) == (1, True)
