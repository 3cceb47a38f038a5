from tracemark.wording.sentences import has_sentence, sentence


def theme_text(theme: str, *, to: str = "en") -> str:
    """Name a theme of assistance: one of the published scheme of assessment, or of ours; another names itself."""
    for code in (f"assistance.theme_{theme}", f"reporting.theme_{theme}"):
        if has_sentence(code):
            return sentence(code, to=to)
    return theme
