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
        (["trac"], "Il n’y a pas de commande trac. Peut-être trace."),
        (["trace", "AB?", "--year", "1500"], "--year attend un nombre de 1800 ou plus."),
        (["trace", "AB?", "--limit", "1000"], "--limit attend un nombre de 100 ou moins."),
        (["assist", "match", "--seconds", "vite"], "--seconds attend un nombre, par exemple 2.5."),
        (["law", "check", "/"], "/ est un dossier"),
        (["trace", "AB?", "--year"], "--year attend une valeur à sa suite."),
        (["trace", "AB?", "--json=1"], "--json ne prend pas de valeur."),
        (["signals", "escalate", "SG-1", "--open", "x"], "--open attend l’une de ces valeurs : investigation, case."),
        (["law", "check"], "Il manque FILE."),
        (["weapon", "W-1", "W-2"], "Ceci est de trop : W-2."),
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
