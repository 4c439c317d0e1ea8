# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The document is true: checked in, complete, and what the server does under a fuzzer agrees with it."""

import os
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as fuzz
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from recourse.api.document import document, document_text
from tests.api.program import Program, program
from tests.store.house import House
from tests.test_docs import ROOT

EXAMPLES = int(os.environ.get("RECOURSE_TEST_EXAMPLES", "8"))
METHODS = ("get", "post", "put", "patch", "delete")


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation: method, path, what is said of it."""
    return [
        (method, path, item)
        for path, methods in document()["paths"].items()
        for method, item in methods.items()
        if method in METHODS
    ]


def test_the_document_is_checked_in_as_it_is() -> None:
    kept = (ROOT / "schemas" / "openapi.json").read_text("utf-8")
    assert kept == document_text(), "run `make docs`"


def test_every_operation_declares_its_refusals() -> None:
    for method, path, item in operations():
        said = set(item["responses"])
        assert {"400", "401", "403", "429"} <= said, (method, path)
        if "{" in path:
            assert "404" in said, (method, path)
        if method == "post":
            assert {"409", "422"} <= said, (method, path)
        for status, answer in item["responses"].items():
            if status >= "400":
                shape = answer["content"]["application/json"]["schema"]
                assert shape == {"$ref": "#/components/schemas/ProblemsOut"}, (method, path, status)


def test_every_post_takes_a_key() -> None:
    for method, path, item in operations():
        names = {given["name"]: given["required"] for given in item["parameters"]}
        assert names.get("Idempotency-Key", False) is (method == "post"), path


def test_every_name_of_an_operation_is_its_own() -> None:
    names = [item["operationId"] for _, _, item in operations()]
    assert len(names) == len(set(names))


def test_every_shape_is_closed() -> None:
    for name, shape in document()["components"]["schemas"].items():
        if shape["type"] == "object" and "properties" in shape:
            assert shape["additionalProperties"] is False, name


CONFIG = {
    "generation": {"allow-x00": False, "deterministic": True, "database": "none"},
    "checks": {
        # A rule may refuse what the shape allows: no such platform, no such case, not at this stage.
        "positive_data_acceptance": {"expected-statuses": [200, 201, 403, 404, 409, 422]},
        "negative_data_rejection": {"expected-statuses": [400, 401, 404, 405, 422]},
        "missing_required_header": {"expected-statuses": [400, 401]},
    },
}


def test_whatever_is_sent_the_server_answers_as_the_document_says(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recourse.api.door._limited", lambda *_, **__: None)
    # The test's transaction is one connection; a request must not give it back.
    monkeypatch.setattr(signals.request_started, "receivers", [])
    monkeypatch.setattr(signals.request_finished, "receivers", [])
    for signal in (signals.request_started, signals.request_finished):
        signal.sender_receivers_cache.clear()
    mine, number = program(house), house.served()
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), config=SchemathesisConfig.from_dict(CONFIG)
    )
    wrong: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        try:
            _fuzz(operation, mine, number)
        except (Exception, BaseExceptionGroup) as error:
            told = "; ".join(map(str, getattr(error, "exceptions", [])))
            wrong.append(f"{operation.label}: {error} {told}")
    assert wrong == [], "\n\n".join(wrong)


def _fuzz(operation: Any, mine: Program, number: str) -> None:
    """Try one operation with data that fits its shape and with data that does not."""

    @fuzz(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def fits(case: Any) -> None:
        _call(case, mine, number)

    @fuzz(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def does_not_fit(case: Any) -> None:
        _call(case, mine, number)

    fits()
    does_not_fit()


def _call(case: Any, mine: Program, number: str) -> None:
    if "number" in (case.path_parameters or {}) and case.meta.generation.mode is GenerationMode.POSITIVE:
        case.path_parameters["number"] = number
    headers = {"Authorization": f"Bearer {mine.word}"}
    case.call_and_validate(headers=headers)
