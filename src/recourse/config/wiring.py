# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The world of this installation: which implementation stands behind each port."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from recourse.config.vault import vault
from recourse.core.port import World
from recourse.core.triage.lexicon import Lexicon
from recourse.gateways.clock import SystemClock
from recourse.gateways.foreign_witness import read_foreign_witnesses
from recourse.gateways.inspector import CagedInspector
from recourse.gateways.lexicon_file import load_lexicon
from recourse.gateways.mail import ConsoleMail, NoMail, SmtpMail, parse_mail_server
from recourse.gateways.ocr import CagedReader, reading_installed
from recourse.gateways.post import MailSender, PostOffice
from recourse.gateways.randomness import SystemRandomness
from recourse.gateways.rule_files import current_calendar, current_platforms, load_rulebook
from recourse.gateways.signature import Notaries
from recourse.gateways.sms import ConsoleSms, NoSms, SmsSender
from recourse.gateways.timestamp import Tsa
from recourse.gateways.webhook import WebhookSender
from recourse.gateways.yaml_lines import shipped
from recourse.queries.guard import closed
from recourse.store.book import Cases
from recourse.store.log import LogTables
from recourse.store.log_leaves import receipt_keys
from recourse.store.people import Persons
from recourse.store.register import MerchantRegister
from recourse.store.shelf import Shelf


@cache
def world() -> World:
    """The ports of this process. The settings name this function as RECOURSE_WORLD."""
    clock = SystemClock()
    data = Path(settings.RECOURSE_DATA)
    rules = data / "rules"
    register = MerchantRegister(clock=clock)
    return World(
        clock=clock,
        randomness=SystemRandomness(),
        cases=Cases(register=register, calendar=current_calendar, closed=lambda: closed(world())),
        rules=Shelf(
            clock=clock,
            load=lambda platform, day: load_rulebook(platform, on=day, cache=rules),
            platforms=current_platforms,
            lexicon=_lexicon,
            calendar=current_calendar,
        ),
        register=register,
        people=Persons(),
        post=PostOffice(mail=_mail(clock), sms=_sms()),
        inspector=CagedInspector(),
        reader=_reader(),
        blobs=vault(clock=clock),
        hooks=WebhookSender(private=settings.RECOURSE_WEBHOOK_PRIVATE),
        log=LogTables(),
        notary=notaries(),
        authority=_authority(),
    )


@cache
def _reader() -> CagedReader | None:
    """One warm process for all threads; it starts with the first picture, which only a worker has."""
    return CagedReader() if reading_installed() else None


@cache
def notaries() -> Notaries:
    """The signer and witnesses of this installation."""
    return Notaries(
        Path(settings.RECOURSE_DATA),
        name=settings.RECOURSE_LOG_ORIGIN,
        receipts=receipt_keys,
        operator=urlsplit(settings.RECOURSE_PUBLIC_URL).netloc,
        foreign=read_foreign_witnesses(settings.RECOURSE_WITNESSES),
        quorum=settings.RECOURSE_WITNESS_QUORUM,
        signer_url=settings.RECOURSE_SIGNER_URL,
        signer_token=settings.RECOURSE_SIGNER_TOKEN,
    )


def _authority() -> Tsa | None:
    return (
        Tsa(settings.RECOURSE_TSA_URL, roots=settings.RECOURSE_TSA_ROOTS)
        if settings.RECOURSE_TSA_URL
        else None
    )


def _mail(clock: SystemClock) -> MailSender:
    address = settings.RECOURSE_MAIL_URL
    if address:
        return SmtpMail(parse_mail_server(address), clock=clock)
    return ConsoleMail() if settings.RECOURSE_DEMO else NoMail()


def _sms() -> SmsSender:
    return ConsoleSms() if settings.RECOURSE_DEMO else NoSms()


@cache
def _lexicon() -> Lexicon:
    return shipped(load_lexicon())
