"""What the texts of a policy file must hold: placeholders that exist, and links that are declared."""

from __future__ import annotations

import re
from typing import Final

from desk_core.policy_checks import Rows
from desk_core.policy_reading import Reader, instead

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
WORDS: Final = (
    "reference",
    "summary",
    "title",
    "text",
    "customer",
    "name",
    "role",
    "email",
    "phone",
    "deadline",
    "local_deadline",
    "promise",
    "survey",
    "caller",
    "company",
    "product",
    "serial",
    "description",
    "class",
    "caller_phone",
)
LINK: Final = "link."
FIELD: Final = "field."


def check_words(reader: Reader, rows: Rows) -> None:
    """Report every ``{placeholder}`` of a message or a part that nothing can fill in."""
    links = {f"{LINK}{link.id}" for _, link in rows["link"]}
    fields = {f"{FIELD}{field.id}" for _, field in rows["field"]}
    known = {*WORDS, *links, *fields}
    for table, keys in (("message", ("subject", "text")), ("part", ("text",))):
        for place, row in rows[table]:
            for key in keys:
                for word in PLACEHOLDER.findall(getattr(row, key)):
                    if word not in known:
                        what = f"there is nothing called {{{word}}} to fill in"
                        reader.complain(place.at(key), f"{what}{instead(word, known, 'write one of')}")
