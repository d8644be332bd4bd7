"""Which account a rep asks about: by its name, a part or another spelling of it, or by somebody who works there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.debriefing.matching import KnownAccount, KnownContact, KnownNames, match_account, match_contact
from bot.debriefing.names import FIRM
from bot.debriefing.organisations import organisations_in
from bot.debriefing.people import people_in
from bot.ports import Repository
from bot.wording.phrasebook import LANGUAGES, keys_of
from knowledge.folding import simplified

_TRIMMED = " \t\n　，。,.!！?？：:“”\"'「」"
_LONGEST_NAME = 40
_LOOKS_LIKE_A_FIRM = re.compile(rf"(?:{FIRM})$")


@dataclass(frozen=True, slots=True)
class MeantAccount:
    """The account that is asked about.

    `accounts` are the known ones that may be meant, by their own names: one when it is clear, several when it has to
    be asked. `heard` is the name as it was said and `person` whom of the account the words name, "" without one.
    `is_named` when the words carry a name at all, known or not; `is_firm` when that name can only be an organisation's
    or a person's.
    """

    accounts: tuple[str, ...] = ()
    heard: str = ""
    person: str = ""
    is_firm: bool = False

    @property
    def account(self) -> str:
        """The one known account that is meant, "" when none is or it has to be asked."""
        return self.accounts[0] if len(self.accounts) == 1 else ""

    @property
    def is_named(self) -> bool:
        """True when the words carry a name, known or not."""
        return bool(self.accounts or self.heard)


def account_meant(said: str, named: str, known: KnownNames) -> MeantAccount:
    """The account meant by these words, of which `named` is the part that should be its name, "" when nobody can tell.

    A known name in the words decides; then the names heard are matched; then the people.
    """
    people = _people(said, named, known.contacts)
    person = people[0] if people else ""
    contained = _contained(said, known.accounts)
    if contained:
        return MeantAccount(contained, contained[0], person, is_firm=True)
    firms = [mention.name for mention in organisations_in(said)]
    heard = _heard(_without(named, people), firms)
    for name in heard:
        match = match_account(name, known.accounts)
        if match.candidates:
            return MeantAccount(match.candidates, name, person if person != name else "", is_firm=True)
    for name in [*people, *heard]:
        accounts = _where_works(name, known.contacts)
        if accounts:
            return MeantAccount(accounts, name, name, is_firm=True)
    is_firm = bool(firms or people) or any(_LOOKS_LIKE_A_FIRM.search(name) for name in heard)
    unknown = heard[0] if heard else ""
    is_unsure = person == unknown and (person in firms or re.fullmatch("[A-Za-z]+", person))
    return MeantAccount((), unknown, "" if is_unsure else person, is_firm=is_firm)


def named_in(said: str, key: str) -> str:
    """What stands where the patterns under this wording key expect a name, in any language; "" when none fits."""
    for pattern in _patterns(key):
        match = pattern.search(simplified(said))
        if match:
            return re.sub(r"^the\s+", "", match["name"].strip(_TRIMMED), flags=re.IGNORECASE)[:_LONGEST_NAME]
    return ""


def pair_named(said: str, key: str) -> tuple[str, str] | None:
    """The two names that the patterns under this wording key find, None when none fits."""
    for pattern in _patterns(key):
        if match := pattern.search(simplified(said.strip())):
            return match["one"].strip(_TRIMMED), match["other"].strip(_TRIMMED)
    return None


def is_any(named: str, key: str) -> bool:
    """True for what is no name but any customer, thing or time, by the patterns under this wording key."""
    return any(pattern.search(named) for pattern in _patterns(key))


async def known_names(repository: Repository) -> KnownNames:
    """The accounts the viewer may see and their people, as names to match against."""
    accounts = await repository.accounts()
    contacts = await repository.contacts([account.id for account in accounts])
    by_id = {account.id: account.name for account in accounts}
    return KnownNames(
        tuple(KnownAccount(account.name, account.aliases) for account in accounts),
        tuple(KnownContact(one.name, by_id[one.account], one.title, one.aliases) for one in contacts),
    )


async def names_to_expect(repository: Repository) -> list[str]:
    """Names of accounts and their people, for whoever listens to the viewer."""
    known = await known_names(repository)
    return [*known.account_names, *(contact.name for contact in known.contacts)]


async def names_to_hide(repository: Repository) -> list[str]:
    """The same with every alias, for whoever must not see them."""
    known = await known_names(repository)
    accounts = [alias for account in known.accounts for alias in (account.name, *account.aliases)]
    return accounts + [alias for contact in known.contacts for alias in (contact.name, *contact.aliases)]


@cache
def _patterns(key: str) -> tuple[re.Pattern[str], ...]:
    written = (pattern for language in LANGUAGES for pattern in keys_of(language).get(key, ()))
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in written)


def _contained(said: str, accounts: Sequence[KnownAccount]) -> tuple[str, ...]:
    """The accounts whose name or alias stands in the words; not the one whose name is only a part of another there."""
    text = said.lower()
    forms = [(form.lower(), account.name) for account in accounts for form in (account.name, *account.aliases)]
    found = [(form, name) for form, name in forms if form and _stands_in(form, text)]
    longest = [name for form, name in found if not any(form != other and form in other for other, _ in found)]
    return tuple(dict.fromkeys(longest))


def _stands_in(form: str, text: str) -> bool:
    """A name in Latin letters stands only as whole words."""
    if form.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])", text) is not None
    return form in text


def _people(said: str, named: str, contacts: Sequence[KnownContact]) -> list[str]:
    known = [contact.name for contact in contacts if contact.name and _stands_in(contact.name.lower(), said.lower())]
    heard = [person.name for text in (said, named) for person in people_in(text)]
    return list(dict.fromkeys([*sorted(known, key=len, reverse=True), *heard]))


def _without(named: str, people: Sequence[str]) -> str:
    """The name without the people in it: 中行 of 中行王处长."""
    rest = named
    for person in people:
        if rest != person:
            rest = rest.replace(person, "")
    return rest.strip(_TRIMMED).removesuffix("的") if rest != named else named


def _heard(named: str, firms: Sequence[str]) -> list[str]:
    """The names heard, likeliest first: a firm that is only a part of the name is its better half."""
    inside = any(firm in named for firm in firms)
    return [name for name in ((*firms, named) if inside else (named, *firms)) if name]


def _where_works(name: str, contacts: Sequence[KnownContact]) -> tuple[str, ...]:
    found = match_contact(name, contacts).candidates
    return tuple(dict.fromkeys(_accounts_of(found, contacts)))


def _accounts_of(names: Sequence[str], contacts: Sequence[KnownContact]) -> Iterator[str]:
    for contact in contacts:
        if contact.name in names:
            yield contact.account
