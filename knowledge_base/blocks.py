"""What the body of an article is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PLAIN = ["bold", "italic", "ol", "ul", "link", "document-link"]


class Quote(blocks.StructBlock):
    text = blocks.TextBlock(label=_("What was said"))
    who = blocks.CharBlock(label=_("Who said it"), required=False, help_text=_("Never the name of a client."))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "knowledge_base/blocks/quote.html"


class Body(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="knowledge_base/blocks/heading.html")
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN, template="knowledge_base/blocks/text.html")
    quote = Quote()
    advice = blocks.TextBlock(label=_("What to do"), icon="tick", template="knowledge_base/blocks/advice.html")

    class Meta:
        required = False


class Exercise(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=600)
    steps = blocks.TextBlock(label=_("Steps"), help_text=_("Each begins with its number: “1. ”."))
    debrief = blocks.ListBlock(blocks.TextBlock(label=_("Question")), label=_("Questions afterwards"), default=[])

    class Meta:
        icon = "list-ol"
        label = _("Exercise")


class Exercises(blocks.StreamBlock):
    exercise = Exercise()

    class Meta:
        required = False
