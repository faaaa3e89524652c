"""Whether this installation can work, for load balancers and monitoring."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, else 503. `workers` counts those with a recent sign of life.

    No worker is not an error of the web server: articles wait in the queue.
    """
    alive_since = timezone.now() - timedelta(seconds=settings.WORKER_SILENCE)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        workers = ProcrastinateWorker.objects.filter(last_heartbeat__gte=alive_since).count()
    except DatabaseError:
        return JsonResponse({"database": "down", "workers": 0}, status=503)
    return JsonResponse({"database": "ok", "workers": workers})
