"""Circles of references, which cfn-lint and `sam validate` let pass."""

from copy import deepcopy

from local.template.data import mapping, sequence
from tests.template.declared import expand, find_circle, properties, resources, template


def test_nothing_that_deploys_refers_to_itself_in_a_circle() -> None:
    expanded = expand(template())

    circle = find_circle(expanded)

    assert circle == []


def test_the_api_as_callback_of_its_own_sign_in_client_is_found_to_be_a_circle() -> None:
    wrong = deepcopy(template())
    client = properties(resources(where=wrong)["PeopleClient"])
    client["CallbackURLs"] = [
        {"Fn::Sub": "https://${Api}.execute-api.${AWS::Region}.amazonaws.com/"}
    ]

    circle = find_circle(expand(wrong))

    assert set(circle) >= {"Api", "PeopleClient"}


def test_cors_of_the_bucket_naming_the_api_is_found_to_be_a_circle() -> None:
    wrong = deepcopy(template())
    cors = mapping(properties(resources(where=wrong)["Archive"])["CorsConfiguration"])
    [rule] = sequence(cors["CorsRules"])
    mapping(rule)["AllowedOrigins"] = [
        {"Fn::Sub": "https://${Api}.execute-api.${AWS::Region}.amazonaws.com"}
    ]

    circle = find_circle(expand(wrong))

    assert set(circle) >= {"Api", "Archive"}
