"""Events and daily roots can be added, never changed nor deleted."""

from django.db import migrations

from jalon.records import triggers


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(triggers.install, triggers.remove)]
