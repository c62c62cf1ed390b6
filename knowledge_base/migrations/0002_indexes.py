"""An index page for each language, the site that they are the roots of, and the group that edits them."""

from uuid import UUID

from django.db import migrations

KNOWLEDGE = UUID("2f8d5e0c-7a41-4d0e-9c8b-6f1f2a3b4c5d")  # the same for the indexes of all languages
INDEXES = {
    "en": ("Knowledge", "What the network has learned: what worked, what did not, and what to do next time."),
    "sq": ("Dituria", "Çfarë ka mësuar rrjeti: çfarë funksionoi, çfarë jo dhe si të veprohet herën tjetër."),
    "sr": ("Znanje", "Šta je mreža naučila: šta je uspelo, šta nije i šta uraditi sledeći put."),
    "lt": ("Žinios", "Ko tinklas išmoko: kas pavyko, kas ne ir ką daryti kitą kartą."),
    "sl": ("Znanje", "Kaj se je mreža naučila: kaj je uspelo, kaj ni in kaj storiti naslednjič."),
    "fa": ("دانش", "آنچه شبکه آموخته است: چه چیزی نتیجه داد، چه چیزی نداد و دفعهٔ بعد چه باید کرد."),
}
GROUP = "Knowledge editors"
ON_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
ON_FILES = ("add_document", "change_document", "choose_document")


def lay(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    KnowledgeIndex = apps.get_model("knowledge_base", "KnowledgeIndex")
    Locale = apps.get_model("wagtailcore", "Locale")
    Site = apps.get_model("wagtailcore", "Site")
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _ = ContentType.objects.get_or_create(app_label="knowledge_base", model="knowledgeindex")
    root = Page.objects.get(depth=1)
    for language, (title, introduction) in INDEXES.items():
        locale, _ = Locale.objects.get_or_create(language_code=language)
        if KnowledgeIndex.objects.filter(locale=locale).exists():
            continue
        slug = "knowledge" if language == "en" else f"knowledge-{language}"
        KnowledgeIndex.objects.create(
            title=title, draft_title=title, introduction=introduction, slug=slug, url_path=f"/{slug}/",
            content_type=kind, locale=locale, translation_key=KNOWLEDGE,
            path=_free_path(Page, root), depth=2, numchild=0,
        )
    index = KnowledgeIndex.objects.get(locale__language_code="en")
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page_id = index.pk
    site.save()
    Page.objects.filter(depth=2, slug="home", title="Welcome to your new Wagtail site!", numchild=0).delete()
    Page.objects.filter(pk=root.pk).update(numchild=Page.objects.filter(depth=2).count())


def _free_path(Page, root):
    """The next path below the root in treebeard's numbering: four signs of base 36 for each level."""
    last = Page.objects.filter(depth=2).order_by("path").values_list("path", flat=True).last()
    number, signs = int(last[4:], 36) + 1 if last else 1, ""
    while number:
        number, rest = divmod(number, 36)
        signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + signs
    return root.path + signs.rjust(4, "0")


def appoint(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    Collection = apps.get_model("wagtailcore", "Collection")
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(_permission(apps, "wagtailadmin", "admin", "access_admin"))
    for index in apps.get_model("knowledge_base", "KnowledgeIndex").objects.all():
        for codename in ON_PAGES:
            apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                group=group, page_id=index.pk, permission=_permission(apps, "wagtailcore", "page", codename)
            )
    for codename in ON_FILES:
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
            group=group,
            collection=Collection.objects.get(depth=1),
            permission=_permission(apps, "wagtaildocs", "document", codename),
        )


def _permission(apps, app_label, model, codename):
    """Made here where Django has not come to it yet: it makes permissions after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app_label, model=model)
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge_base", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(lay, migrations.RunPython.noop),
        migrations.RunPython(appoint, migrations.RunPython.noop),
    ]
