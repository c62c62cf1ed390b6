"""Pictures that organisations upload: checked by content, drawn anew so that nothing else travels in them."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from tenants.organisations.domain.settings_page import Logo

MOST_BYTES: Final = 100_000
MOST_SIDE: Final = 4000  # pixels; a small file can unpack to an enormous picture
KEPT_SIDE: Final = 480
FORMATS: Final = ("PNG", "JPEG", "WEBP")
CONTENT_TYPES: Final = {"image/png", "image/webp"}


def cleaned(upload: Any) -> Logo:
    """The uploaded file as a small PNG or WebP without metadata. Raises ValidationError."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The picture is larger than 100 kB. Make it smaller and try again."))
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if max(picture.size) > MOST_SIDE:
                raise ValidationError(_("The picture has too many pixels. Make it smaller and try again."))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is not a picture that we can read. Take a PNG, JPEG or WebP file.")) from error
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    png = _written(bare, "PNG", optimize=True)
    return Logo(png, "image/png") if len(png) <= MOST_BYTES else Logo(_written(bare, "WEBP", quality=80), "image/webp")


def _written(picture: Image.Image, kind: str, **options: Any) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()
