# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse`: reads the arguments and hands them to one command, whose imports are made only then."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from recourse.cli.arguments import parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 done, 1 refused; a wrong call leaves with 2 by itself."""
    _speak_utf8()
    try:
        return _run(parser().parse_args(argv))
    except BrokenPipeError:
        # The reader (head, less) has seen enough; the interpreter must not complain while it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _run(given: Namespace) -> int:
    match given.command:
        case "deadline":
            from recourse.cli.deadline import count

            return count(given)
        case "law":
            from recourse.cli.law import show_law

            return show_law(given)
        case "verify":
            from recourse.cli.verify import verify

            return verify(given)
        case "playbook":
            from recourse.cli.playbook import look_at_playbooks

            return look_at_playbooks(given)
        case "triage":
            from recourse.cli.triage import triage

            return triage(given)
        case "serve" | "worker":
            from recourse.cli.serve import serve, work

            return serve(given) if given.command == "serve" else work()
        case "file" | "case" | "letter":
            from recourse.cli import cases

            return {"file": cases.file, "case": cases.show, "letter": cases.letter}[given.command](given)
        case "dossier" | "import":
            from recourse.cli import dossiers

            if given.command == "dossier":
                return dossiers.write(given)
            return dossiers.take(given) if given.deed == "dossier" else dossiers.forget(given)
        case "bill":
            from recourse.cli.bill import show_bill

            return show_bill(given)
        case "token":
            from recourse.cli import tokens

            return tokens.run(given)
        case "vault":
            from recourse.cli import vault

            return vault.run(given)
        case "log":
            from recourse.cli import log

            return log.run(given)
        case "simulate":
            from recourse.cli.simulate import simulate

            return simulate(given)
        case _:
            from recourse.cli import house

            return house.run(given)


def _speak_utf8() -> None:
    """A terminal that claims ASCII must not turn a Chinese answer into a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
