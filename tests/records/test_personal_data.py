"""Every column has its rule of life and death."""

from django.apps import apps

from jalon.records.personal_data import RULES


def test_every_column_has_its_rule_and_no_rule_is_for_a_column_that_is_gone():
    columns = {
        (model.__name__, field.name)
        for model in apps.get_app_config("records").get_models()
        for field in model._meta.get_fields()
        if field.concrete
    }
    assert columns
    assert columns == set(RULES)
