# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Chinese full-text search on both engines: each hanzi is a word of its own, a query is a phrase.

So 退款 finds exactly the cases that say 退款, although two characters are below what trigram indexes can find.

The complainant's name stands under marked words, which only those find who may read it: nobody guesses a masked name.
"""

import hashlib
import re
import unicodedata

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from recourse.core.case.state import Case
from recourse.store.models import CaseRow
from recourse.store.rows import run, select

# PostgreSQL keeps positions below 16,384 only; a phrase further down could not be found.
_WORDS_MAX = 8000
_QUERY_MAX = 40
_BREAK = "zzfieldbreakzz"
# Before each word of the complainant's name. A query's hanzi all stand alone, so nobody can type a marked word.
_NAME = "名"
# SQLite finds in one of three ways. Few matches are looked up as cases: 16 µs each, for the case's id lies in the text.
_FEW_MAX = 500
# More are gathered by their row numbers alone (2 µs each), and the cases are walked in the order they are shown. Beyond
# this the gathering is what costs, and each case that is walked by is asked by itself, at 300 µs.
_GATHERED_MAX = 8000
_SOME = "SELECT COUNT(*) FROM (SELECT 1 FROM store_search WHERE store_search MATCH %s LIMIT %s)"
_LOOKED_UP = "store_case.id IN (SELECT case_id FROM store_search WHERE store_search MATCH %s)"
_GATHERED = "search_rowid(store_case.id) IN (SELECT rowid FROM store_search WHERE store_search MATCH %s)"
_ASKED = (
    "EXISTS (SELECT 1 FROM store_search WHERE store_search MATCH %s AND rowid = search_rowid(store_case.id))"
)
_WORD = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def words(text: str, *, limit: int = _WORDS_MAX) -> str:
    """The words of a text, separated by spaces: every hanzi alone, letters and digits in runs, in lower case."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return " ".join(found[:limit])


def found_by(case: Case) -> tuple[str, ...]:
    """What a case is found by: its number, respondent, record, story and what was confirmed of its pictures; nothing once erased.

    By the last, the complainant's name, those find it who may read it in full.
    """
    if case.erased:
        return ()
    subject = case.subject
    said = " ".join(value for exhibit in case.exhibits for value in exhibit.reading.values())
    seen = (
        case.number,
        case.respondent.name,
        subject.id,
        subject.title,
        case.story,
        *([said] if said else []),
    )
    return (*seen, case.complainant.name)


def search_text(case: Case) -> str:
    """The words a case is indexed under."""
    if case.erased:
        return ""
    *seen, name = map(words, found_by(case))
    # A word nobody writes keeps a phrase from running over from one field into the next.
    return f" {_BREAK} ".join(filter(None, (*seen, _marked(name))))


def _marked(name: str) -> str:
    return " ".join(_NAME + word for word in name.split())


def put(case_id: str, text: str) -> None:
    """Index a case anew; call it within the transaction of the commit."""
    if connection.vendor == "sqlite":
        values = [_rowid(case_id), text, case_id]
        run("INSERT INTO store_search (rowid, words, case_id) VALUES (%s, %s, %s)", values)
    else:
        run(
            "INSERT INTO store_search (case_id, words) VALUES (%s, to_tsvector('simple', %s))",
            [case_id, text],
        )


def drop(case_id: str) -> None:
    """Take a case out of the index. On SQLite the words leave the file only with `scrub`."""
    if connection.vendor == "sqlite":
        run("DELETE FROM store_search WHERE rowid = %s", [_rowid(case_id)])
    else:
        run("DELETE FROM store_search WHERE case_id = %s", [case_id])


def matching(rows: "QuerySet[CaseRow]", query: str, *, by_name: bool) -> "QuerySet[CaseRow]":
    """Those of the rows that hold every phrase of the query; phrases are separated by spaces.

    `by_name` is for who may read complainants' names in full: a phrase may also stand there. A query without any word finds nothing. `rows` comes from `access.visible`, so no search crosses a wall.
    """
    phrases = [found for part in query.split()[:_QUERY_MAX] if (found := words(part, limit=_QUERY_MAX))]
    if not phrases:
        return rows.none()
    if connection.vendor == "sqlite":
        said = [f'("{phrase}" OR "{_marked(phrase)}")' if by_name else f'"{phrase}"' for phrase in phrases]
        match = " AND ".join(said)
        return rows.filter(RawSQL(_way(match), [match], output_field=BooleanField()))
    phrase = "phraseto_tsquery('simple', %s)"
    tests = " AND ".join(
        f"words @@ ({phrase} || {phrase})" if by_name else f"words @@ {phrase}" for _ in phrases
    )
    asked = [place for said in phrases for place in ((said, _marked(said)) if by_name else (said,))]
    return rows.filter(pk__in=RawSQL(f"SELECT case_id FROM store_search WHERE {tests}", asked))


def _way(match: str) -> str:
    """How SQLite finds so many cases at the least cost; PostgreSQL chooses by itself."""
    count = select(_SOME, [match, _GATHERED_MAX + 1])[0][0]
    if count <= _FEW_MAX:
        return _LOOKED_UP
    connection.ensure_connection()
    connection.connection.create_function("search_rowid", 1, _rowid, deterministic=True)
    return _GATHERED if count <= _GATHERED_MAX else _ASKED


def scrub() -> None:
    """Make the words of dropped cases leave the disk: merge the index into one segment without them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO store_search (store_search) VALUES ('optimize')")


def _rowid(case_id: str) -> int:
    return int.from_bytes(hashlib.sha256(case_id.encode()).digest()[:8], "big") >> 1
