"""Run the benchmarks: all of them, or those named (``python -m bench routing``)."""
import argparse
import faulthandler
import importlib
import os

from bench.rig.report import Report

#: In this order; each measures one thing that has a target.
EVERY = ('routing', 'start', 'identity', 'image', 'forward', 'replies', 'transfer')
#: Seconds for all of them together, far more than they take: nothing here may run for ever.
LIMIT = 600


def main() -> None:
    parser = argparse.ArgumentParser(
        prog='python -m bench', description='Measure the gateway; print ratios and targets.')
    parser.add_argument('name', nargs='*',
                        help=f'what to measure, by default all: {", ".join(EVERY)}')
    names = parser.parse_args().name or EVERY
    for name in names:
        if name not in EVERY:
            parser.error(f'there is no benchmark {name}')
    faulthandler.dump_traceback_later(LIMIT, exit=True)
    report = Report()
    # before anything of ours runs
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    for name in names:
        module = importlib.import_module(f'bench.{name}')
        report.title(f'{name}: {(module.__doc__ or "").splitlines()[0]}')
        module.main(report)
    report.summary()
    if load > cores / 2:
        report.line(f'The machine was busy already: a load of {load:.1f} on {cores} cores. Ratios '
                    'of such a run say less, and seconds say little.')


if __name__ == '__main__':
    main()
