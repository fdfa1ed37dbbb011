from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("studio", "0004_lots_and_vials")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="toxin",
            field=models.CharField(blank=True, default="", max_length=48),
        )
        for name in ("tradeitem", "lot")
    ]
