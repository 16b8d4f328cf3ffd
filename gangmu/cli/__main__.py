"""``python -m gangmu.cli`` is ``gangmu``."""

import sys

from gangmu.cli import main

sys.exit(main())
