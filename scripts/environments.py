"""The environments in samconfig.toml: the stack's name, region and parameters of each."""

from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.items import Table

SAMCONFIG = Path("samconfig.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """A section of samconfig.toml; ``region`` and ``parameters`` are empty before it is deployed.

    Parameters of the template that are not listed keep their value in the stack.
    """

    name: str
    stack: str
    region: str
    parameters: dict[str, str]


def read_environment(name: str, *, path: Path = SAMCONFIG) -> Environment:
    """The environment of this name; a new one if samconfig.toml does not have it."""
    config = tomlkit.parse(path.read_text()).unwrap()
    section = config.get(name, {})
    deploy = section.get("deploy", {}).get("parameters", {})
    overrides = (str(each).partition("=") for each in deploy.get("parameter_overrides", []))
    stack = section.get("global", {}).get("parameters", {}).get("stack_name")
    return Environment(
        name=name,
        stack=str(stack or f"facteur-{name}"),
        region=str(deploy.get("region", "")),
        parameters={key: value for key, _, value in overrides},
    )


def write_environment(environment: Environment, *, path: Path = SAMCONFIG) -> None:
    """Store an environment; a new one gets the deployment options of the default one."""
    config = tomlkit.parse(path.read_text())
    name = environment.name
    if name not in config:
        config[name] = {
            "global": {"parameters": {"stack_name": environment.stack}},
            "deploy": {"parameters": config["default"]["deploy"]["parameters"].unwrap()},
        }
    deploy = config[name]["deploy"]["parameters"]
    if not isinstance(deploy, Table):
        raise TypeError(f"[{name}.deploy.parameters] in {path}")
    deploy["region"] = environment.region
    overrides = tomlkit.array()
    overrides.extend(f"{key}={value}" for key, value in environment.parameters.items())
    deploy["parameter_overrides"] = overrides.multiline(multiline=True)
    path.write_text(tomlkit.dumps(config))
