"""A published version of a curriculum is never changed, whatever SQL is run; and editors may write drafts in the CMS."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION public.knowledge_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: a published version is not changed';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER version_frozen BEFORE UPDATE OR DELETE ON public.knowledge_base_curriculumversion
FOR EACH ROW EXECUTE FUNCTION public.knowledge_version_frozen();

-- Whoever changes a part holds its version's row until the end, so that it is not published in the meantime.
CREATE FUNCTION public.knowledge_part_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched uuid[] := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.version_id]
        WHEN 'DELETE' THEN ARRAY[OLD.version_id]
        ELSE ARRAY[OLD.version_id, NEW.version_id] END;
    published timestamptz;
BEGIN
    FOR published IN
        SELECT published_at FROM public.knowledge_base_curriculumversion WHERE id = ANY (touched) FOR SHARE
    LOOP
        IF published IS NOT NULL THEN
            RAISE insufficient_privilege USING MESSAGE = 'permission denied: a published version is not changed';
        END IF;
    END LOOP;
    IF TG_TABLE_NAME = 'knowledge_base_unit' AND TG_OP <> 'DELETE' THEN
        IF NOT EXISTS (
            SELECT 1 FROM public.knowledge_base_module WHERE id = NEW.module_id AND version_id = NEW.version_id
        ) THEN
            RAISE check_violation USING MESSAGE = 'a unit and its module are of one version';
        END IF;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER module_frozen BEFORE INSERT OR UPDATE OR DELETE ON public.knowledge_base_module
FOR EACH ROW EXECUTE FUNCTION public.knowledge_part_frozen();
CREATE TRIGGER unit_frozen BEFORE INSERT OR UPDATE OR DELETE ON public.knowledge_base_unit
FOR EACH ROW EXECUTE FUNCTION public.knowledge_part_frozen();
"""
THAW = """
DROP TRIGGER unit_frozen ON public.knowledge_base_unit;
DROP TRIGGER module_frozen ON public.knowledge_base_module;
DROP TRIGGER version_frozen ON public.knowledge_base_curriculumversion;
DROP FUNCTION public.knowledge_part_frozen;
DROP FUNCTION public.knowledge_version_frozen;
"""
GROUP = "Knowledge editors"
PARTS = {
    "curriculumversion": ("view", "change", "delete"),
    "module": ("view", "add", "change", "delete"),
    "unit": ("view", "add", "change", "delete"),
}


def appoint(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.get(name=GROUP)
    for model, acts in PARTS.items():
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="knowledge_base", model=model
        )
        for act in acts:
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=kind, codename=f"{act}_{model}", defaults={"name": f"Can {act} {model}"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("knowledge_base", "0003_what_is_taught")]

    operations = [
        migrations.RunSQL(FREEZE, THAW),
        migrations.RunPython(appoint, migrations.RunPython.noop),
    ]
