"""Scales: the network's work at once; one's own are drafted, used, renewed, and never change what was answered."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from halka.audit.models import Entry
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads.domain import scales as verbs
from tenants.caseloads.domain.assessments import record_assessment
from tenants.caseloads.enums.assessments import ScaleState
from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.models import Assessment, Scale
from tenants.caseloads.progress import answers_of
from tenants.caseloads.scales import network
from tenants.caseloads.scales.items import Item, as_item
from tenants.caseloads.scales.words import description_of, items_of, name_of, network_text, parts_of
from tenants.organisations.isolation import inside

ITEM = Item("", "Sleeping well", "psychological", "Hardly", "All night")


@pytest.fixture
def own(seat):
    return verbs.new_scale(name="Ours", items=[ITEM, replace(ITEM, text="Cooking", dimension="social")], by=seat)


def publish(scale, seat):
    return verbs.publish(scale=scale, seen_version=scale.version, by=seat)


def actions():
    return list(Entry.objects.order_by("id").values_list("action", flat=True))


# --- the network's
def test_every_side_of_life_has_five_to_seven_questions_and_one_that_falls():
    for dimension in Dimension:
        items = [item for item in network.ITEMS.values() if item.dimension == dimension]
        assert 5 <= len(items) <= 7
        assert any(not item.rising for item in items)
        assert all(item.text and item.low and item.high for item in items)


def test_the_networks_scales_need_no_setting_up(seat):
    scales = verbs.scales_in_use()
    assert [scale.standard for scale in scales] == ["full", "short"]
    assert not Scale.objects.exists()
    assert {item["network"] for item in scales[1].items} <= network.ITEMS.keys()


def test_one_of_the_networks_is_kept_once_and_in_english_whoever_rates_first(seat):
    with override("fa"):
        first = verbs.kept(verbs.scales_in_use()[0])
    second = verbs.kept(verbs.scales_in_use()[0])
    assert first.pk == second.pk == network.SCALES[0].pk
    saved = Scale.objects.get()
    assert (saved.name, saved.items[0]["text"], saved.state) == (
        "The whole picture",
        "Hope for what is coming",
        "published",
    )
    assert verbs.kept(saved) is saved


def test_the_networks_words_are_in_the_readers_language(seat, monkeypatch):
    scale = verbs.kept(verbs.scales_in_use()[0])
    monkeypatch.setattr("tenants.caseloads.scales.words.gettext", str.upper)
    assert name_of(scale) == "THE WHOLE PICTURE"
    assert description_of(scale).isupper()
    assert items_of(scale)[0].low == "I EXPECT NOTHING GOOD"


def test_own_words_are_never_taken_for_the_networks(seat, own, monkeypatch):
    monkeypatch.setattr("tenants.caseloads.scales.words.gettext", str.upper)
    assert (name_of(own), description_of(own), items_of(own)[0].text) == ("Ours", "", "Sleeping well")


def test_what_the_network_asks_with_an_item():
    assert network_text("hope") == "Hope for what is coming"
    assert network_text("gone") == network_text("") == ""


def test_a_newer_number_of_the_networks_scale_takes_the_place_of_the_older(seat):
    old = verbs.kept(verbs.scales_in_use()[0])
    newer = replace(network.SCALES[0], number=2)
    saved = verbs.kept(verbs._networks(newer))
    old.refresh_from_db()
    assert (old.state, saved.state, saved.family) == (ScaleState.RETIRED, ScaleState.PUBLISHED, old.family)


def test_one_of_the_networks_can_be_put_away_and_taken_back(seat):
    scale = verbs.retire(scale=verbs.scales_in_use()[0], by=seat)
    assert [scale.standard for scale in verbs.scales_in_use()] == ["short"]
    verbs.use_again(scale=scale, by=seat)
    assert [scale.standard for scale in verbs.scales_in_use()] == ["full", "short"]
    assert actions() == ["scale.retired", "scale.published"]


def test_finding_a_scale_by_key(seat, own):
    assert verbs.scale_with(own.pk) == own
    assert verbs.scale_with(network.SCALES[1].pk).standard == "short"
    with pytest.raises(Scale.DoesNotExist):
        verbs.scale_with(seat.membership_id)


def test_all_scales_begin_with_the_networks(seat, own):
    kept = verbs.kept(verbs.scales_in_use()[1])
    assert [scale.pk for scale in verbs.all_scales()] == [network.SCALES[0].pk, kept.pk, own.pk]


def test_parts_are_by_side_of_life_and_none_is_empty(own):
    assert [part.dimension for part in parts_of(own)] == ["psychological", "social"]


# --- one's own
def test_a_new_scale_is_a_draft_whose_items_have_keys(own):
    keys = [item["key"] for item in own.items]
    assert len(set(keys)) == 2
    assert all(keys)
    assert own.state == ScaleState.DRAFT
    assert verbs.scales_in_use()[-1].standard == "short"
    assert actions() == ["scale.added"]


def test_one_made_from_the_networks_is_mapped_to_it(seat):
    scale = verbs.scale_from(scale=verbs.scales_in_use()[1], name="", by=seat)
    assert (scale.name, scale.standard, network.is_networks(scale)) == ("Six questions", "short", False)
    assert [item["network"] for item in scale.items] == [item.key for item in network.SCALES[1].items]
    assert verbs.scale_from(scale=scale, name="Other", by=seat).name == "Other"


def test_a_draft_is_written_anew_and_keeps_the_keys_of_what_stays(seat, own):
    first, second = items_of(own)
    items = [replace(second, text="Baking"), ITEM]
    saved = verbs.change_draft(scale=own, name="New", description="D", items=items, seen_version=1, by=seat)
    assert (saved.name, saved.description, saved.version) == ("New", "D", 2)
    assert next(item.key for item in items_of(saved)) == second.key
    assert first.key not in [item.key for item in items_of(saved)]
    with pytest.raises(EditedMeanwhile):
        verbs.change_draft(scale=own, name="X", description="", items=items, seen_version=1, by=seat)
    assert Scale.objects.get().name == "New"


def test_what_is_in_use_is_not_changed_but_renewed(seat, own):
    first = publish(own, seat)
    assert first.published_at is not None
    with pytest.raises(Refused):
        verbs.change_draft(scale=first, name="X", description="", items=[], seen_version=first.version, by=seat)
    with pytest.raises(Refused):
        publish(first, seat)
    draft = verbs.next_version(scale=first, by=seat)
    assert (draft.family, draft.number, draft.state, draft.items) == (first.family, 2, "draft", first.items)
    assert verbs.next_version(scale=first, by=seat) == draft
    second = publish(draft, seat)
    first.refresh_from_db()
    assert (first.state, second.state) == (ScaleState.RETIRED, ScaleState.PUBLISHED)
    assert [scale.pk for scale in verbs.scales_in_use()[2:]] == [second.pk]
    verbs.use_again(scale=first, by=seat)
    assert [scale.pk for scale in verbs.scales_in_use()[2:]] == [first.pk]


def test_the_networks_have_no_next_version_of_ones_own(seat):
    with pytest.raises(Refused):
        verbs.next_version(scale=verbs.kept(verbs.scales_in_use()[0]), by=seat)


def test_answers_of_a_version_read_the_same_after_the_next_one(seat, own, ana, today):
    first = publish(own, seat)
    sleep, cook = items_of(first)
    record_assessment(
        client=ana, scale=first, rater="client", answers={sleep.key: 3, cook.key: 1}, on=today, by=seat
    )  # fmt: skip
    before = [
        (label, [(line.item, line.answer) for line in lines]) for label, lines in answers_of(Assessment.objects.get())
    ]
    draft = verbs.next_version(scale=first, by=seat)
    items = [replace(sleep, text="Resting", low="Never", steps=11, rising=False)]
    draft = verbs.change_draft(scale=draft, name="Renamed", description="", items=items, seen_version=1, by=seat)
    publish(draft, seat)
    read = Assessment.objects.select_related("scale").get()
    assert [(label, [(line.item, line.answer) for line in lines]) for label, lines in answers_of(read)] == before
    assert (read.scale.name, read.scale.items[0]["text"]) == ("Ours", "Sleeping well")
    assert [line.words for _label, lines in answers_of(read) for line in lines] == ["4 of 5", "2 of 5"]


def test_what_was_answered_cannot_be_removed(seat, own, ana, today):
    first = publish(own, seat)
    verbs.discard_draft(scale=first, by=seat)
    assert Scale.objects.filter(pk=first.pk).exists()


def test_a_draft_is_thrown_away(seat, own):
    verbs.discard_draft(scale=own, by=seat)
    assert not Scale.objects.exists()
    assert actions() == ["scale.added", "scale.discarded"]


def test_putting_away_twice_is_putting_away_once(seat, own):
    first = publish(own, seat)
    verbs.retire(scale=first, by=seat)
    verbs.retire(scale=first, by=seat)
    assert actions().count("scale.retired") == 1
    verbs.use_again(scale=first, by=seat)
    verbs.use_again(scale=first, by=seat)
    assert actions().count("scale.published") == 2


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"text": ""}, "text", "Write the question."),
        ({"low": ""}, "low", "first answer"),
        ({"high": ""}, "high", "last answer"),
        ({"steps": 1}, "steps", "Between 2 and 11"),
        ({"steps": 12}, "steps", "Between 2 and 11"),
        ({"dimension": "spiritual"}, "dimension", "Choose a side of life."),
        ({"network": "gone"}, "network", "no such question"),
        ({"network": "talk"}, "network", "another side: Social"),
    ],
)
def test_what_keeps_a_scale_from_being_used(seat, change, field, words):
    scale = verbs.new_scale(name="Ours", items=[replace(ITEM, **change)], by=seat)
    [(index, name, message)] = verbs.faults_of(items_of(scale))
    assert (index, name) == (0, field)
    assert words in message
    with pytest.raises(Refused, match=message):
        publish(scale, seat)


def test_a_scale_has_questions_and_not_too_many():
    assert verbs.faults_of([]) == [(None, "", "Add at least one question.")]
    assert verbs.faults_of([ITEM] * 41) == [(None, "", "At most 40 questions make one scale.")]


def test_two_questions_do_not_stand_for_the_same_one():
    mapped = replace(ITEM, network="hope")
    assert [fault[:2] for fault in verbs.faults_of([mapped, ITEM, mapped])] == [(2, "network")]


def test_a_stored_item_may_hold_more_than_the_code_knows():
    assert as_item({"key": "a", "text": "A", "dimension": "social", "later": 1}) == Item("a", "A", "social")


def test_scales_of_another_organisation_are_not_seen(alpha, beta, seat_in):
    stranger = seat_in(beta)
    with inside(beta):
        theirs = publish(verbs.new_scale(name="Theirs", items=[ITEM], by=stranger), stranger)
        verbs.retire(scale=verbs.scales_in_use()[0], by=stranger)
    with inside(alpha):
        assert [scale.standard for scale in verbs.scales_in_use()] == ["full", "short"]
        with pytest.raises(Scale.DoesNotExist):
            verbs.scale_with(theirs.pk)
