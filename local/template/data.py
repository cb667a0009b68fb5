"""The plain data that a template is made of, and checks of its shape."""

type Data = str | int | float | bool | list[Data] | dict[str, Data] | None
"""Anything that YAML with CloudFormation's short forms can contain."""


class TemplateError(Exception):
    """The template uses something that the local mode does not support; says where and what."""


def mapping(value: Data) -> dict[str, Data]:
    """``value`` as a mapping; raises TemplateError if it is not one."""
    if not isinstance(value, dict):
        raise TemplateError(f"{value!r} where a mapping belongs")
    return value


def sequence(value: Data) -> list[Data]:
    """``value`` as a list; raises TemplateError if it is not one."""
    if not isinstance(value, list):
        raise TemplateError(f"{value!r} where a list belongs")
    return value


def text(value: Data) -> str:
    """``value`` as a string; raises TemplateError if it is not one."""
    if not isinstance(value, str):
        raise TemplateError(f"{value!r} where a text belongs")
    return value
