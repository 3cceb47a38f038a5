import sys

import pytest

from tracemark.cli.app import main


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["law", "check", "gone.toml"], "Il n’y a pas de fichier gone.toml pour FILE. Vérifiez l’orthographe"),
        (["trace", "AB?", "--year", "douze"], "--year attend un nombre entier, par exemple 2025."),
        (
            ["report", "export", "NR-1", "--format", "doc"],
            "--format attend l’une de ces valeurs : pdf, docx, xlsx, json.",
        ),
        (["weapon"], "Il manque ID."),
        (["trace", "AB?", "--yea", "3"], "Il n’y a pas d’option --yea. Peut-être --year."),
        (["trac"], "Il n’y a pas de commande trac."),
        (["law", "check"], "Il manque FILE."),
        (["weapon", "W-1", "W-2"], "La commande n’a pas été comprise"),
    ],
)
def test_what_was_typed_wrongly_is_said_in_the_readers_language(
    typed: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACEMARK_LANGUAGE", "fr")
    monkeypatch.setattr(sys, "argv", ["tracemark", *typed])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in told
    assert "` montre comment l’écrire." in told


def test_a_group_without_a_command_shows_its_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tracemark", "law"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, "Usage" in capsys.readouterr().err) == (2, True)
