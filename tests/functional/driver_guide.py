"""The code blocks of the driver author's guide, by the file names in their captions."""
import pathlib
import re
import textwrap

GUIDE = pathlib.Path(__file__).parents[2] / 'docs' / 'drivers.rst'
_BLOCK = re.compile(r'^\.\. code-block:: \w+\n   :caption: (\S+)\n\n((?:    .*\n|\n)+)', re.M)


def files():
    """File name → content, as a reader of the guide would write them."""
    return {found[1]: textwrap.dedent(found[2]).rstrip() + '\n'
            for found in _BLOCK.finditer(GUIDE.read_text())}


def write(folder):
    """Write all of them below `folder`; packages get their ``__init__.py``."""
    for name, content in files().items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        for parent in list(path.relative_to(folder).parents)[:-1]:
            pathlib.Path(folder, parent, '__init__.py').touch()
