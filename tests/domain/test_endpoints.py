from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from service.domain.endpoints import check_endpoint_url, may_call, parse_endpoint_url
from service.domain.errors import Invalid

INSIDE = (ip_network("10.1.0.0/16"), ip_network("fd00:1::/32"), ip_network("127.0.0.0/8"))

PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8", "168.63.129.17"]
PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.8.8.8",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.0.9",
    "192.0.0.10",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:168.63.129.16",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "100::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_called(address: str) -> None:
    assert may_call(ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_leads_inside_may_not(address: str) -> None:
    assert not may_call(ip_address(address))


@pytest.mark.parametrize(
    "address, expected",
    [
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("fd00:1::5", True),
        ("10.2.0.1", False),
        ("fd00:2::5", False),
        ("64:ff9b::10.1.2.3", False),
        ("8.8.8.8", True),
    ],
)
def test_an_allowed_network_opens_itself_and_nothing_else(*, address: str, expected: bool) -> None:
    assert expected == may_call(ip_address(address), INSIDE)


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://example.org", "https://example.org/"),
        (" https://example.org/hooks?a=b ", "https://example.org/hooks?a=b"),
        ("HTTPS://Example.ORG:443/Hooks", "https://example.org/Hooks"),
        ("https://8.8.8.8/x", "https://8.8.8.8/x"),
        ("https://[2606:4700::1111]/x", "https://[2606:4700::1111]/x"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://a_b.example/%20?q=%22", "https://a_b.example/%20?q=%22"),
        ("https://4you.example", "https://4you.example/"),
    ],
)
def test_a_url_is_kept_in_its_canonical_form(url: str, expected: str) -> None:
    assert expected == check_endpoint_url(url)


@pytest.mark.parametrize(
    "url, code",
    [
        ("", "bad_url"),
        ("example.org/hooks", "bad_url"),
        ("//example.org", "bad_url"),
        ("ftp://example.org", "bad_url"),
        ("file:///etc/passwd", "bad_url"),
        ("https://", "bad_url"),
        ("https:///hooks", "bad_url"),
        ("https://:443/hooks", "bad_url"),
        ("https://example.org:99999/", "bad_url"),
        ("https://example.org:x/", "bad_url"),
        ("https://exa mple.org/", "bad_url"),
        ("https://example.org/a\r\nHost: b", "bad_url"),
        ("https://example.org\\@inside/", "bad_url"),
        ("https://example.org/ü", "bad_url"),
        ("https://[::1/", "bad_url"),
        ("https://[fe80::1%25eth0]/", "bad_url"),
        ("https://-a.example/", "bad_url"),
        ("https://a..example/", "bad_url"),
        ("https://" + "a" * 64 + ".example/", "bad_url"),
        ("https://" + "ü" * 300 + ".example/", "bad_url"),
        ("https://example.org/" + "a" * 2000, "bad_url"),
        ("https://2130706433/", "bad_url"),
        ("https://0x7f.1/", "bad_url"),
        ("https://0x7f000001/", "bad_url"),
        ("https://127.1/", "bad_url"),
        ("https://0177.0.0.1/", "bad_url"),
        ("https://127.0.0.1./", "bad_url"),
        ("https://user:pass@example.org/", "url_credentials"),
        ("https://@example.org/", "url_credentials"),
        ("https://example.org/#top", "url_fragment"),
        ("https://example.org/#", "url_fragment"),
        ("http://example.org/", "url_not_https"),
        ("http://8.8.8.8/", "url_not_https"),
        ("https://example.org:8443/", "url_port"),
        ("https://127.0.0.1/", "url_private"),
        ("https://[::ffff:127.0.0.1]/", "url_private"),
        ("https://[64:ff9b::7f00:1]/", "url_private"),
    ],
)
def test_what_cannot_be_called_is_refused(url: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_endpoint_url(url)

    assert (code, "url") == (refused.value.code, refused.value.field)


@pytest.mark.parametrize(
    "url",
    ["http://10.1.2.3:8080/x", "http://127.0.0.1:9000/", "http://intranet:8080/x", "https://intranet:8443/"],
)
def test_an_allowed_network_opens_http_and_every_port(url: str) -> None:
    assert url == check_endpoint_url(url, INSIDE)


@pytest.mark.parametrize("url, code", [("http://8.8.8.8/", "url_not_https"), ("https://8.8.8.8:1/", "url_port")])
def test_an_allowed_network_opens_nothing_for_others(url: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_endpoint_url(url, INSIDE)

    assert code == refused.value.code


def test_a_url_has_the_parts_that_a_request_is_made_of() -> None:
    parsed = parse_endpoint_url("http://[fd00:1::5]:8080/x/y?z=1", INSIDE)

    assert ("fd00:1::5", 8080, "[fd00:1::5]:8080", "/x/y?z=1") == (
        parsed.host,
        parsed.port,
        parsed.authority,
        parsed.target,
    )
