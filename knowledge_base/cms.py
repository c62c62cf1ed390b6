"""Writing curricula in the CMS: the modules and units of drafts, and beginning and publishing versions."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from halka.common.errors import Refused
from knowledge_base.domain.versions import begin_version, discard_version, problems_of, publish_version
from knowledge_base.models import Curriculum, CurriculumVersion, Module, Unit
from knowledge_base.models.lessons import NOTATION


class _OfDraft:
    """What is published is not there for these views."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(version__published_at=None)  # type: ignore[misc]


class IndexOfDrafts(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().filter(version__published_at=None).select_related("version__curriculum")


class EditOfDraft(_OfDraft, generic.EditView):
    pass


class DeleteOfDraft(_OfDraft, generic.DeleteView):
    pass


class _Modules(forms.ModelChoiceField):
    def label_from_instance(self, obj: Module) -> str:
        return f"{obj.version} · {obj.title}"


class ModuleForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafts = CurriculumVersion.objects.filter(published_at=None).select_related("curriculum")
        self.fields["version"].queryset = drafts


class UnitForm(WagtailAdminModelForm):
    """The version is the module's."""

    module = _Modules(queryset=Module.objects.none(), label=gettext_lazy("Module"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_drafts = Module.objects.filter(version__published_at=None).select_related("version__curriculum")
        self.fields["module"].queryset = of_drafts.order_by("version", "position")

    def _post_clean(self) -> None:
        module = self.cleaned_data.get("module")
        if module is not None:
            self.instance.version = module.version
        super()._post_clean()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean()
        module, key = values.get("module"), values.get("key")
        others = Unit.objects.exclude(pk=self.instance.pk)
        if module and key and others.filter(version=module.version_id, key=key).exists():
            self.add_error("key", _("Another unit of this version has this key."))
        return values


class _OfCurriculum(ModelViewSet):
    index_view_class = IndexOfDrafts
    edit_view_class = EditOfDraft
    delete_view_class = DeleteOfDraft
    copy_view_enabled = False
    add_to_settings_menu = False
    add_to_admin_menu = False
    add_to_reference_index = False
    list_per_page = 100


class ModuleViewSet(_OfCurriculum):
    model = Module
    icon = "folder-open-inverse"
    url_prefix = "curricula/modules"
    list_display: ClassVar = ["title", "version", "position", "dimension"]
    ordering: ClassVar = ["version", "position"]
    panels: ClassVar = [
        FieldPanel("version"),
        FieldPanel("position"),
        FieldPanel("title"),
        FieldPanel("key"),
        FieldPanel("dimension"),
        FieldPanel("summary"),
        FieldPanel("outcomes"),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return _form_of(self, ModuleForm)


class UnitViewSet(_OfCurriculum):
    model = Unit
    icon = "doc-full"
    url_prefix = "curricula/units"
    list_display: ClassVar = ["title", "module", "position", "version"]
    ordering: ClassVar = ["version", "module__position", "position"]
    panels: ClassVar = [
        FieldPanel("module"),
        FieldPanel("position"),
        FieldPanel("title"),
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("skill_kind"), FieldPanel("skill")]),
        FieldRowPanel([FieldPanel("level"), FieldPanel("focus")]),
        FieldRowPanel([FieldPanel("theory_hours"), FieldPanel("practice_hours")]),
        *map(FieldPanel, ("outcomes", "materials", "prerequisites")),
        FieldRowPanel([FieldPanel("scale"), FieldPanel("scale_item")]),
        MultiFieldPanel(
            [HelpPanel(content=NOTATION), FieldPanel("introduction"), FieldPanel("guide"), FieldPanel("exercises")],
            heading=gettext_lazy("What happens"),
        ),
        MultiFieldPanel(
            [FieldPanel("sheet_title"), FieldPanel("sheet_instructions"), FieldPanel("sheet_lines")],
            heading=gettext_lazy("Participant’s sheet"),
        ),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return _form_of(self, UnitForm)


def _form_of(viewset: ModelViewSet, base: type[WagtailAdminModelForm]) -> Any:
    return ObjectList(viewset.panels, base_form_class=base).bind_to_model(viewset.model).get_form_class()


class PublishForm(forms.Form):
    changes = forms.CharField(
        label=gettext_lazy("What changed"),
        help_text=gettext_lazy("For those who teach from the version before."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "POST"])
def versions(request: Any, pk: int) -> HttpResponseBase:
    """The versions of a curriculum: begin one, publish it, or throw the draft away."""
    curriculum = _editable(request, pk)
    form = PublishForm(request.POST if request.POST.get("act") == "publish" else None)
    if request.method == "POST":
        try:
            if _act(request, curriculum, form):
                return HttpResponseRedirect(reverse("knowledge-versions", args=[pk]))
        except Refused as refusal:
            messages.error(request, str(refusal))
    draft = curriculum.versions.filter(published_at=None).first()
    context = {
        "curriculum": curriculum,
        "draft": draft,
        "modules": list(draft.modules.prefetch_related("units")) if draft else [],
        "problems": problems_of(draft) if draft else [],
        "published": list(curriculum.versions.published().order_by("-number")),
        "form": form,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_pages:edit", args=[pk]), "label": curriculum.title},
            {"url": "", "label": _("Versions")},
        ],
    }
    return TemplateResponse(request, "knowledge_base/cms/versions.html", context)


def _editable(request: Any, pk: int) -> Curriculum:
    """Raises Http404, PermissionDenied."""
    curriculum: Curriculum = get_object_or_404(Curriculum, pk=pk)
    if not curriculum.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return curriculum


def _act(request: Any, curriculum: Curriculum, form: PublishForm) -> bool:
    """Whether something was done. Raises Refused."""
    act = request.POST.get("act")
    if act == "begin":
        begin_version(curriculum=curriculum, by=request.user)
        return True
    draft = get_object_or_404(curriculum.versions, published_at=None)
    if act == "discard":
        discard_version(version=draft, by=request.user)
        return True
    if act == "publish" and form.is_valid():
        publish_version(version=draft, changes=form.cleaned_data["changes"], by=request.user)
        messages.success(request, _("Version %(number)s is published.") % {"number": draft.number})
        return True
    return False
