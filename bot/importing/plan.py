"""What taking a table in would do: what is added, what is there already, what is left out and why, row by row."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.debriefing.matching import Certainty, KnownAccount, match_account
from bot.domain.account import Account, AccountContact
from bot.domain.account_import import ImportedAccount, ImportedPerson
from bot.domain.writes import Audit
from bot.errors import WordsForRep
from bot.importing.columns import ACCOUNT, PERSON, Columns, columns_of, role_meant
from bot.importing.sheet import Row
from bot.ports import Repository

_SUM = re.compile(r"[合总小]\s*计(?:\s*[:：\d].{0,12}|数)?|(?:sub|grand )?totals?(?:\s*[:\d].{0,12})?", re.IGNORECASE)
"""A line that adds up those above it."""
_LONGEST_NAME, _LONGEST_PERSON, _LONGEST_PHONE = 200, 100, 64
_MOST_SHARING, _MOST_COMPARED = 300, 5
"""Pairs of signs that more accounts share tell nothing apart; so many of the nearest are looked at closely."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the team has: accounts, their people, and its members' ids by name; `me` looks after what names nobody."""

    accounts: Sequence[Account]
    contacts: Sequence[AccountContact]
    members: Mapping[str, str]
    me: str


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is left out, and why: a key of the wording with its slots."""

    row: int
    reason: str
    about: str = ""


@dataclass(slots=True)
class Plan:
    """The outcome; `accounts` holds what is to be written, by the team's own name, `unread` the sheets nobody read."""

    columns: Columns
    unread: tuple[str, ...] = ()
    accounts: dict[str, "Planned"] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)

    @property
    def new_accounts(self) -> list[str]:
        """The names of the accounts that are not there yet."""
        return [name for name, one in self.accounts.items() if one.is_new]

    @property
    def new_people(self) -> int:
        """How many people come with it."""
        return sum(len(one.people) for one in self.accounts.values())

    @property
    def is_empty(self) -> bool:
        """True when nothing would change."""
        return not self.new_accounts and not self.new_people

    def imported(self) -> tuple[ImportedAccount, ...]:
        """What is to be written."""
        wanted = ((name, one) for name, one in self.accounts.items() if one.is_new or one.people)
        return tuple(
            ImportedAccount(name, one.owner, tuple(one.aliases), tuple(one.people.values())) for name, one in wanted
        )


@dataclass(slots=True)
class Planned:
    """One account while the rows are read; `known_people` are there already."""

    is_new: bool
    owner: str
    aliases: list[str] = field(default_factory=list)
    people: dict[str, ImportedPerson] = field(default_factory=dict)
    known_people: Mapping[str, AccountContact] = field(default_factory=dict)


def plan_of(rows: Sequence[Row], known: Known, unread: tuple[str, ...] = ()) -> Plan:
    """The plan for a table; `unread` are sheets beside it. Raises WordsForRep when no column names accounts."""
    columns = columns_of(rows)
    if columns is None:
        raise WordsForRep("import.no_columns")
    reading = _Reading(Plan(columns, unread), known)
    for row in rows:
        if row.number > columns.number:
            reading.take(row)
    return reading.plan


async def known_to(repository: Repository, me: str) -> Known:
    """What the team has, as far as a table is compared with it."""
    book = await repository.team_list()
    members = {one.name: one.id for one in await repository.members()}
    return Known(book.accounts, book.contacts, members, me)


def audit_of(plan: Plan) -> Audit:
    """What administrators see of it."""
    return Audit("import_accounts", f"{len(plan.new_accounts)} accounts, {plan.new_people} people")


class _Reading:
    def __init__(self, plan: Plan, known: Known) -> None:
        self.plan = plan
        self._known = known
        self._names = _Names(known.accounts)
        self._people: dict[str, dict[str, AccountContact]] = {}
        called = {account.id: account.name for account in known.accounts}
        for contact in known.contacts:
            self._people.setdefault(called.get(contact.account, ""), {})[contact.name] = contact

    def take(self, row: Row) -> None:
        columns = self.plan.columns
        said = columns.value(row, ACCOUNT)
        if columns.is_formula(row, ACCOUNT) or columns.is_formula(row, PERSON):
            self._leave(row, "formula")
        elif not said:
            self._leave(row, "no_account")
        elif columns.is_heading(row) or _SUM.fullmatch(said):
            self._leave(row, "no_row")
        elif len(said) > _LONGEST_NAME:
            self._leave(row, "too_long", said[:20])
        else:
            self._take_account(row, said)

    def _take_account(self, row: Row, said: str) -> None:
        match = self._names.match(said)
        if match is None:
            self._leave(row, "like_another", self._names.likely(said))
            return
        planned = self.plan.accounts.get(match)
        is_again = planned is not None
        if planned is None:
            planned = Planned(not self._names.has(match), self._owner(row), known_people=self._people.get(match, {}))
            self.plan.accounts[match] = planned
            self._names.add(match)
        planned.aliases += [one for one in self._aliases(row) if one not in planned.aliases and one != match]
        if self.plan.columns.value(row, PERSON):
            self._take_person(row, planned)
        elif is_again or not planned.is_new:
            self._leave(row, "twice" if planned.is_new else "known_account", said)

    def _take_person(self, row: Row, planned: Planned) -> None:
        columns = self.plan.columns
        name = columns.value(row, PERSON)
        title = columns.value(row, "title") or None
        known = planned.known_people.get(name)
        if len(name) > _LONGEST_PERSON:
            self._leave(row, "too_long", name[:20])
        elif known is not None:
            differs = title is not None and known.title is not None and title != known.title
            self._leave(row, "person_differs" if differs else "known_person", name)
        elif name in planned.people:
            self._leave(row, "twice", name)
        else:
            role, phone, mail = (columns.value(row, field) for field in ("role", "phone", "mail"))
            planned.people[name] = ImportedPerson(
                name, title, role_meant(role), phone[:_LONGEST_PHONE] or None, mail[:_LONGEST_NAME] or None
            )

    def _owner(self, row: Row) -> str:
        said = self.plan.columns.value(row, "owner")
        if said and said not in self._known.members:
            self.plan.strangers.add(said)
        return self._known.members.get(said, self._known.me)

    def _aliases(self, row: Row) -> Iterator[str]:
        said = self.plan.columns.value(row, "aliases")
        for separator in "、，,;；/|":
            said = said.replace(separator, "\n")
        return (one.strip() for one in said.split("\n") if 1 < len(one.strip()) <= _LONGEST_NAME)

    def _leave(self, row: Row, reason: str, about: str = "") -> None:
        self.plan.left.append(Left(row.number, reason, about))


class _Names:
    """The team's accounts by name and alias, and those a table adds, found without comparing all with all."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._exact: dict[str, str] = {}
        self._near: dict[str, list[KnownAccount]] = {}
        self._known = {account.name for account in accounts}
        for account in accounts:
            for form in (account.name, *account.aliases):
                self._exact.setdefault(_folded(form), account.name)
            self._keep_near(KnownAccount(account.name, account.aliases))

    def has(self, name: str) -> bool:
        return name in self._known

    def add(self, name: str) -> None:
        self._exact.setdefault(_folded(name), name)

    def match(self, said: str) -> str | None:
        """The team's name for it, the name itself when it is new, None when it is too like another."""
        exact = self._exact.get(_folded(said))
        if exact:
            return exact
        return None if self.likely(said) else said

    def likely(self, said: str) -> str:
        """The account a name is too like to be new, "" for none."""
        lists = (self._near.get(key, []) for key in _keys(said))
        shared = Counter(one for accounts in lists if len(accounts) <= _MOST_SHARING for one in accounts)
        near = [one for one, _ in shared.most_common(_MOST_COMPARED)]
        if not near:
            return ""
        match = match_account(said, near)
        return match.candidates[0] if match.certainty is not Certainty.NEW else ""

    def _keep_near(self, account: KnownAccount) -> None:
        for form in (account.name, *account.aliases):
            for key in _keys(form):
                self._near.setdefault(key, []).append(account)


def _folded(name: str) -> str:
    return "".join(name.lower().replace("（", "(").replace("）", ")").split())


def _keys(name: str) -> set[str]:
    """The pairs of signs a name has, but for those that half of all firms have."""
    folded = _folded(name)
    return {folded[at : at + 2] for at in range(len(folded) - 1)} - _COMMON


_COMMON = frozenset(
    ["有限", "限公", "公司", "股份", "份有", "集团", "科技", "技有", "中国", "上海", "北京", "深圳", "广州"]
)
