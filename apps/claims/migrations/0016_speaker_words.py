"""An index of the words of speakers alone: a common word is found among them at once."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0015_reader_settings")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX claim_words_speakers ON claims_claimwords"
            " USING gin (ts_filter(vector, '{b}'::\"char\"[]))",
            "DROP INDEX claim_words_speakers",
        ),
    ]
