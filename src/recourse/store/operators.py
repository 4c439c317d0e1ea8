# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Operators, their settings with history, and their staff."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from recourse.core.actor import Actor, Role, Via
from recourse.core.deadline.service import ServiceHours
from recourse.core.text import Text
from recourse.store import rows
from recourse.store.models import Operator, OperatorSetting, Staff
from recourse.store.models.staff import new_public_id

LOCAL = "local"


def ensure_operator(slug: str, *, name_zh: str, name_en: str, kind: str, now: datetime) -> Operator:
    """The operator of this slug, made when it is missing. `kind` is platform, association or nobody."""
    made, _ = Operator.objects.get_or_create(
        slug=slug,
        defaults={
            "public_id": new_public_id(),
            "name_zh": name_zh,
            "name_en": name_en,
            "kind": kind,
            "created_at": now,
        },
    )
    return made


def operator_exists(slug: str) -> bool:
    """Whether there is an operator of this slug."""
    return Operator.objects.filter(slug=slug).exists()


def operator_name(slug: str) -> Text:
    """What an operator is called; its slug where nobody named it."""
    found = Operator.objects.filter(slug=slug).values_list("name_zh", "name_en").first() or ("", "")
    return Text(found[0] or slug, found[1] or found[0] or slug)


def rename_operator(slug: str, *, name_zh: str, name_en: str, kind: str) -> None:
    """Set the names and the kind that are given; an empty one stays as it is."""
    given = {"name_zh": name_zh, "name_en": name_en, "kind": kind}
    Operator.objects.filter(slug=slug).update(**{name: value for name, value in given.items() if value})


def setting(operator: str, key: str, *, on: datetime) -> Any:
    """The value in force at a moment, or None when it was never set."""
    return _settings(operator, [key], on=on).get(key)


def set_setting(operator: str, key: str, value: Any, *, valid_from: datetime, by: str) -> None:
    """Set a value from a moment on; what was in force before stays readable."""
    OperatorSetting.objects.update_or_create(
        operator_id=operator, key=key, valid_from=valid_from, defaults={"value": value, "set_by": by}
    )


def history(operator: str, key: str) -> Sequence[tuple[datetime, Any, str]]:
    """Every value a setting had: (from, value, who set it), oldest first."""
    found = OperatorSetting.objects.filter(operator_id=operator, key=key).order_by("valid_from", "id")
    return list(found.values_list("valid_from", "value", "set_by"))


def operated_rungs(operator: str, platform: str, *, on: datetime) -> tuple[str, ...]:
    """The rungs operated for a platform: its own setting, else the operator's, else none."""
    return _operated(_settings(operator, _operated_keys(platform), on=on), platform)


def everybody(platform: str, *, on: datetime) -> list[tuple[str, Text, tuple[str, ...]]]:
    """Every operator, the oldest first: slug, name, and the rungs it operates for a platform. One look for all."""
    found = rows.select(
        "SELECT known.slug, known.name_zh, known.name_en, setting.key, CAST(setting.value AS TEXT) "
        "FROM store_operator AS known LEFT JOIN store_operator_setting AS setting "
        "ON setting.operator_id = known.slug AND setting.key IN (%s, %s) AND setting.valid_from <= %s "
        "ORDER BY known.created_at, known.slug, setting.valid_from, setting.id",
        [*_operated_keys(platform), on],
    )
    names = {slug: Text(zh, en) for slug, zh, en, _, _ in found}
    values: dict[str, dict[str, Any]] = {slug: {} for slug in names}
    for slug, _, _, key, value in found:
        if key is not None:
            values[slug][key] = _value(value)
    return [(slug, name, _operated(values[slug], platform)) for slug, name in names.items()]


def _operated_keys(platform: str) -> tuple[str, str]:
    return f"operated:{platform}", "operated"


def _operated(values: Mapping[str, Any], platform: str) -> tuple[str, ...]:
    """What was set for the platform, else for all."""
    return tuple(next((values[key] or () for key in _operated_keys(platform) if key in values), ()))


def set_operated_rungs(
    operator: str, platform: str, rungs: Sequence[str], *, valid_from: datetime, by: str
) -> None:
    """Say which rungs are operated, for one platform or, with an empty platform, for all others."""
    key = f"operated:{platform}" if platform else "operated"
    set_setting(operator, key, list(rungs), valid_from=valid_from, by=by)


def service_hours(operator: str, *, on: datetime) -> ServiceHours | None:
    """The desk's hours in force at a moment; None means around the clock."""
    value = setting(operator, "service_hours", on=on)
    if value is None:
        return None
    opens, closes = time.fromisoformat(value["opens"]), time.fromisoformat(value["closes"])
    return ServiceHours(opens, closes, every_day=value["every_day"])


def set_service_hours(operator: str, hours: ServiceHours | None, *, valid_from: datetime, by: str) -> None:
    """Say when the desk is open, from a moment on. Cases filed earlier keep the hours they were filed under."""
    value = hours and {
        "opens": hours.opens.isoformat("minutes"),
        "closes": hours.closes.isoformat("minutes"),
        "every_day": hours.every_day,
    }
    set_setting(operator, "service_hours", value, valid_from=valid_from, by=by)


def add_staff(
    username: str, *, operator: str, role: Role, display_name: str, password: str | None, email: str = ""
) -> Staff:
    """A new staff account. Raises IntegrityError when the name is taken."""
    return Staff.objects.create_user(
        username, password, operator_id=operator, role=role.value, display_name=display_name, email=email
    )


def staff_actor(account: Staff, *, via: Via) -> Actor:
    """The actor that a signed-in account stands for."""
    return Actor(id=account.public_id, role=Role(account.role), operator=account.operator_id, via=via)


def staff_names(operator: str) -> dict[str, str]:
    """Display names of an operator's active people by public id, for assignment lists and timelines."""
    found = Staff.objects.filter(operator_id=operator, is_active=True).order_by("display_name", "id")
    return dict(found.values_list("public_id", "display_name"))


def _settings(operator: str, keys: Sequence[str], *, on: datetime) -> dict[str, Any]:
    """The values in force by key; every filing asks for some, so this goes without a query builder."""
    found = rows.select(
        "SELECT key, CAST(value AS TEXT) FROM store_operator_setting WHERE operator_id = %s "
        f"AND key IN ({', '.join(['%s'] * len(keys))}) AND valid_from <= %s ORDER BY valid_from, id",
        [operator, *keys, on],
    )
    return {key: _value(value) for key, value in found}


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def staff_ids(operator: str, *, role: Role, other_than: Sequence[str] = ()) -> list[str]:
    """Public ids of active people in a role, without those named: an appeal goes to another person."""
    found = Staff.objects.filter(operator_id=operator, role=role.value, is_active=True)
    return list(found.exclude(public_id__in=other_than).order_by("id").values_list("public_id", flat=True))
