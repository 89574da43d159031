"""Run the benchmarks: all of them, or those named (``python -m bench routing``)."""
import importlib
import pkgutil
import sys

import bench


def main(names: list[str]) -> None:
    every = [module.name for module in pkgutil.iter_modules(bench.__path__)
             if not module.name.startswith('_')]
    for name in names or every:
        print(f'== {name}')
        importlib.import_module(f'bench.{name}').main()


if __name__ == '__main__':
    main(sys.argv[1:])
