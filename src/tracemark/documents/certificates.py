import zxingcpp

from tracemark.documents.pages import typeset
from tracemark.transfers import CertificateFile, GoodsLine
from tracemark.weapons import entry_name
from tracemark.wording import date_text, isolated, language, sentence, state_text


def qr_svg(payload: str) -> str:
    """Draw a text as a QR code (ISO/IEC 18004), as SVG without a margin."""
    return str(zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode).to_svg())


def certificate_paper(file: CertificateFile, *, to: str = "en") -> bytes:
    """Set a signed end-user certificate in a language: its ten elements, and the signed token as a QR code.

    Source: PoA II.12.
    """
    return typeset("certificate", paper_words(file, to=to), language(to))


def paper_words(file: CertificateFile, *, to: str = "en") -> dict[str, object]:
    """Return all that is printed, in words and in the order of the page."""
    told = file.certificate
    days = {"since": date_text(told.office_from, to=to), "until": date_text(told.office_until, to=to)}
    none = sentence("documents.certificate_none", to=to)
    retransfer = "no_retransfer" if told.no_retransfer else "retransfer_free"
    values = {
        "goods": [_goods(each, to) for each in told.goods],
        "contract": [", ".join(each for each in (told.contract, told.contract_on) if each)],
        "destination": [state_text(told.destination, to=to)],
        "end_use": [told.end_use],
        "exporter": [told.exporter],
        "end_user": [told.end_user],
        "parties": list(told.parties) or [none],
        "office": [told.office, sentence("documents.certificate_office_days", days, to=to)],
        "issued_on": [date_text(told.issued_on, to=to)],
        "valid_until": [date_text(told.valid_until, to=to)],
        "undertakings": [sentence(f"documents.certificate_{retransfer}", to=to), told.undertakings],
    }
    return {
        "state": state_text(told.issuer, to=to),
        "title": sentence("documents.end_user_title", {"number": told.number}, to=to),
        "lines": [
            [sentence(f"documents.certificate_{name}", to=to), [isolated(each, to=to) for each in lines if each]]
            for name, lines in values.items()
        ],
        "code": qr_svg(file.token),
        "code_alt": sentence("documents.certificate_code", to=to),
        "hint": sentence("documents.certificate_hint", to=to),
        "single": sentence("documents.certificate_single", to=to),
        "footer": sentence("documents.end_user_footer", {"number": told.number}, to=to),
        "signature": [sentence(f"documents.sign_{name}", to=to) for name in ("name", "on", "signature")],
    }


def _goods(line: GoodsLine, to: str) -> str:
    kind = sentence(f"weapons.kind_{line.kind}", to=to)
    maker = entry_name("makers", line.model.partition("/")[0]) if line.model else ""
    model = f"{maker} {entry_name('models', line.model)}" if line.model else ""
    further = [model, entry_name("calibres", line.calibre) if line.calibre else "", line.heading]
    return ", ".join(each for each in (f"{line.quantity} × {kind}", *further) if each)
