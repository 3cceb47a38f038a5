from tracemark.exchange.http_signatures import SignedRequest

ENVELOPE_TYPE = "application/jose"
_SECONDS = 30.0
_MOST_ANSWER = 64 << 10


class NotCarried(Exception):
    """A request did not reach the other node, or was not answered as it should be; the message is a code."""


class HttpCarrier:
    """Carries requests to other nodes by HTTP, and follows nobody elsewhere."""

    def carry(self, request: SignedRequest) -> tuple[int, bytes]:
        """Send a request, and return the status and the first 64 KiB of the answer.

        Raises:
            NotCarried: the other node cannot be reached, or takes longer than half a minute.
        """
        # It takes a while to load, and only who sends waits for it.
        import httpx  # noqa: PLC0415 - see above

        try:
            answer = httpx.request(
                request.method,
                request.url,
                content=request.body,
                headers=request.headers,
                timeout=_SECONDS,
                follow_redirects=False,
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotCarried("correspondence.unreachable") from error
        return answer.status_code, answer.content[:_MOST_ANSWER]
