# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""PDFs that run, send, embed, launch or never end: taken as bytes, and pixels alone may ever cross a sandbox."""

from collections.abc import Iterator

from tests.hostile.file import HostileFile, refused, taken

_JS = b"/S/JavaScript/JS(app.alert\\(1\\))"
_ACTIONS = {
    "open-javascript": b"/OpenAction<<" + _JS + b">>",
    "page-javascript": b"/AA<</O<<" + _JS + b">>>>",
    "close-javascript": b"/AA<</WC<<" + _JS + b">>>>",
    "print-javascript": b"/AA<</WP<<" + _JS + b">>>>",
    "names-javascript": b"/Names<</JavaScript<</Names[(a)<<" + _JS + b">>]>>>>",
    "hex-javascript": b"/OpenAction<</S/J#61vaScript/JS<6170702E616C657274283129>>>",
    "launch": b"/OpenAction<</S/Launch/F(cmd.exe)>>",
    "launch-win": b"/OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>>",
    "uri": b"/OpenAction<</S/URI/URI(http://127.0.0.1:8000/)>>",
    "file-uri": b"/OpenAction<</S/URI/URI(file:///etc/passwd)>>",
    "submit": b"/OpenAction<</S/SubmitForm/F(http://127.0.0.1/x)/Flags 4>>",
    "import": b"/OpenAction<</S/ImportData/F(x.fdf)>>",
    "goto-remote": b"/OpenAction<</S/GoToR/F(\\\\\\\\127.0.0.1\\\\share)/D[0/Fit]>>",
    "goto-embedded": b"/OpenAction<</S/GoToE/T<</R/C/N(x)>>>>",
    "movie": b"/OpenAction<</S/Movie/T(x)>>",
    "sound": b"/OpenAction<</S/Sound/Sound<</R 8000>>>>",
    "rendition": b"/OpenAction<</S/Rendition/OP 0>>",
    "hide": b"/OpenAction<</S/Hide/T(x)>>",
    "thread": b"/OpenAction<</S/Thread/F(x.pdf)>>",
    "set-state": b"/OpenAction<</S/SetOCGState/State[/ON]>>",
    "embedded-exe": b"/Names<</EmbeddedFiles<</Names[(x.exe)<</Type/Filespec/F(x.exe)>>]>>>>",
    "attachment": b"/AF[<</Type/Filespec/F(x.html)>>]",
    "xfa": b"/AcroForm<</XFA[(template)<</Length 3>>]>>",
    "form": b"/AcroForm<</Fields[<</FT/Tx/T(password)>>]/NeedAppearances true>>",
    "signature": b"/AcroForm<</SigFlags 3/Fields[<</FT/Sig/V<</ByteRange[0 1 2 3]>>>>]>>",
    "rich-media": b"/Extensions<</ADBE<</ExtensionLevel 3>>>>/RichMedia<<>>",
    "collection": b"/Collection<</View/T>>",
    "optional": b"/OCProperties<</OCGs[<</Type/OCG/Name(hidden)>>]/D<</OFF[]>>>>",
    "metadata": b"/Metadata<</Type/Metadata/Subtype/XML/Length 99999999>>",
    "encrypted": b"/Encrypt<</Filter/Standard/V 4/R 4>>",
}


def files() -> Iterator[HostileFile]:
    """All of this module."""
    for name, action in _ACTIONS.items():
        yield taken("pdf", f"{name}.pdf", _pdf(action), "application/pdf", decodes="yes")
    for count in (100_000, 2**31 - 1, -1):
        pages = b"/Kids[3 0 R]/Count %d" % count
        yield taken("pdf", f"pages-{count}.pdf", _pdf(b"", pages=pages), "application/pdf", decodes="bomb")
    yield taken("pdf", "pages-in-a-ring.pdf", _pdf(b"", pages=b"/Kids[2 0 R]/Count 1"), "application/pdf")
    for box in (b"[0 0 9999999 9999999]", b"[0 0 0 0]", b"[-1 -1 -2 -2]"):
        content = _pdf(b"", page=b"/MediaBox" + box)
        yield taken("pdf", f"box-{len(box)}.pdf", content, "application/pdf", decodes="bomb")
    filters = b"/Filter[" + b"/FlateDecode" * 60 + b"]"
    yield taken("pdf", "filters.pdf", _pdf(b"", page=b"/Contents<<" + filters + b">>"), "application/pdf")
    yield taken("pdf", "deep.pdf", _pdf(b"/X" + b"[" * 50_000 + b"]" * 50_000), "application/pdf")
    yield taken("pdf", "revisions.pdf", _pdf(b"") * 30, "application/pdf", decodes="yes")
    yield taken(
        "pdf", "and-page.pdf", _pdf(b"") + b"<script>alert(1)</script>", "application/pdf", decodes="yes"
    )
    yield taken("pdf", "and-zip.pdf", _pdf(b"") + b"PK\x03\x04" + bytes(60), "application/pdf", decodes="yes")
    yield taken("pdf", "no-version.pdf", b"%PDF-\n" + _pdf(b"")[9:], "application/pdf", decodes="yes")
    # The mark may stand anywhere in the first kilobyte, and readers open it.
    yield taken("pdf", "late-mark.pdf", bytes(500) + _pdf(b""), "application/pdf", decodes="yes")
    yield taken("pdf", "words-first.pdf", b"hello\n" + _pdf(b""), "application/pdf", decodes="yes")
    yield refused("pdf", "too-late-mark.pdf", bytes(1100) + _pdf(b""))


def _pdf(catalog: bytes, *, pages: bytes = b"/Kids[3 0 R]/Count 1", page: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R"
        + catalog
        + b">>endobj\n2 0 obj<</Type/Pages"
        + pages
        + b">>endobj\n3 0 obj<</Type/Page/Parent 2 0 R"
        + (page or b"/MediaBox[0 0 99 99]")
        + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
