"""What the tests themselves stand on."""

import socket

import pytest
from django.db import connection
from pytest_socket import SocketConnectBlockedError


def test_each_run_has_a_database_of_its_own(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0].startswith("test_run_")


@pytest.mark.filterwarnings("ignore:A test tried")
def test_no_test_reaches_the_outside():
    with pytest.raises(SocketConnectBlockedError), socket.socket() as probe:
        probe.connect(("192.0.2.1", 80))
