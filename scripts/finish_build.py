"""Finish the output of `sam build` for Lambda: remove unused files, compile, check the sizes.

SAM dates every file of a zip 1980. Byte code that Python checks by time would never match and be
compiled again at every cold start, so it is compiled here in a form that is not checked.
Run as ``PYTHONPATH=layers/core python -m scripts.finish_build``.
"""

import compileall
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from py_compile import PycInvalidationMode

from facteur.locales import Locale, language_of
from local.template.source import load_template

BUILD = Path(".aws-sam/build")
LIMIT = 250 * 1024 * 1024
"""Bytes that a function and its layers may take unzipped.
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""

_PRINTED = "|".join(sorted(language_of(locale).tag.partition("-")[0] for locale in Locale))
_LOCALE_OF_OURS = re.compile(rf"(root|({_PRINTED})(_\w+)?)\.dat")
"""What babel must know to print dates and amounts in our languages."""


def trim(layer: Path) -> None:
    """Remove what no function reads: commands, tests, and the locales of other languages."""
    shutil.rmtree(layer / "python" / "bin", ignore_errors=True)
    for tests in [path for path in layer.rglob("tests") if path.is_dir()]:
        shutil.rmtree(tests)
    for locale in layer.glob("python/babel/locale-data/*.dat"):
        if not _LOCALE_OF_OURS.fullmatch(locale.name):
            locale.unlink()


def compile_tree(tree: Path, *, installed_at: str) -> bool:
    """Compile every file, also if byte code exists; True if all compile.

    The byte code names ``installed_at`` as its folder, so it does not depend on the build folder.
    """
    return bool(
        compileall.compile_dir(
            tree,
            force=True,
            quiet=1,
            stripdir=str(tree),
            prependdir=installed_at,
            invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
        )
    )


def size_of(tree: Path) -> int:
    """Bytes of all files under ``tree``."""
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())


def layers_of(template: Path) -> Iterator[tuple[str, list[str]]]:
    """Each function of the built template and its layers, by logical id."""
    match load_template(template):
        case {"Resources": dict(resources)}:
            for name, resource in resources.items():
                match resource:
                    case {"Type": "AWS::Serverless::Function", "Properties": dict(properties)}:
                        layers = properties.get("Layers", [])
                        own = layers if isinstance(layers, list) else []
                        yield name, [str(layer["Ref"]) for layer in own if isinstance(layer, dict)]


def main() -> int:
    """Finish the build; 1 when a file does not compile or a function is too big."""
    is_good = True
    for built in sorted(path for path in BUILD.iterdir() if path.is_dir()):
        is_layer = built.name.endswith("Layer")
        if is_layer:
            trim(built)
        is_good &= compile_tree(built, installed_at="/opt" if is_layer else "/var/task")
    sizes = {path.name: size_of(path) for path in BUILD.iterdir() if path.is_dir()}
    for function, layers in layers_of(BUILD / "template.yaml"):
        total = sizes[function] + sum(sizes[layer] for layer in layers)
        parts = ", ".join(f"{layer} {sizes[layer] / 2**20:.1f}" for layer in layers)
        sys.stdout.write(f"{function:<20} {total / 2**20:6.1f} MB ({parts})\n")
        is_good &= total < LIMIT
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
