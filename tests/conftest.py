"""Shared by all tests: every one has a home of its own, away from that of whoever runs them."""

from __future__ import annotations

import gc
import importlib
import os
import random
import signal
import tempfile
import textwrap
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from tests.effort import TIMES
from tests.memory_folder import use_memory
from tests.reliability.shims import remove_libraries
from xdist.scheduler import LoadScopeScheduling

from officeops.core.registered import registered
from officeops.model.error_words import discreet
from officeops.model.settings import Machine
from officeops.plugins.discovery import find
from officeops.plugins.manager import Plugins
from officeops.testing import write_plugin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


use_memory()

#: Folders whose tests run in one process, one after the other: they share a server, or would slow each other down.
IN_ORDER = ("reliability", "ssh")


#: Modules that sweep, restart, serve or wait: three quarters of the time all tests take. The rest is `python3 dev.py quick`.
LONG: frozenset[str] = frozenset(
    (
        "test_scope_twins test_scope_random test_round_trip test_new_references_sweep test_renamed test_renaming_typed "
        "test_renaming_follows test_refused_codes test_cli_lists test_plugins_command test_scopes_check test_unknown "
        "test_kept_requests test_inventory_import_lots test_inventory_narrow test_inventory_screen "
        "test_left_threads test_tutorial test_mutation test_plugins_new test_tui_terminal test_export_of_nothing "
        "test_one_writer test_help_examples test_plugins_docs test_backup_numbers test_inventory_position test_cli_pipes "
        "test_fuzz_words test_repeats_renamed test_retention test_migrations_race test_inventory_demand "
        "test_error_words test_guard_twins test_guarded_reading test_hook_answers "
        "test_access test_access_grants test_access_guard test_access_matrix test_access_undo test_answering test_answers_kept test_aside test_backup "
        "test_backup_identity test_backup_load test_backup_lost test_backup_restore test_backup_selfcheck test_blame "
        "test_cli_codes test_cli_conflicts test_cli_light test_cli_writes test_contracts_limits test_contracts_values "
        "test_contracts_writing test_demo test_csv_encodings test_csv_tables test_exchange_errors test_shortened_codes test_exchange_ways "
        "test_fuzz_files test_fuzz_reading test_fuzz_values test_accept test_history_chain test_history_verify test_lost_keys "
        "test_arming test_kept_declarations test_scope_counts test_scope_imports test_statements test_verify_command test_verify_records test_verify_triggers test_import "
        "test_import_compared_sweep test_import_formats test_import_headers test_import_known_records test_import_months_sweep test_import_sweep "
        "test_json_tables test_sheet_tables test_inventory_count_screen test_inventory_import_cells "
        "test_inventory_import_counts test_inventory_import_items test_inventory_import_levels test_inventory_import_known_moves "
        "test_inventory_import_move_rules test_inventory_import_past_moves "
        "test_inventory_import_order_totals test_inventory_import_orders test_inventory_import_prices test_inventory_keys test_inventory_ledger test_inventory_pack_names "
        "test_inventory_rule_properties test_inventory_undo test_kept_lived test_looping test_migrations_missing test_migrations_sweep "
        "test_packaging test_pictures "
        "test_plugins_check test_devices test_northwind test_northwind_2007 test_warehouse test_repeats_sweep test_seal_keys test_seal_rotation test_sealed_files test_sealed_records test_sealed_values test_selfcheck test_tui_access "
        "test_tui_app test_tui_browser test_tui_faults test_tui_find test_tui_form test_tui_keys test_tui_reach "
        "test_receipt_sheet test_sheet_screen test_sheet_page test_scope_counts test_count_killed test_tui_attached test_cli_attached test_planned_tasks test_pages test_output_files "
        "test_inventory_undo_cases test_sql_walls test_tui_wording test_tui_record test_redo test_undo test_undo_command test_undo_dependents"
    ).split()
)


#: A few tests of a sweep are asked for by name, and all are run.
ASKED_FOR = 5
#: A function with more tests than these is a sweep as well, of which a run tries a twelfth and a soak all.
MANY = 3
if os.environ.get("OFFICEOPS_SEED"):
    # A run with a seed is the same run again, Hypothesis's examples included.
    settings.register_profile("seeded", derandomize=True)
    settings.load_profile("seeded")
    # Hypothesis also draws the constants of the modules that are loaded, and which ones are differs between workers.
    providers._get_local_constants = lambda: providers._local_constants

#: Sweeps with a test for each subject that take longest: a run tries a fifteenth of each, a soak all (`OFFICEOPS_TIMES=10`).
SWEPT: frozenset[str] = frozenset(
    (
        "test_a_hook_that_writes_is_refused_by_name test_a_withheld_value_raises_when_it_is_used "
        "test_code_cannot_write_what_a_field_does_not_take test_code_that_is_asked_writes_nothing "
        "test_bad_rows_go_beside_the_file_under_any_name test_a_price_list_without_numbers_goes_by_the_size "
        "test_the_row_of_an_error_is_refused_whatever_its_column_holds "
        "test_a_note_that_cannot_be_read_counts_as_none_and_is_said test_a_stream_that_code_closes_stays_open "
        "test_every_single_thing_done_past_officeops_is_found test_so_is_code_that_takes_the_alarm "
        "test_the_good_answers_before_a_failure_are_kept test_what_is_for_the_server_does_not_run "
        "test_what_is_written_is_said_to_be test_what_is_wrong_is_named "
        "test_an_error_without_words_is_the_plugins_wherever_it_is_raised test_each_such_error_is "
        "test_a_wrong_answer_is_the_plugins test_no_answer_is_no_fault test_a_text_is_one_line_that_can_be_written "
        "test_the_words_of_a_plugin_are_one_line "
        "test_code_that_loops_is_ended_and_named test_each_cell_is_written_or_named "
        "test_each_failure_names_the_plugin_and_the_place test_everyday_heads_of_a_stock_sheet_are_known "
        "test_no_statement_tells_twins_apart test_nor_many_at_once test_people_cannot_write_it_on_any_road "
        "test_what_is_no_exception_is_a_fault_like_any_other "
        "test_no_screen_fails_for_any_role test_a_fault_tells_its_text_only_where_nothing_was_opened "
        "test_no_road_makes_a_double test_a_step_that_reaches_for_others_tables_is_refused_by_name "
        "test_code_in_an_action_only_writes_rows test_each_of_them_is "
        "test_a_refused_plugin_makes_what_asks_plugins_incomplete "
        "test_every_command_names_the_column_and_the_cure test_a_write_whose_history_is_not_kept_fails_closed "
        "test_an_upgrade_goes_on_and_does_not_pass_an_alteration_off_as_its_own "
        "test_text_of_any_encoding_and_delimiter test_a_repeat_answers_as_the_first_time "
        "test_a_month_of_a_sheet_is_its_last_day_where_something_expires "
        "test_a_month_is_its_last_day_where_something_expires test_a_column_of_two_orders_is_refused_with_both_rows "
        "test_the_example_is_a_line_that_the_command_takes test_what_is_no_public_key_is_refused_with_a_sentence "
        "test_what_sqlite_asks_nobody_about_is_refused "
        "test_a_filter_or_order_by_what_is_withheld_now_goes test_what_is_wrong_with_a_scope_is_named "
        "test_what_is_wrong_with_a_lifecycle_is_named test_goods_come_in_on_orders_that_were_sent "
        "test_a_repeat_says_the_sentence_of_the_first_time test_a_request_is_carried_out_once "
        "test_a_manifest_with_a_wrong_type_is_refused_by_name test_enable_says_what_is_wrong_and_enables_nothing "
        "test_booked_rows_are_known_whatever_their_file test_a_kind_one_may_not_see_says_so_on_the_prompt_line "
        "test_a_computed_field_that_does_not_end_is_named test_a_hook_that_does_not_end_is_named_and_the_others_answer "
        "test_a_terminal_is_told_the_new_name test_nobody_makes_a_role_above_their_own "
        "test_goods_in_lots_come_in_with_lot_and_expiry test_selfcheck_finds_a_row_that_does_not_fit_and_the_cure_works "
        "test_a_write_is_done_and_the_code_tells_whether_its_answer_arrived "
        "test_a_vendor_is_found_by_a_callers_number_in_any_spelling test_another_number_finds_nobody "
        "test_what_it_writes_with_options_passes test_a_breakage_is_contained_and_named test_the_screen_names_it_too"
    ).split()
)


#: Long stories told in one test each, of which a run draws a quarter, and a soak all.
STORIES: frozenset[str] = frozenset(
    (
        "test_the_moments_find_a_fault_of_officeops test_no_command_answers_a_slip_in_the_words_of_click "
        "test_no_listing_in_a_pipe_cuts_a_cell test_every_command_takes_json_or_has_a_reason "
        "test_a_burst_ends_as_the_same_keys_typed_slowly_on_a_sample_of_screens "
        "test_no_road_leads_to_an_archived_record test_a_rule_that_no_road_asks_is_a_hole_in_each "
        "test_nor_does_what_actions_alone_write test_every_command_bears_every_hostile_word "
        "test_a_code_that_a_spreadsheet_shortened_is_refused_in_every_text_field "
        "test_every_record_is_exported_and_imported_without_rows "
        "test_every_command_is_recognized_after_everything_was_renamed "
        "test_a_request_id_is_kept_or_refused_by_every_command "
        "test_what_no_import_sets_is_compared_cell_by_cell "
        "test_a_month_is_a_day_in_what_expires_and_is_asked_about_elsewhere "
        "test_devices_survive_export_and_import test_northwind_by_the_commands_of_the_issue "
        "test_any_day_and_seed_has_a_sheet_and_a_today_to_look_at "
        "test_a_lost_key_is_accepted_once_for_what_it_sealed_and_nothing_later "
        "test_no_list_report_sheet_or_text_says_zero test_an_empty_office_takes_all_of_an_export "
        "test_twins_answer_alike test_everybody_is_told_of_the_leave_within_reach_alone "
        "test_ben_learns_nothing_of_cyd test_a_hit_is_for_hr_alone "
        "test_a_witness_who_does_not_count_leaves_the_vial_full test_an_open_form_holds_nothing "
        "test_a_clerk_puts_off_and_has_seen_what_is_due test_files_cross_on_standard_input_and_output_alone "
        "test_a_clerks_words_run_over_ssh test_the_person_alone_signs_and_nobody_else_takes_it_back "
        "test_what_names_nothing_is_refused test_commands_answer_a_repeat "
        "test_every_list_is_the_same_whether_or_not_the_plugins_rest "
        "test_from_their_own_page_somebody_with_little_rights_offers_and_another_takes"
    ).split()
)


#: Single tests that take longest: a run draws a third of them by its seed, and a soak has all.
LONGEST: frozenset[str] = frozenset(
    (
        "test_a_change_is_refused_and_a_list_is_shown test_a_large_import_is_taken_back_in_proportion "
        "test_a_plain_drop_column_is_named_with_its_cure test_a_plugin_is_enabled_used_and_disabled "
        "test_a_plugin_that_is_gone_is_missed test_a_session_stays_small "
        "test_a_signal_at_any_moment_is_told_what_was_saved "
        "test_a_week_is_typed_by_letters_with_totals_below test_an_action_that_asks_nobody_is_found "
        "test_any_command_line_ends_in_a_sentence_and_touches_nothing "
        "test_at_ones_own_login_the_witness_alone_signs_on_a_terminal "
        "test_each_old_action_is_undone_or_that_is_refused_with_a_reason "
        "test_in_any_order_scores_open_with_the_last_card_and_stay_as_they_were_given "
        "test_no_shell_and_no_smuggled_option test_ours_are_disabled_and_enabled_too "
        "test_screens_tell_twins_apart_to_nobody_and_pay_is_kept_in_no_draft "
        "test_the_commands_of_the_page_run test_the_comparison_finds_keys_out_of_order "
        "test_the_environment_is_the_gates_own test_the_first_plugin_gives_all_that_is_promised "
        "test_the_keys_of_a_record_look_like_no_others test_the_sentence_names_the_cure_and_the_cure_works "
        "test_the_sweep_finds_a_command_that_lies test_the_sweep_notices_a_kind_that_it_has_no_record_of "
        "test_three_people_and_cron test_two_people_sign_and_a_line_that_drops_between_them_writes_nothing "
        "test_what_a_command_says_is_what_happened_whatever_its_streams "
        "test_what_another_account_keeps_is_named_and_no_restore_goes_past_it "
        "test_what_is_wrong_with_a_package_is_named test_what_root_left_in_an_office_is_named_with_its_cure "
        "test_what_root_makes_in_the_folder_of_an_account_is_that_accounts "
        "test_who_waits_for_a_second_is_told_once_what_for test_without_a_terminal_nobody_acts"
    ).split()
)


#: The files of the tutorials, each test of which follows a long one as it is written.
TUTORIALS: frozenset[str] = frozenset({"test_tutorial", "test_sterilizer_tutorial"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out most of the sweeps, and mark what is quick: what is in no folder or module that takes long."""
    left_out = [] if TIMES > 1 else _left_out(items)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(map(id, left_out))
        items[:] = [item for item in items if id(item) not in gone]
    for item in items:
        if _is_quick(item.path):
            item.add_marker(pytest.mark.quick)


def _is_quick(module: Path) -> bool:
    return module.parent.name not in {*IN_ORDER, "said"} and module.stem not in LONG


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Load no module that takes long where only what is quick is asked for."""
    if config.option.markexpr == "quick" and collection_path.suffix == ".py":
        return not _is_quick(collection_path) or None
    return None


def pytest_collection(session: pytest.Session) -> None:
    """Load some of the modules before all of them, each process of a run others: what one has compiled the others read."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if not process:
        return
    root = session.config.rootpath
    asked = [root / argument.partition("::")[0] for argument in session.config.args]
    modules = sorted(chain.from_iterable(folder.rglob("test_*.py") for folder in asked))
    for module in modules[int(process) :: int(os.environ["PYTEST_XDIST_WORKER_COUNT"])]:
        if not pytest_ignore_collect(module, session.config):
            name = ".".join(module.relative_to(root).with_suffix("").parts)
            with suppress(Exception):  # what is wrong with it is told where it is collected
                importlib.import_module(name)


def _left_out(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests of sweeps that this run does not try; the same ones in all its processes."""
    run = os.environ.get("OFFICEOPS_SEED") or os.environ.get("PYTEST_XDIST_TESTRUNUID") or "alone"
    chance = random.Random(run)  # noqa: S311 - no secret
    swept: dict[str, list[pytest.Item]] = {}
    for item in items:
        name = getattr(item, "originalname", "")
        if name in SWEPT or item.path.parent.name not in {*IN_ORDER, "said", "tests"}:
            swept.setdefault(f"{item.path}:{name}", []).append(item)
    stories = [item for item in items if getattr(item, "originalname", "") in STORIES]
    left_out = random.Random(f"{run}/stories").sample(stories, len(stories) * 3 // 4)  # noqa: S311 - as above
    tutorials = [item for item in items if item.path.stem in TUTORIALS]
    if {item.path.stem for item in tutorials} == TUTORIALS:
        # A whole run follows one of the five, by its seed; the files by themselves follow all.
        left_out += random.Random(f"{run}/tutorials").sample(tutorials, len(tutorials) - 1)  # noqa: S311 - as above
    longest = [item for item in items if getattr(item, "originalname", "") in LONGEST]
    left_out += random.Random(f"{run}/longest").sample(longest, len(longest) * 2 // 3)  # noqa: S311 - as above
    for function, tests in swept.items():
        is_long = function.rpartition(":")[2] in SWEPT
        if len(tests) > (ASKED_FOR if is_long else MANY):
            drawn = len(tests) // 5 + 1 if is_long else len(tests) // 4 + 1
            dropped = chance.sample(tests, len(tests) - drawn)
            # Each plugin makes the sweeps longer, and a run has twelve minutes.
            tried = [item for item in tests if item not in dropped][: (drawn + 4) // 5]
            left_out += [item for item in tests if item not in tried]
    return left_out


def pytest_collection_finish() -> None:
    """Look for garbage rarely, and never among what is loaded: a sixth of the time of tests that open screens."""
    gc.set_threshold(200_000)
    gc.collect()
    gc.freeze()


def pytest_configure() -> None:
    """Hear Ctrl-C and a lost line, as what tests start and interrupt must: a background job is begun deaf to them."""
    for number, heard in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGHUP, signal.SIG_DFL),
    ):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, heard)


class _ByFolder(LoadScopeScheduling):  # type: ignore[misc] # xdist ships no types
    """Gives tests out one by one, but those of a folder that keeps its order all to one process, and first.

    A sweep makes an office that all its tests use, so these go together as well.
    """

    def _split_scope(self, nodeid: str) -> str:
        module, _, _ = nodeid.partition("::")
        *folders, name = module.split("/")
        if name.endswith("_sweep.py") and "said" not in folders:
            return module
        return next((folder for folder in (*IN_ORDER, "said") if folder in folders), nodeid)


@pytest.hookimpl(optionalhook=True)  # the mutants' tests run without xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:  # noqa: ANN401 - xdist's
    """Keep the tests of some folders together; marks for it go unread in some versions of pytest."""
    return _ByFolder(config, log)


@pytest.fixture(scope="session", autouse=True)
def _nothing_left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give tests and the programs they start a temporary folder, and fail if anything is left in it at the end."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", None)
        yield
        remove_libraries()
    # A pytest that a test runs, on a plugin just made, keeps its folders as every pytest does.
    names = sorted(path.name for path in folder.iterdir())
    left = [name for name in names if not name.startswith("pytest-of-")]
    assert not left, f"left behind in the temporary folder: {left}"


@pytest.fixture(autouse=True)
def _own_home(officeops_home: Path) -> None:  # noqa: ARG001 - the home
    """Keep settings, data and cache of every test to itself, and what a test has opened."""
    discreet(on=False)


@pytest.fixture
def write(officeops_home: Path) -> Callable[..., Path]:
    """Write a one-file plugin called `name`: its PLUGIN, with the words given, then the code given."""

    def write_one(name: str, code: str = "", words: str = "") -> Path:
        head = "from __future__ import annotations\n\nfrom officeops import *\n\n"
        api = "" if "api=" in words else "api=2, "
        manifest = f'PLUGIN = Plugin("{name}", "A plugin of a test", {api}{words})\n\n'
        return write_plugin(officeops_home, name, head + manifest + textwrap.dedent(code))

    return write_one


@pytest.fixture
def load(officeops_home: Path) -> Callable[..., Plugins]:  # noqa: ARG001 - where the plugins folder is
    """Load exactly these plugins, as a command would."""

    def load_them(*names: str) -> Plugins:
        machine = Machine()
        found = find(machine, environ={"OFFICEOPS_PLUGINS": ",".join(names)})
        return Plugins(found, machine, core=registered)

    return load_them
