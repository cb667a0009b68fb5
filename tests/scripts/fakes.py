"""A deployed stack, in memory."""


class FakeStack:
    """A stack whose parameters change at once."""

    def __init__(self, outputs: dict[str, str], parameters: dict[str, str] | None = None) -> None:
        self._outputs = outputs
        self._parameters = dict(parameters or {})

    def output(self, key: str) -> str:
        return self._outputs[key]

    def outputs(self) -> dict[str, str]:
        return dict(self._outputs)

    def parameter(self, key: str) -> str:
        return self._parameters.get(key, "")

    def set_parameter(self, key: str, value: str) -> None:
        self._parameters[key] = value
