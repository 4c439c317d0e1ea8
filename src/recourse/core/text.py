# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A sentence in Chinese and English: the one way words reach a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in both languages. Chinese is written first and is never empty."""

    zh: str
    en: str

    def format(self, **values: object) -> "Text":
        """Fill the blanks of both sentences. A value that is itself a Text is taken in each language."""
        return Text(
            zh=self.zh.format(**{k: v.zh if isinstance(v, Text) else v for k, v in values.items()}),
            en=self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
        )

    def capitalised(self) -> "Text":
        """As a sentence or a label begins: names of parties are written as they stand within one, "the merchant"."""
        return Text(self.zh, self.en[:1].upper() + self.en[1:])
