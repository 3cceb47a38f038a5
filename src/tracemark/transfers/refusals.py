from tracemark.kernel import Refused


class TransferRefused(Refused):
    """A step of a licence, a certificate or a consignment is refused; nothing was written."""
