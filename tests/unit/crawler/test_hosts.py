"""One machine, one pace, however its address is spelt."""

import pytest

from comtoise_crawler.hosts import host_of, origins_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://gazette.example/", "https://gazette.example:443/feed"),
        ("http://gazette.example/", "http://gazette.example:80/feed"),
        ("http://gazette.example/", "https://gazette.example/"),
        ("https://Gazette.Example/", "https://gazette.example./"),
        ("http://[2001:db8::1]/", "http://[2001:DB8::1]:80/"),
    ],
)
def test_one_host(one: str, other: str) -> None:
    assert host_of(one) == host_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://gazette.example/", "https://www.gazette.example/"),
        ("https://gazette.example/", "https://gazette.example:8443/"),
        ("http://gazette.example/", "http://gazette.example:443/"),
        ("https://gazette.example/", "https://gazette.example:99999/"),
        ("https://gazette.example:99998/", "https://gazette.example:99999/"),
    ],
)
def test_two_hosts(one: str, other: str) -> None:
    assert host_of(one) != host_of(other)


@pytest.mark.parametrize("url", ["https://gazette.example/a", "https://gazette.example:443/a"])
def test_both_spellings_of_where_addresses_begin(url: str) -> None:
    assert origins_of(url) == ("https://gazette.example", "https://gazette.example:443")


def test_a_port_of_its_own_has_one_spelling() -> None:
    assert origins_of("http://gazette.example:8080/a?b") == ("http://gazette.example:8080",)
