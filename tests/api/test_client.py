# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A client generated from the document by somebody else's tool, driven against a live server."""

import importlib
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.program import program
from tests.api.test_document import operations
from tests.portal.person import PNG, wire
from tests.store.house import PLATFORM, House, build_house
from tests.test_docs import ROOT

NAME = "generated_recourse_client"


@pytest.fixture(scope="module")
def client_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The generated package, on the path."""
    folder = tmp_path_factory.mktemp("client")
    settings = folder / "settings.yml"
    settings.write_text("post_hooks: []\n")
    made = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--path", str(ROOT / "schemas" / "openapi.json"), "--output-path", str(folder / NAME)),
            *("--config", str(settings), "--fail-on-warning"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield folder / NAME
    sys.path.remove(str(folder))


@pytest.fixture
def house(transactional_db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house that a live server serves."""
    made = build_house(tmp_path)
    wire(made, monkeypatch)
    return made


def part(name: str) -> Any:
    """A module of the client."""
    return importlib.import_module(f"{NAME}.{name}")


def test_every_operation_is_in_the_client(client_folder: Path) -> None:
    made = {path.stem for path in (client_folder / "api").glob("*/*.py") if path.stem != "__init__"}
    assert made == {item["operationId"] for _, _, item in operations()}


def test_the_client_files_reads_acts_and_is_refused(
    client_folder: Path, house: House, live_server: Any
) -> None:
    models, types = part("models"), part("types")
    mine = part("client").AuthenticatedClient(base_url=live_server.url, token=program(house).word)
    complaint = models.FileIn.from_dict(
        {
            "platform": PLATFORM,
            "story": "收到的茶叶是碎末，客服一直说正在处理。",
            "complainant": {"name": "王小明", "email": "xiaoming@example.cn"},
            "respondent": {"name": "山间茶铺"},
            "record": {"id": "KS0000000001", "amount": "129.00", "received_on": "2026-09-19"},
            "problems": ["s3.pt.quality"],
            "demands": [{"kind": "refund", "amount": "129.00"}],
            "vouched": True,
        }
    )
    file_case = part("api.filing.file_case")
    filed = file_case.sync(client=mine, body=complaint, idempotency_key="c1")
    assert file_case.sync(client=mine, body=complaint, idempotency_key="c1") == filed
    case = part("api.cases.read_case").sync(number=filed.number, client=mine)
    assert case.stage == "negotiating" and case.claims[0].amount == "129.00"
    assert case.next_step.by is None or case.next_step.by.tzinfo is not None

    upload = models.AddExhibitMultiPartBodyParams(
        file=types.File(payload=picture(), file_name="碎末.png", mime_type="image/png"),
        kind=models.AddExhibitMultiPartBodyParamsEvidenceKind.PHOTO,
    )
    part("api.exhibits.add_exhibit").sync(
        filed.number, client=mine, body=upload, idempotency_key="u1", recourse_for="complainant"
    )
    file = part("api.cases.read_file").sync(number=filed.number, client=mine, recourse_for="complainant")
    assert [(item.no, item.name) for item in file.exhibits] == [(1, "碎末.png")]

    message = part("api.deeds.message")
    said = message.sync(filed.number, client=mine, body=models.TextIn(text="请退款"), idempotency_key="m1")
    assert said.version == file.case.version + 1
    page = part("api.cases.search_cases").sync(client=mine, q="碎末")
    assert [line.number for line in page.cases] == [filed.number]

    refused = message.sync_detailed(
        "0000-0000-0000", client=mine, body=models.TextIn(text="x"), idempotency_key="m2"
    )
    assert refused.status_code == 404 and refused.parsed.problems[0].key == "case_not_found"
    stranger = part("client").AuthenticatedClient(base_url=live_server.url, token="rcs_nothing")
    assert part("api.house.read_token").sync(client=stranger).problems[0].message.zh


def picture() -> Any:
    """A small picture as an open file."""
    return io.BytesIO(PNG)
