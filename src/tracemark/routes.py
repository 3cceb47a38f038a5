"""Every address of a node: those of the API, then those of the pages. The only module that knows both doors."""

from tracemark.api import urls as api
from tracemark.web import urls as web

urlpatterns = [*api.urlpatterns, *web.urlpatterns]

handler400 = web.handler400
handler403 = web.handler403
handler404 = web.handler404
handler500 = web.handler500
