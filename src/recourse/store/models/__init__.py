# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One module per noun; the rows themselves hold no rules beyond their constraints."""

from recourse.store.models.blob_key import BlobKey, VaultRound
from recourse.store.models.case import CaseKey, CaseNumber, CaseRow
from recourse.store.models.draft import Draft, DraftReading
from recourse.store.models.entitlement import Entitlement
from recourse.store.models.event import EventRow, PrivateRow
from recourse.store.models.foreign import ForeignEvent, ForeignFile, ForeignRecord
from recourse.store.models.idempotency import IdempotencyKey
from recourse.store.models.inspection import InspectionRow, MaskedRow, ReadingOrder, RenditionRow, ThreadRow
from recourse.store.models.job import Job
from recourse.store.models.log import LogCheckpoint, LogCosignature, LogLeaf, LogTile, LogTimestamp
from recourse.store.models.operator import Operator, OperatorSetting
from recourse.store.models.person import Person, PersonContact, SignInCode
from recourse.store.models.rate import RateBucket
from recourse.store.models.record import Record
from recourse.store.models.refiling import Refiled
from recourse.store.models.respondent import (
    HandOver,
    HandOverUse,
    RegisterContact,
    Respondent,
    RespondentAlias,
)
from recourse.store.models.rulebook import RulebookRow
from recourse.store.models.staff import Staff
from recourse.store.models.token import ApiAnswer, ApiToken
from recourse.store.models.webhook import WebhookDelivery, WebhookEndpoint, WebhookOldSecret, WebhookTry

__all__ = [
    "ApiAnswer",
    "ApiToken",
    "BlobKey",
    "CaseKey",
    "CaseNumber",
    "CaseRow",
    "Draft",
    "DraftReading",
    "Entitlement",
    "EventRow",
    "ForeignEvent",
    "ForeignFile",
    "ForeignRecord",
    "HandOver",
    "HandOverUse",
    "IdempotencyKey",
    "InspectionRow",
    "Job",
    "LogCheckpoint",
    "LogCosignature",
    "LogLeaf",
    "LogTile",
    "LogTimestamp",
    "MaskedRow",
    "Operator",
    "OperatorSetting",
    "Person",
    "PersonContact",
    "PrivateRow",
    "RateBucket",
    "ReadingOrder",
    "Record",
    "Refiled",
    "RegisterContact",
    "RenditionRow",
    "Respondent",
    "RespondentAlias",
    "RulebookRow",
    "SignInCode",
    "Staff",
    "ThreadRow",
    "VaultRound",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookOldSecret",
    "WebhookTry",
]
