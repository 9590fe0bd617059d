"""The twenty-four means by which the pages are accessible, and the tests that hold each of them.

They follow EN 301 549, which is WCAG 2.1 at levels A and AA, with the cheap rules of WCAG 2.2. Tests are named by their
file in this directory.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mean:
    """One of the means, and its tests as `file::test`."""

    words: str
    tests: tuple[str, ...]


MEANS = {
    1: Mean(
        "the whole job without a mouse: sign in, open the queue, edit, confirm all, comment, approve, sign out",
        (
            "test_whole_job::test_from_the_queue_to_the_public_page_by_keyboard_alone",
            "test_workday::test_a_good_draft_takes_a_few_keys_a_sentence_and_one_page_at_the_end",
        ),
    ),
    2: Mean(
        "no keyboard trap; Esc closes and gives the focus back",
        (
            "test_access::test_the_focus_is_always_seen_and_comes_out_at_the_end",
            "test_helps::test_helps_are_at_hand_by_keys_and_leave_the_person_where_they_were",
            "test_talk::test_a_segment_is_talked_about_where_it_is_written",
            "test_not_losing::test_two_tabs_and_a_colleague_do_not_write_over_each_other",
        ),
    ),
    3: Mean(
        "the focus shows by 2 px or more at 3:1 or more, never under a bar that stays",
        (
            "test_access::test_the_focus_is_always_seen_and_comes_out_at_the_end",
            "test_in_sight::test_what_a_confirmation_goes_on_to_is_seen_whole_and_stays_where_it_is",
            "test_in_sight::test_news_of_the_session_is_in_sight_and_so_is_the_field_that_is_typed_in",
        ),
    ),
    4: Mean(
        "after a confirmation the next segment has the focus, and its name says which of how many it is",
        ("test_whole_job::test_from_the_queue_to_the_public_page_by_keyboard_alone",),
    ),
    5: Mean(
        "links past what stands on every page",
        (
            "test_structure::test_a_page_with_a_navigation_begins_with_a_way_past_it",
            "test_means::test_the_first_key_leads_past_the_navigation",
        ),
    ),
    6: Mean(
        "a title for each page, one heading of the first level",
        (
            "test_structure::test_a_title_belongs_to_one_kind_of_page",
            "test_access::test_a_page_keeps_the_rules",
        ),
    ),
    7: Mean(
        "a save speaks at most once in five seconds; a failure is an alert, and stays",
        (
            "test_means::test_news_is_spoken_at_most_once_in_five_seconds",
            "test_editing::test_a_text_is_kept_and_sent_again_when_the_server_does_not_answer",
        ),
    ),
    8: Mean(
        "progress is a progress bar with words, told at its start, half, end and error",
        ("test_means::test_progress_is_told_at_its_start_its_half_its_end_and_its_error",),
    ),
    9: Mean(
        "every source, target, suggestion and difference is marked with its language",
        ("test_structure::test_every_text_is_marked_with_its_language",),
    ),
    10: Mean(
        "each field of a segment is named by language and number, and described by its source and its findings",
        ("test_structure::test_a_field_of_a_segment_says_its_language_and_number_and_is_described",),
    ),
    11: Mean(
        "contrast of 4.5:1 and 3:1, light and dark; nothing is lost in forced colours",
        (
            "test_access::test_a_page_keeps_the_rules",
            "test_means::test_forced_colours_leave_nothing_unseen",
        ),
    ),
    12: Mean(
        "nothing by colour alone; what differs is marked up, with hidden words",
        ("test_structure::test_what_differs_and_how_things_stand_is_said_in_words",),
    ),
    13: Mean(
        "320 px wide without sideways scrolling, with all there is to do",
        ("test_access::test_a_page_keeps_the_rules",),
    ),
    14: Mean(
        "wide spacing of the text",
        ("test_access::test_a_page_keeps_the_rules",),
    ),
    15: Mean(
        "nothing moves for who asked for reduced motion",
        ("test_structure::test_nothing_moves_that_somebody_asked_to_stand_still",),
    ),
    16: Mean(
        "a summary of what was wrong, with links and the focus; what was typed is kept",
        (
            "test_means::test_a_fault_is_told_in_a_summary_that_leads_to_the_field",
            "test_handing_in::test_what_was_typed_survives_a_reload_a_refusal_and_another_tab_but_not_signing_out",
        ),
    ),
    17: Mean(
        "labels, and autocomplete where it is about the person",
        (
            "test_access::test_a_page_keeps_the_rules",
            "test_structure::test_fields_about_the_person_tell_browsers_what_they_are",
        ),
    ),
    18: Mean(
        "approving and publishing ask on a page that says what will happen, to whom and when",
        ("test_structure::test_approving_and_publishing_say_what_will_happen_to_whom_and_when",),
    ),
    19: Mean(
        "real tables with captions and scopes",
        ("test_structure::test_tables_have_captions_and_scopes_and_units_are_a_list",),
    ),
    20: Mean(
        "units are a list, not a grid",
        ("test_structure::test_tables_have_captions_and_scopes_and_units_are_a_list",),
    ),
    21: Mean(
        "targets of 24 px or more; approving and requesting changes do not stand side by side",
        (
            "test_access::test_a_page_keeps_the_rules",
            "test_structure::test_approving_and_requesting_changes_never_stand_side_by_side",
        ),
    ),
    22: Mean(
        "shortcuts can be switched off",
        ("test_not_losing::test_who_switched_the_shortcuts_off_keeps_every_key",),
    ),
    23: Mean(
        "what comes under the pointer can be put away, or lies over nothing",
        ("test_structure::test_what_comes_under_the_pointer_lies_over_nothing",),
    ),
    24: Mean(
        "the published pages keep the same rules",
        (
            "test_access::test_a_page_keeps_the_rules",
            "test_means::test_the_published_pages_are_among_those_that_keep_the_rules",
        ),
    ),
}
