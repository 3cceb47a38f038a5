from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from tracemark.web.said import spoken

register = template.Library()

_MOST = 5_000
"""How many fragments of one place are kept; what is drawn beyond begins anew."""


@register.tag
def once(parser: Parser, token: Token) -> template.Node:
    """Draw what stands between once a process, language and values named: `{% once theme %} ... {% endonce %}`.

    All that it shows must follow from these; what is a reader's or a request's own does not belong inside.
    """
    values = [parser.compile_filter(each) for each in token.split_contents()[1:]]
    inner = parser.parse(("endonce",))
    parser.delete_first_token()
    return _Once(values, inner)


class _Once(template.Node):
    def __init__(self, values: list[FilterExpression], inner: NodeList) -> None:
        self._values, self._inner = values, inner
        self._drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        known = (spoken(), *(each.resolve(context) for each in self._values))
        found = self._drawn.get(known)
        if found is None:
            if len(self._drawn) >= _MOST:
                self._drawn.clear()
            found = mark_safe(self._inner.render(context))  # noqa: S308 - rendered, so escaped already
            self._drawn[known] = found
        return found
