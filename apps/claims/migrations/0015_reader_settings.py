"""How each person wants their pages: language, appearance, shortcuts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0014_roles_may_assign"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReaderSettings",
            fields=[
                (
                    "owner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reader_settings",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("language", models.TextField(blank=True, default="")),
                (
                    "appearance",
                    models.TextField(
                        choices=[("automatic", "automatic"), ("light", "light"), ("dark", "dark")],
                        default="automatic",
                    ),
                ),
                ("shortcuts", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("appearance__in", ["automatic", "light", "dark"])),
                        name="reader_settings_appearance_is_known",
                    )
                ],
            },
        ),
    ]
