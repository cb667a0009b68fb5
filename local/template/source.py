"""template.yaml as plain data: the template that runs locally and is tested is what deploys."""

from pathlib import Path

import yaml

from local.template.data import Data

TEMPLATE = Path(__file__).resolve().parents[2] / "template.yaml"


class _Loader(yaml.CSafeLoader):
    """Reads ``!Ref x`` as ``{"Ref": "x"}`` and ``!Sub x`` as ``{"Fn::Sub": "x"}``.

    By libyaml, which every wheel of PyYAML has: ten times as fast.
    """


def _short_form(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Data]:
    value = _value(loader, node)
    if suffix == "GetAtt" and isinstance(value, str):
        resource, _, attribute = value.partition(".")
        value = [resource, attribute]
    return {suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}": value}


def _value(loader: _Loader, node: yaml.Node) -> Data:
    match node:
        case yaml.ScalarNode():
            return str(node.value)
        case yaml.SequenceNode():
            return list(loader.construct_sequence(node, deep=True))
        case yaml.MappingNode():
            return {str(k): v for k, v in loader.construct_mapping(node, deep=True).items()}
        case _:
            raise TypeError(node)


_Loader.add_multi_constructor("!", _short_form)
# Dates stay text: the version of an IAM policy ("2012-10-17") is a string.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_template(path: Path = TEMPLATE) -> dict[str, Data]:
    """The template, with its intrinsic functions as one-key mappings that are not resolved.

    ``!GetAtt A.B`` becomes ``{"Fn::GetAtt": ["A", "B"]}``.
    """
    template = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    if not isinstance(template, dict):
        raise TypeError(f"{path} is not a template")
    return template
