from tracemark.documents.certificates import qr_svg
from tracemark.documents.pages import typeset
from tracemark.fellowship import FellowCertificate
from tracemark.wording import date_text, isolated, language, sentence, state_text


def fellow_paper(certificate: FellowCertificate, token: str, *, to: str = "en") -> bytes:
    """Set a fellow's certificate in a language: who passed which modules, and the signed token as a QR code.

    Source: PoA III.7.
    """
    return typeset("certificate", fellow_words(certificate, token, to=to), language(to))


def fellow_words(certificate: FellowCertificate, token: str, *, to: str = "en") -> dict[str, object]:
    """Return all that is printed, in words and in the order of the page."""
    number = {"number": certificate.number}
    days = {"since": date_text(certificate.begins, to=to), "until": date_text(certificate.ends, to=to)}
    values = {
        "fellow": [certificate.fellow],
        "state": [state_text(certificate.state, to=to)],
        "course": [certificate.course, certificate.cohort],
        "venue": [certificate.venue, sentence("documents.fellow_days", days, to=to)],
        "modules": [f"{title} ({', '.join(commitments)})" for title, commitments in certificate.modules],
        "issued_on": [date_text(certificate.issued_on, to=to)],
    }
    return {
        "state": certificate.issuer,
        "title": sentence("documents.fellow_title", to=to),
        "lines": [
            [sentence(f"documents.fellow_{name}", to=to), [isolated(each, to=to) for each in lines if each]]
            for name, lines in values.items()
        ],
        "code": qr_svg(token),
        "code_alt": sentence("documents.fellow_code", to=to),
        "hint": sentence("documents.fellow_hint", to=to),
        "single": sentence("documents.fellow_signed", to=to),
        "footer": sentence("documents.fellow_footer", number, to=to),
        "signature": [sentence(f"documents.sign_{name}", to=to) for name in ("name", "on", "signature")],
    }
