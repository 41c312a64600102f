"""Erase what has served: expired invitations, ended sessions, sent mails, past clocks. Each count, never what it was."""

import shutil
from datetime import datetime, timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.db.models import Q

from jalon.access.exploitation import home
from jalon.records.models import Echeance, Envoi, Invitation
from jalon.vault import disque

# Ours: long enough to answer «did my mail leave?», not longer.
SENT = timedelta(days=30)
GIVEN_UP = timedelta(days=180)
INVITATION = timedelta(days=30)
CLOCK = timedelta(days=400)
_SCRATCH = timedelta(days=1)


def purge(now: datetime) -> dict[str, int]:
    """What was erased, by kind."""
    return {
        "envois": Envoi.objects.filter(
            Q(envoye_le__lt=now - SENT) | Q(envoye_le=None, abandonne_le__lt=now - GIVEN_UP)
        ).delete()[0],
        "invitations": Invitation.objects.filter(expire_le__lt=now - INVITATION).delete()[0],
        "echeances": Echeance.objects.filter(
            Q(faite_le__lt=now - CLOCK) | Q(annulee_le__lt=now - CLOCK)
        ).delete()[0],
        "sessions": _sessions(now),
        "cache": _cache(now),
        "exercices": _scratch_homes(now),
    }


def _sessions(now: datetime) -> int:
    """Expired ones, then the list of devices of those that are gone."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    before = Session.objects.count()
    store.clear_expired()
    gone = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    gone.filter(created_at__lt=now - timedelta(hours=1)).delete()
    return before - Session.objects.count()


def _cache(now: datetime) -> int:
    """Counters of attempts whose time is over: the cache itself only forgets what is asked again."""
    table = getattr(caches["default"], "_table", None)
    if table is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {connection.ops.quote_name(table)} WHERE expires < %s",  # noqa: S608
            [connection.ops.adapt_datetimefield_value(now.replace(microsecond=0))],
        )
        return max(cursor.rowcount, 0)


def _scratch_homes(now: datetime) -> int:
    """What a drill that was cut off left: keys and database are overwritten first."""
    limit = (now - _SCRATCH).timestamp()
    found = [path for path in home().glob("exercice-*") if path.is_dir() and path.stat().st_mtime < limit]
    for folder in found:
        for path in folder.iterdir():
            if path.is_file():
                disque.overwrite(path)
        shutil.rmtree(folder)
    return len(found)
