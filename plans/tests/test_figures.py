"""Figures over records: how each is counted, what it prints, what it says when there is nothing."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import figures
from plans.figures.communes import communes_with_results
from plans.figures.records import ActivityRecord, CitationRecord, DecisionRecord, SpendingRecord
from plans.tests.records import (
    SA_RAI,
    TAN_HO_CO,
    TAN_PHUOC,
    THAP_DONG,
    context,
    entry,
    product,
    recognition,
    target,
)


def printed(name, of):
    return figures.compute(name, of).text


def is_nothing(name, of):
    return figures.compute(name, of).is_nothing


## Nothing there


@pytest.mark.parametrize(
    "name",
    [
        "entered_products", "entered_producers", "entered_first", "entered_upgrade", "entered_upgrade_list",
        "entered_re_evaluation", "recognised_new", "recognised_new_stars", "recognition_decision", "achieved_percent",
        "report_target", "standing_total", "standing_stars", "recognition_years", "spending_by_source", "spending_total",
        "potential_products", "min_recognised", "activity_attendees", "activity_classes", "legal_basis_list",
        "annex_2", "annex_1_reference", "budget_total", "commune_new", "commune_all_list",
    ],
)  # fmt: skip
def test_every_figure_is_nothing_without_records(name):
    assert is_nothing(name, context())


@pytest.mark.parametrize("name", figures.names())
def test_every_figure_computes_without_records_and_explains_itself(name):
    figure = figures.compute(name, context())

    assert figure.label
    assert figure.how.endswith(".")


def test_an_unknown_figure_is_refused_with_the_known_names():
    with pytest.raises(figures.UnknownFigure, match="entered_products"):
        figures.compute("bonus", context())


def test_a_figure_cannot_be_registered_twice():
    with pytest.raises(ValueError, match="twice"):
        figures.figure("entered_products", label="x", how="y")(lambda _context: figures.Found(1, "1"))


## Entries


def test_entries_count_products_once_over_two_rounds():
    twice = product(1)
    of = context(entries=(entry(1, item=twice), entry(2, item=twice, case="upgrade"), entry(3)))

    assert printed("entered_products", of) == "02"
    assert printed("entered_first", of) == "01"
    assert printed("entered_upgrade", of) == "01"
    assert printed("entered_upgrade_list", of) == twice.name


def test_entered_producers_counts_each_once_and_opens_them():
    of = context(entries=(entry(1), entry(2), entry(3, item=product(3, producer=THAP_DONG))))
    figure = figures.compute("entered_producers", of)

    assert figure.value == 2
    assert [row.label for row in figure.rows] == ["cơ sở sản xuất khô Ba Khía", "công ty TNHH Tháp Đồng"]


## Recognitions


def test_counts_and_stars_follow_the_unit_s_way_of_writing():
    of = context(recognitions=(recognition(1),), pad_counts=False, pad_stars=False)

    assert (printed("recognised_new", of), printed("recognised_new_stars", of)) == ("1", "3 sao")


def test_mixed_stars_are_said_with_their_numbers():
    of = context(recognitions=(recognition(1), recognition(2, stars=4), recognition(3)))

    assert printed("recognised_new_stars", of) == "03 sao (02 sản phẩm) và 04 sao (01 sản phẩm)"
    assert printed("recognised_new_by_star", of) == "02 sản phẩm đạt 03 sao và 01 sản phẩm đạt 04 sao"
    assert printed("recognised_stars", of) == "03 và 04"


def test_decisions_of_two_rounds_are_both_cited_in_order():
    earlier = DecisionRecord(2, "Quyết định số 800/QĐ-UBND-HC", date(2021, 6, 30), "30 tháng 6 năm 2021")
    of = context(recognitions=(recognition(1), recognition(2, decision=earlier)))

    assert printed("recognition_decision", of) == (
        "Quyết định số 800/QĐ-UBND-HC, ngày 30 tháng 6 năm 2021 và "
        "Quyết định số 1991/QĐ-UBND-HC, ngày 31 tháng 12 năm 2021"
    )


def test_standing_counts_each_product_once_and_leaves_out_what_no_longer_holds():
    upgraded = product(1)
    of = context(
        recognitions=(
            recognition(1, item=upgraded, year=2020),
            recognition(2, item=upgraded, stars=4, case="upgrade"),
            recognition(3, year=2018, expires_on=date(2021, 12, 30)),
            recognition(4, year=2020, withdrawn_on=date(2021, 5, 1)),
            recognition(5, year=2018, expires_on=date(2021, 12, 31)),
        )
    )

    assert figures.compute("standing_total", of).value == 2
    assert printed("standing_stars", of) == "03 sao (01 sản phẩm) và 04 sao (01 sản phẩm)"
    assert printed("recognised_new", of) == "0"
    assert printed("recognised_upgrade", of) == "01"


def counts(of):
    names = ("recognised_new", "recognised_upgrade", "recognised_re_evaluation", "standing_before", "standing_total")
    return tuple(figures.compute(name, of).value for name in names)


def test_a_decision_of_january_counts_for_the_round_s_year_in_the_results_and_in_the_total():
    of = context(recognitions=(recognition(1, year=2020), recognition(2, decided_on=date(2022, 1, 20))))

    assert counts(of) == (1, 0, 0, 1, 2)
    assert printed("recognition_years", of) == "2020 và năm 2021"
    assert counts(replace(of, plan_year=2023, report_year=2022)) == (0, 0, 0, 2, 2)


def test_a_re_evaluation_of_january_follows_the_run_out_recognition_without_a_gap():
    same = product(1)
    rows = (
        recognition(1, item=same, year=2018, expires_on=date(2021, 12, 30)),
        recognition(2, item=same, case="re_evaluation", decided_on=date(2022, 1, 20)),
    )

    assert counts(context(recognitions=rows)) == (0, 0, 1, 1, 1)


def test_a_recognition_withdrawn_within_its_year_is_neither_new_nor_standing():
    held, gone = recognition(1), recognition(2, decided_on=date(2021, 6, 30), withdrawn_on=date(2021, 12, 31))
    of = context(recognitions=(gone, held), targets=(target(4),))

    assert counts(of) == (1, 0, 0, 0, 1)
    assert printed("achieved_percent", of) == "25%"
    later = replace(gone, withdrawn_on=date(2022, 1, 1))
    assert counts(context(recognitions=(later, held))) == (2, 0, 0, 0, 2)


@pytest.mark.parametrize(("last_day", "standing"), [(date(2021, 12, 30), 0), (date(2021, 12, 31), 1)])
def test_a_recognition_holds_until_the_end_of_its_last_day(last_day, standing):
    of = context(recognitions=(recognition(1, year=2018, expires_on=last_day),))

    assert figures.compute("standing_total", of).value == standing


def test_an_upgrade_raises_the_stars_and_is_not_new_and_a_withdrawn_one_leaves_the_old_star():
    tea = product(1)
    old, upgraded = recognition(1, item=tea, year=2020), recognition(2, item=tea, stars=4, case="upgrade")
    of = context(recognitions=(old, upgraded))

    assert counts(of) == (0, 1, 0, 1, 1)
    assert printed("standing_stars", of) == "04 sao"
    assert is_nothing("standing_growth", of)
    withdrawn = context(recognitions=(old, replace(upgraded, withdrawn_on=date(2021, 12, 31))))
    assert counts(withdrawn) == (0, 0, 0, 1, 1)
    assert printed("standing_stars", withdrawn) == "03 sao"


def test_a_failed_upgrade_leaves_the_old_star():
    tea = product(1)
    of = context(recognitions=(recognition(1, item=tea, year=2020),), entries=(entry(1, item=tea, case="upgrade"),))

    assert counts(of) == (0, 0, 0, 1, 1)
    assert printed("standing_stars", of) == "03 sao"
    assert printed("entered_upgrade", of) == "01"


def test_a_product_re_evaluated_while_it_still_holds_is_counted_once_and_not_as_new():
    same = product(1)
    rows = (recognition(1, item=same, year=2019), recognition(2, item=same, case="re_evaluation"))

    assert counts(context(recognitions=rows)) == (0, 0, 1, 1, 1)


def test_a_product_new_and_upgraded_within_the_year_is_new_with_its_last_stars():
    same = product(1)
    rows = (
        recognition(1, item=same, decided_on=date(2021, 6, 30)),
        recognition(2, item=same, stars=4, case="upgrade"),
    )
    of = context(recognitions=rows)

    assert counts(of) == (1, 0, 0, 0, 1)
    assert printed("recognised_new_stars", of) == "04 sao"
    assert printed("standing_growth", of) == "01"


def test_recognition_years_are_those_of_standing_products():
    of = context(recognitions=(recognition(1, year=2019), recognition(2, year=2020), recognition(3)))

    assert printed("recognition_years", of) == "2019, năm 2020 và năm 2021"


## The share of the target


@pytest.mark.parametrize(
    ("reached", "targets", "text"),
    [
        (9, (target(4),), "225%"),
        (1, (target(3),), "33,33%"),
        (0, (target(4),), "0%"),
        (9, (target(0),), "……"),
        (9, (), "……"),
        (9, (target(4, year=2022),), "……"),
        (3, (target(6, "recognised"),), "50%"),
    ],
)
def test_achieved_percent_needs_a_target_of_the_report_year(reached, targets, text):
    rows = tuple(recognition(number) for number in range(1, reached + 1))

    assert printed("achieved_percent", context(recognitions=rows, targets=targets)) == text


def test_achieved_percent_of_a_three_star_target_counts_three_stars_and_more():
    of = context(
        recognitions=(recognition(1, stars=2), recognition(2, stars=4)),
        targets=(target(2, "recognised", least_stars=3),),
    )

    assert printed("achieved_percent", of) == "50%"


def test_no_product_is_said_as_zero_percent_and_dropped_from_optional_parts():
    assert is_nothing("achieved_percent", context(targets=(target(4),)))


## Communes: the two sentence forms


def of_commune(of, commune=TAN_HO_CO):
    return of.of_commune(commune)


def test_new_products_of_several_producers_are_joined_by_and():
    rows = (
        recognition(1, item=product(1, "Khô cá lóc")), recognition(2, item=product(2, "Khô nhái")),
        recognition(3, item=product(3, "Rượu Tháp Đồng", THAP_DONG)),
    )  # fmt: skip

    assert printed("commune_new_list", of_commune(context(recognitions=rows))) == (
        "Khô cá lóc, khô nhái của cơ sở sản xuất khô Ba Khía và rượu Tháp Đồng của công ty TNHH Tháp Đồng"
    )


def test_new_products_of_one_producer_end_with_and():
    rows = (recognition(1, item=product(1, "Khô trâu")), recognition(2, item=product(2, "Khô bò")))

    assert printed("commune_new_list", of_commune(context(recognitions=rows))) == (
        "Khô trâu và khô bò của cơ sở sản xuất khô Ba Khía"
    )


def test_all_products_name_producers_with_their_numbers_when_one_has_two():
    rows = (
        recognition(1, item=product(1, "Khô cá lóc"), year=2020), recognition(2, item=product(2, "Khô nhái")),
        recognition(3, item=product(3, "Rượu Tháp Đồng", THAP_DONG)),
    )  # fmt: skip

    assert printed("commune_all_list", of_commune(context(recognitions=rows))) == (
        "cơ sở sản xuất khô Ba Khía 02 sản phẩm (khô cá lóc, khô nhái); "
        "công ty TNHH Tháp Đồng 01 sản phẩm (rượu Tháp Đồng)"
    )


def test_all_products_name_the_year_when_every_producer_has_one():
    rows = (
        recognition(1, item=product(1, "Trà Bồ công anh"), year=2020),
        recognition(2, item=product(2, "Gạo Nghĩa Nhân", THAP_DONG)),
    )  # fmt: skip

    assert printed("commune_all_list", of_commune(context(recognitions=rows))) == (
        "trà Bồ công anh (đạt năm 2020) của cơ sở sản xuất khô Ba Khía và gạo Nghĩa Nhân của công ty TNHH Tháp Đồng"
    )


def test_communes_are_ordered_by_new_then_all_then_name():
    rows = (
        recognition(1, commune=TAN_PHUOC), recognition(2, commune=TAN_PHUOC, year=2020),
        recognition(3, commune=TAN_HO_CO), recognition(4, commune=SA_RAI, year=2020),
    )  # fmt: skip

    assert communes_with_results(context(recognitions=rows)) == (TAN_PHUOC, TAN_HO_CO, SA_RAI)


def test_an_abbreviation_keeps_its_capitals_inside_a_list():
    names = ("Khô", "VietGAP gạo", "OCOP trà", "Ô mai")
    rows = tuple(recognition(number, item=product(number, name)) for number, name in enumerate(names))

    assert printed("commune_new_list", of_commune(context(recognitions=rows))).startswith(
        "Khô, VietGAP gạo, OCOP trà và ô mai của"
    )


## Activities, money, law


def activity(pk, **values):
    return ActivityRecord(pk, **({"kind": "training", "topic": "OCOP"} | values))


def test_a_section_selects_activities_by_kind_and_organiser_and_pins_win():
    rows = (
        activity(1, organiser="Huyện", attendees=60, classes=1),
        activity(2, organiser="Tỉnh", attendees=40),
        activity(3, kind="promotion", attendees=170),
        activity(4, organiser="Huyện", attendees=5, section_key="other"),
    )
    of = context(activities=rows)
    own = of.of_section("training", {"activities": {"kind": "training", "organiser": "Huyện"}})

    assert printed("activity_attendees", own) == "60 người"
    assert printed("activity_classes", own) == "01"
    assert printed("activity_attendees", of.of_section("training", {"activities": {"kind": "training"}})) == "100 người"
    assert printed("activity_attendees", of.of_section("other", {})) == "05 người"
    assert is_nothing("activity_attendees", of.of_section("training", {}))


def test_people_and_turns_are_never_added_up():
    rows = (
        activity(1, attendees=60),
        activity(2, attendees=120, attendee_unit="lượt người"),
        activity(3, attendees=10),
    )
    of = context(activities=rows).of_section("training", {"activities": {"kind": "training"}})

    assert printed("activity_attendees", of) == "70 người và 120 lượt người"


def test_spending_is_summed_by_source():
    rows = (
        SpendingRecord(1, 20_000_000, "nguồn A"),
        SpendingRecord(2, 5_500_000, "nguồn B"),
        SpendingRecord(3, 15_000_000, "nguồn A"),
    )

    assert (
        printed("spending_by_source", context(spendings=rows))
        == "Từ nguồn A: 35 triệu đồng; từ nguồn B: 5,5 triệu đồng"
    )
    assert printed("spending_total", context(spendings=rows)) == "40,5 triệu đồng"


def test_legal_basis_joins_by_each_document_s_own_sign():
    rows = (CitationRecord(1, "Quyết định A", ","), CitationRecord(2, "Quyết định B"), CitationRecord(3, "Hướng dẫn C"))

    assert printed("legal_basis_list", context(citations=rows)) == "Quyết định A, Quyết định B; Hướng dẫn C"


def test_annex_reference_is_printed_only_when_the_annex_is_printed():
    on, off = context(annex_labels=((1, "Biểu 1", True),)), context(annex_labels=((1, "Biểu 1", False),))

    assert printed("annex_1_reference", on) == "(kèm theo biểu 1)"
    assert is_nothing("annex_1_reference", off)
    assert printed("annex_1", off) == "biểu 1"


## Whatever the records are, the parts make the whole

COMMUNES = (TAN_HO_CO, TAN_PHUOC, SA_RAI)
RECOGNITIONS = st.lists(
    st.builds(
        lambda item, commune, year, stars, case: (item, commune, year, stars, case),
        st.integers(1, 12), st.sampled_from(COMMUNES), st.integers(2018, 2021), st.integers(1, 5),
        st.sampled_from(["first", "upgrade", "re_evaluation"]),
    ),
    max_size=25,
)  # fmt: skip


def _context_of(drawn):
    home = {item: commune for item, commune, *_rest in drawn}
    rows = sorted(
        (
            recognition(number, item=product(item), commune=home[item], year=year, stars=stars, case=case)
            for number, (item, _commune, year, stars, case) in enumerate(drawn, start=1)
        ),
        key=lambda row: (row.decided_on, row.pk),
    )
    return context(recognitions=tuple(rows))


@given(RECOGNITIONS)
def test_sums_over_communes_are_the_totals(drawn):
    of = _context_of(drawn)

    for part, whole in (("commune_new", "recognised_new"), ("commune_total", "standing_total")):
        sums = sum(figures.compute(part, of.of_commune(commune)).value for commune in COMMUNES)
        assert sums == figures.compute(whole, of).value


@given(RECOGNITIONS)
def test_every_count_is_the_number_of_the_rows_it_opens(drawn):
    of = _context_of(drawn)

    for name in ("recognised_new", "recognised_upgrade", "recognised_re_evaluation", "standing_total"):
        figure = figures.compute(name, of)
        assert len(figure.rows) == figure.value
        assert len({row.pk for row in figure.rows}) == figure.value


@given(RECOGNITIONS)
def test_what_was_recognised_in_the_year_stands_at_its_end(drawn):
    of = _context_of(drawn)
    stands = {row.pk for row in figures.shared.standing(of)}
    recognised = figures.shared.recognised(of)

    assert {row.pk for row in recognised} <= stands
    assert sum(counts(of)[:3]) == len(recognised)


@given(RECOGNITIONS)
def test_stars_said_for_a_total_add_up_to_it(drawn):
    of = _context_of(drawn)
    counted = Counter(row.product.pk for row in figures.shared.standing(of))

    assert all(number == 1 for number in counted.values())
    assert sum(counted.values()) == figures.compute("standing_total", of).value


@given(st.lists(st.tuples(st.integers(1, 8), st.sampled_from(["first", "upgrade", "re_evaluation"])), max_size=20))
def test_entries_of_the_three_cases_make_all_entries(drawn):
    of = context(
        entries=tuple(entry(number, item=product(item), case=case) for number, (item, case) in enumerate(drawn))
    )
    parts = sum(figures.compute(f"entered_{case}", of).value for case in ("first", "upgrade", "re_evaluation"))

    assert parts == figures.compute("entered_products", of).value


def test_context_of_a_commune_leaves_the_whole_untouched():
    of = context(recognitions=(recognition(1), recognition(2, commune=TAN_PHUOC)))

    assert replace(of, commune=None) == of
    assert figures.compute("commune_new", of.of_commune(TAN_PHUOC)).value == 1
