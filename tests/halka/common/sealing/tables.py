"""Tables of these tests: private ones, in a registry of their own, so that no application knows them."""

from __future__ import annotations

from copy import copy
from typing import ClassVar

from django.apps import apps
from django.apps.registry import Apps
from django.db import models

from halka.common.models import PrivateModel
from halka.common.sealing.fields import BlindIndexField, SealedJSONField, SealedTextField

LABEL = "caseloads"  # the guards of private tables count
registry = Apps()
# A copy, with these models alone: Django would reckon relations of the real ones anew, without other applications'.
registry.app_configs[LABEL] = copy(apps.get_app_config(LABEL))
registry.app_configs[LABEL].models = registry.all_models[LABEL]


class Page(PrivateModel):
    """A page of somebody's diary."""

    title = models.CharField(max_length=50)
    text = SealedTextField("text", blank=True)
    second = SealedTextField(blank=True, max_length=20)
    aside = SealedTextField(null=True, blank=True)
    answers = SealedJSONField(default=dict, blank=True)
    number = SealedTextField(blank=True)
    number_index = BlindIndexField(source="number")

    class Privacy:
        identity: ClassVar = {"number", "number_index"}
        sensitive: ClassVar = {"text", "second", "aside", "answers"}
        plain: ClassVar = {"id", "title"}

    class Meta:
        app_label = LABEL
        apps = registry
        db_table = "diary_page"


class OtherPage(PrivateModel):
    """As above, in another table."""

    text = SealedTextField(blank=True)

    class Meta:
        app_label = LABEL
        apps = registry
        db_table = "diary_other_page"


class PageEvent(models.Model):  # noqa: DJ008  # a history is never printed
    """As a history keeps versions of a page."""

    pgh_tracked_model = Page
    pgh_obj = models.ForeignKey(Page, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    text = SealedTextField(blank=True)

    class Meta:
        app_label = LABEL
        apps = registry
        db_table = "diary_page_event"


TABLES = (Page, OtherPage, PageEvent)
