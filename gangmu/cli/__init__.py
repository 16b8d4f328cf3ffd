"""The command line: ``gangmu COMMAND``. Each command calls the same actions as the pages."""

import argparse
import os
import sys


def main(argv: list[str] | None = None) -> int:
    """Entry point. Exit status 0 done, 1 refused or something is wrong, 2 wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gangmu.settings")
    import django  # noqa: PLC0415 - settings must be named first

    django.setup()
    from gangmu.cli import commands  # noqa: PLC0415 - models need the set-up above

    parser = argparse.ArgumentParser(prog="gangmu", description="纲目：党建与检察业务一张网")
    commands.add_to(parser)
    args = parser.parse_args(argv)
    return commands.run(args)


if __name__ == "__main__":
    sys.exit(main())
