"""When an environment is deployed a second time."""

from scripts.deploy import find_new_address
from scripts.environments import Environment
from tests.scripts.fakes import FakeStack

API = "https://abc.execute-api.eu-west-3.amazonaws.com"


def environment(**parameters: str) -> Environment:
    return Environment(name="x", stack="facteur-x", region="eu-west-3", parameters=parameters)


def test_the_sign_in_page_gets_the_address_of_a_new_api() -> None:
    stack = FakeStack({"ApiUrl": API}, {"ConsoleUrl": "http://localhost:8000"})

    assert find_new_address(environment(), stack) == API


def test_a_known_address_is_not_deployed_again() -> None:
    stack = FakeStack({"ApiUrl": API}, {"ConsoleUrl": API})

    assert find_new_address(environment(), stack) is None


def test_a_console_with_an_address_of_its_own_keeps_it() -> None:
    own = "https://facteur.example.com"
    stack = FakeStack({"ApiUrl": API}, {"ConsoleUrl": own})

    assert find_new_address(environment(ConsoleUrl=own), stack) is None
