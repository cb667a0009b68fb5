"""Reading and writing samconfig.toml."""

from dataclasses import replace
from pathlib import Path

import pytest

from scripts.environments import SAMCONFIG, read_environment, write_environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def samconfig(tmp_path: Path) -> Path:
    copy = tmp_path / "samconfig.toml"
    copy.write_text((ROOT / SAMCONFIG).read_text())
    return copy


def test_an_environment_nobody_deployed_has_a_name_and_no_region(samconfig: Path) -> None:
    staging = read_environment("staging", path=samconfig)

    assert staging.stack == "facteur-staging"
    assert (staging.region, staging.parameters) == ("", {})


@pytest.mark.parametrize("name", ["default", "staging"])
def test_what_is_written_is_read_again(samconfig: Path, name: str) -> None:
    known = replace(
        read_environment(name, path=samconfig),
        region="eu-west-3",
        parameters={"AlarmEmail": "ops@example.com", "ExistingIdentityArns": "a=b,c"},
    )

    write_environment(known, path=samconfig)

    assert read_environment(name, path=samconfig) == known


def test_a_new_environment_deploys_like_the_default_one_and_leaves_it_alone(
    samconfig: Path,
) -> None:
    before = read_environment("default", path=samconfig)

    write_environment(
        replace(read_environment("staging", path=samconfig), region="eu-west-1"), path=samconfig
    )

    assert read_environment("default", path=samconfig) == before
    assert samconfig.read_text().count("resolve_s3 = true") == 2
    assert samconfig.read_text().startswith("#")
