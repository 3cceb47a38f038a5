"""The web door: pages for officers, one request to one action or query, in plain HTML that works without scripts.

How a page is made. Keep to it, and a new page is safe, in six languages, in the dark, from right to left and on a
phone without further thought:

1. *View.* One small function in the file of its subject (`register.py`, `weapon.py` ...). `@needs(Permission.X)` says
   who may enter, and hands the view a `Desk`: a request that knows its `actor` and `node`. The view makes one call to
   a room, with `actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock`, and answers with `page(desk,
   "web/x/y.html", ...)`. `@public` is for what everybody may see; a test lists all such views. Whatever changes
   something is a POST and ends in `redirect`, with a sentence for the reader left by `tell(desk, "web.code",
   fact=...)`.
2. *Refusals.* A view does not catch what rooms raise, but where it shows a form again. `refusals.RefusalMiddleware`
   turns NotPermitted into a 403 page, other Refused into 422, KeyError of a room into 404 and UnreadableReading into
   422, each with sentences. A view with a form does `except Refused as refused: form.refuse(refused)` and shows the
   page with status 422.
3. *Forms.* Subclasses of `forms.DeskForm`; labels, hints and choices are `said("web.code")`, never text. `{{ form }}`
   renders error summary, labelled fields, hints and errors. A finding whose facts name a `field` of the form stands
   beside it.
4. *Templates.* `templates/web/<subject>/<page>.html` extends `web/base.html` and fills `title` (unique, also the h1
   unless `heading` is given), optionally `lead`, `actions` and `trail` (what stands above), and `content`. Every
   sentence is `{% say "web.x.y" fact=value %}`, words of rooms are `{{ kind|term:"recordkeeping.kind" }}` (code
   `recordkeeping.kind_<value>`), dates `{{ when|day }}`, numbers `{{ n|number }}`, instants `{{ at|instant }}`, marks
   `{% mark text %}`, weapons `{% weapon_link id %}`, findings `{% finding f %}`, holders `{% holder code %}`. Include
   `web/parts/pager.html`, `web/parts/empty.html`, `web/parts/facts.html` rather than write them again. A wide table
   stands in `{% region "code" %} ... {% endregion %}`: a labelled part that scrolls and can be reached by key; class
   `cards` on a table makes each row a card on a phone (give each cell `data-label`). No style attribute, no inline
   script.
5. *Sentences.* `wording/locale/en/web_<subject>.toml`, keys `web.<subject>.<name>`; words of rooms in
   `<room>_terms.toml`.
6. *Style.* One small file per concern in `static/web/css/`; logical properties only (`margin-inline-start`, never
   `margin-left`); colours are the custom properties of `palette.css`, which a test measures for contrast in both
   themes.
7. *Navigation.* A line in `navigation.py`: sentence code and name of the URL; who sees it follows from the view's
   `@needs`.
8. *Tests.* `tests/web/conftest.py` gives `client_as(role)` and `node`; a new view is added to the table of
   `tests/web/test_permissions.py`, and a new page to that of `tests/browser/pages.py`, where axe, 360 px and the
   keyboard are tried on it.
"""
