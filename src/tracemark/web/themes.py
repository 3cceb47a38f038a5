from django.http import HttpRequest

COOKIE = "theme"
THEMES = ("auto", "light", "dark")


def theme_of(request: HttpRequest) -> str:
    """Return the theme that was chosen; `auto` follows the reader's device."""
    wanted = request.COOKIES.get(COOKIE, "")
    return wanted if wanted in THEMES else "auto"
