from __future__ import annotations

import threading
from contextvars import copy_context

import pytest

from workers.engines.clearance import cleared, is_office_address, is_office_host, may_leave_office


@pytest.mark.parametrize(
    "address, inside",
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("10.0.0.5", True),
        ("172.16.0.1", True),
        ("172.31.255.255", True),
        ("172.32.0.1", False),
        ("192.168.1.1", True),
        ("169.254.7.7", True),
        ("::1", True),
        ("fd00::1", True),
        ("fe80::1%eth0", True),
        ("::ffff:10.0.0.1", True),
        ("::ffff:8.8.8.8", False),
        ("8.8.8.8", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("192.0.2.1", False),
        ("2001:4860:4860::8888", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("libretranslate", False),
        ("", False),
    ],
)
def test_only_this_machine_and_private_networks_are_the_office(address: str, *, inside: bool) -> None:
    assert inside is is_office_address(address)


@pytest.mark.parametrize(
    "addresses, inside",
    [
        (["10.0.0.5"], True),
        (["10.0.0.5", "fd00::5"], True),
        (["10.0.0.5", "93.184.216.34"], False),
        (["93.184.216.34"], False),
        ([], False),
    ],
)
def test_a_host_is_in_the_office_if_every_one_of_its_addresses_is(addresses: list[str], *, inside: bool) -> None:
    assert inside is is_office_host("libretranslate", resolver=lambda _: addresses)


def test_a_name_that_leads_nowhere_is_not_in_the_office() -> None:
    assert not is_office_host("name.invalid")


def test_nothing_may_leave_the_office_unless_it_is_said() -> None:
    assert not may_leave_office()


def test_what_is_cleared_is_so_for_the_block_only() -> None:
    with cleared(outside=True):
        within = may_leave_office()
        with cleared(outside=False):
            further_within = may_leave_office()

    assert (True, False, False) == (within, further_within, may_leave_office())


def test_another_thread_is_not_cleared_unless_it_runs_in_a_copy_of_the_context() -> None:
    found: list[bool] = []

    with cleared(outside=True):
        context = copy_context()
        for target in (lambda: found.append(may_leave_office()), lambda: found.append(context.run(may_leave_office))):
            thread = threading.Thread(target=target)
            thread.start()
            thread.join()

    assert [False, True] == found
