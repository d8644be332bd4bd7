"""Each failure of the plain way (one prompt, structured output) as a message of its own, without any model."""

from datetime import date

import pytest

from bot.debriefing.extraction import notes_from
from bot.debriefing.proposals import Field, Proposal
from bot.domain.visit import BudgetStatus, Party, Role, VisitNote

WEDNESDAY = date(2026, 3, 18)


def only_note(message: str) -> VisitNote:
    (note,) = notes_from(message, reference=WEDNESDAY)
    return note


@pytest.mark.parametrize(
    "message",
    [
        "今天去了恒力泵业，曹部长说三十万以上都要集团招标，老泵一个月换两回密封",
        "今天拜访恒力泵业，曹部长说上个月停机损失了四十多万",
        "今天拜访恒力泵业，我们报了76万，曹部长说比凯泉的58万贵太多",
        "今天拜访恒力泵业，曹部长可以直接批50万以下的",
        "Visited Halden Foods today. Dana said the jam cost them 90k RMB last month.",
    ],
)
def test_limits_losses_and_prices_are_no_budget(message: str) -> None:
    assert only_note(message).budget is None


def test_tens_of_thousands_are_not_thousands() -> None:
    budget = only_note("今天拜访恒力泵业，曹部长说预算76万，批了").budget
    assert budget is not None
    assert budget.amount_cny == 760_000
    assert budget.status is BudgetStatus.APPROVED


def test_dollars_are_not_taken_for_yuan() -> None:
    budget = only_note("Visited Halden Foods today, met Dana Wright. Budget is about 120k USD.").budget
    assert budget is not None
    assert budget.amount_cny is None
    assert "120k USD" in budget.text


def test_our_promise_is_ours_and_theirs_is_theirs() -> None:
    note = only_note("今天拜访恒力泵业，见了曹部长。我答应周五之前把选型单发给他，他答应下周二把图纸发给我们。")
    assert [(one.who, one.due) for one in note.commitments] == [
        (Party.US, date(2026, 3, 20)),
        (Party.CUSTOMER, date(2026, 3, 24)),
    ]


def test_finished_actions_and_ideas_are_no_commitments() -> None:
    assert only_note("今天拜访恒力泵业，见了曹部长，资料已经发给他了，也许以后可以搞个联合试验").commitments == ()


def test_people_the_customer_and_departments_are_no_rivals() -> None:
    note = only_note("今天拜访恒力泵业，采购部的曹部长和技术部都在，老周说也在看川源的泵，恒力自己也做小泵")
    assert note.competitors == ("川源",)


def test_a_short_message_is_not_padded() -> None:
    note = only_note("嘉禾乳业，质量部尹经理，想要一台在线重量检测仪")
    assert [contact.name for contact in note.contacts] == ["尹经理"]
    assert note.needs == ("想要一台在线重量检测仪",)
    assert note.pains == note.objections == note.competitors == note.commitments == ()
    assert note.budget is None
    assert note.visit_date is None


def test_no_phrase_stands_in_two_lists() -> None:
    note = only_note(
        "刚从远山阀门出来，见了邱总，说换一次模具要停半天，希望半小时内换完，担心我们交期太长，主要看交期和售后，下周二我带样机去试"
    )
    lists = [*note.needs, *note.pains, *(one.text for one in note.objections), *note.decision_criteria]
    lists += [one.action for one in note.commitments]
    assert len(lists) == len(set(lists))


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ("今天拜访恒力泵业，曹部长说预算一百八十来万，还没批", BudgetStatus.PENDING),
        ("今天拜访恒力泵业，曹部长说今年没预算", BudgetStatus.NONE),
        ("今天拜访恒力泵业，曹部长说预算批下来了，60万", BudgetStatus.APPROVED),
    ],
)
def test_negation_decides_how_firm_the_budget_is(message: str, status: BudgetStatus) -> None:
    budget = only_note(message).budget
    assert budget is not None
    assert budget.status is status


def test_what_is_denied_is_not_noted() -> None:
    note = only_note("今天回访恒力泵业，曹部长说新泵没出过故障，也不担心交期")
    assert note.pains == ()
    assert note.objections == ()


def test_surnames_are_neither_cut_nor_merged() -> None:
    note = only_note("今天拜访恒力泵业，欧阳总、项目部的葛经理和老周都在，欧阳总说老是漏油")
    assert [contact.name for contact in note.contacts] == ["欧阳总", "葛经理", "老周"]


def test_colleagues_and_introducers_are_no_contacts() -> None:
    note = only_note("今天跟我们王总一起拜访恒力泵业，通过建行的李总介绍的，见到曹部长，说老泵漏油")
    assert [contact.name for contact in note.contacts] == ["曹部长"]


def test_several_accounts_stay_apart() -> None:
    first, second = notes_from(
        "上午去了城东医院，信息中心陈主任说预算批了120万。下午跑了趟恒瑞电子，老周说不急，明年再说。",
        reference=WEDNESDAY,
    )
    assert (first.account, second.account) == ("城东医院", "恒瑞电子")
    assert first.budget is not None
    assert second.budget is None
    assert first.objections == ()
    assert second.objections[0].text.endswith("不急，明年再说")
    assert [contact.name for contact in second.contacts] == ["老周"]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("下周三", date(2026, 3, 25)),
        ("下下周一", date(2026, 3, 30)),
        ("大后天", date(2026, 3, 21)),
        ("月底前", date(2026, 3, 31)),
        ("元旦前", date(2026, 12, 31)),
    ],
)
def test_relative_dates_are_never_a_week_off(words: str, due: date) -> None:
    note = only_note(f"今天拜访恒力泵业，见了曹部长，约好{words}我带样机去试")
    assert note.commitments[0].due == due


def test_what_is_taken_back_is_gone() -> None:
    note = only_note("今天去了利泰橡胶，见到的是郝总，不对，是赫总，预算一百五十万，哦不对，是一百六十万，还没批")
    assert [contact.name for contact in note.contacts] == ["赫总"]
    assert note.budget is not None
    assert note.budget.amount_cny == 1_600_000


def test_a_model_cannot_bring_in_words_nobody_said() -> None:
    message = "今天拜访恒力泵业，见了曹部长，聊了聊行业情况"
    claims = [
        Proposal(Field.PAIN, "能耗太高", "能耗太高"),
        Proposal(Field.NEED, "见了曹部长", "聊了聊行业情况"),
        Proposal(Field.COMPETITOR, "曹部长", "见了曹部长"),
    ]
    (note,) = notes_from(message, reference=WEDNESDAY, proposals=claims)
    assert note.pains == note.needs == note.competitors == ()


@pytest.mark.parametrize(
    "message",
    [
        "客户老说再考虑考虑，一般怎么逼单比较自然？",
        "今天又开了一天的会，领导说来说去就那几句，烦死了。",
        "明天要见恒力泵业的曹部长，帮我准备一下。",
        "How should I open the first meeting with a CFO?",
        "My boss wants me to log forty calls a day now. Forty!",
        "远山阀门和恒力泵业哪个更值得跟？",
        "周五去晨光药业演示",
        "后天跟海天精工的采购开会",
        "明早要去汇丰纸业，有点紧张",
        "demo on Friday, visit to Hillside Valves",
        "I'm visiting Halden Foods on Thursday",
        "我们公司食堂越来越难吃了",
        "why did the salesman bring a ladder? because the stakes were high",
    ],
)
def test_questions_jokes_and_complaints_give_no_note(message: str) -> None:
    assert notes_from(message, reference=WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("message", "account"),
    [
        ("聊了一下午，迅达物流的车队长老毕，抱怨油耗高", "迅达物流"),
        ("振华三院 设备科 刘科 想换两台监护仪 预算30w已批", "振华三院"),
        ("晚上跟老秦吃的饭，他现在是百川水务的副总，说明年要改三个泵站", "百川水务"),
        ("老板们好，汇报一下江南造纸的进展，纸机断头一天五六次", "江南造纸"),
        ("电话回访东方花园业委会，主任老蔡说门禁坏了两周没人修", "东方花园业委会"),
        ("从深圳回来了，见了优必达，创始人Leo说先做两个点试试", "优必达"),
        ("招行网点改造那个事，行政部的安经理说方案过了", "招行"),
        ("瑞丰的符总要加两台，周五报价", "瑞丰"),
        ("华宇国际的前台说苏总出差了，今天没见到人", "华宇国际"),
        ("Went through the numbers with Fenwick Dairy's CFO today, payback too long", "Fenwick Dairy"),
        ("The Hillcrest hotel people want new locks before the season", "Hillcrest"),
        ("Good news: Harbor Freight Lines signed the renewal, 3 years", "Harbor Freight Lines"),
        ("popped by greenleaf foods today, the labeler misprints every shift", "greenleaf foods"),
    ],
)
def test_an_account_is_found_wherever_reps_put_it(message: str, account: str) -> None:
    assert only_note(message).account == account


def test_people_of_a_branch_are_not_taken_for_ours_and_firms_not_for_people() -> None:
    note = only_note("地铁维保分公司的耿工，反映道岔监测误报多，他们的法务是君合盛律师事务所")
    assert [contact.name for contact in note.contacts] == ["耿工"]


def test_a_day_said_after_the_thing_belongs_to_it() -> None:
    note = only_note("今天拜访恒力泵业，见了曹部长，让我先做一版初步方案，月底给他")
    assert [(one.who, one.action, one.due) for one in note.commitments] == [
        (Party.US, "让我先做一版初步方案", date(2026, 3, 31))
    ]


def test_words_of_the_prompt_never_reach_a_field() -> None:
    claims = [
        Proposal(Field.PAIN, "上个月又停了两回", "上个月又停了两回"),
        Proposal(Field.OBJECTION, "觉得我们厂子太小", "觉得我们厂子太小"),
        Proposal(Field.NEED, "need：客户想要什么", "need：客户想要什么"),
    ]
    (note,) = notes_from("今天拜访恒力泵业，见了曹部长，聊了行业情况", reference=WEDNESDAY, proposals=claims)
    assert note.is_empty or [*note.pains, *note.needs, *note.objections] == []


def test_hearsay_about_a_rival_stays_what_was_heard() -> None:
    note = only_note("今天拜访恒力泵业，见了曹部长，听代理商说川源报了58万，比我们便宜")
    assert note.competitors == ("川源",)
    assert note.budget is None


@pytest.mark.parametrize(
    ("told", "amount", "status"),
    [
        ("领导批了，四十五万", 450_000, BudgetStatus.APPROVED),
        ("他们手里有八十万的技改款", 800_000, BudgetStatus.UNKNOWN),
        ("合同签了，七十六万", 760_000, BudgetStatus.APPROVED),
        ("申请了六十万，局里还没批", 600_000, BudgetStatus.PENDING),
        ("预算从两百万砍到一百二十万", 1_200_000, BudgetStatus.UNKNOWN),
        ("预算大概一百二", None, BudgetStatus.UNKNOWN),
        ("没有专项预算", None, BudgetStatus.NONE),
    ],
)
def test_a_budget_is_heard_without_its_name(told: str, amount: int | None, status: BudgetStatus) -> None:
    budget = only_note(f"今天拜访恒力泵业，曹部长接待的。{told}。").budget
    assert budget is not None
    assert (budget.amount_cny, budget.status) == (amount, status)


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ("见了园长蓝园长，她自己就能定", Role.DECISION_MAKER),
        ("小何帮我们打听到他们还找了一家", Role.COACH),
        ("见了IT部屠经理", Role.INFLUENCER),
        ("这事最后是钱总定", Role.DECISION_MAKER),
        ("见了韩总", Role.UNKNOWN),
    ],
)
def test_words_beside_a_name_tell_the_role(told: str, role: Role) -> None:
    assert [contact.role for contact in only_note(f"今天去恒力泵业，{told}，说老泵漏油").contacts] == [role]


@pytest.mark.parametrize(
    ("said", "accounts"),
    [
        ("At Hillside Valves Dana Cole told me they won't buy this year", ["Hillside Valves"]),
        ("In Meridian Labs Omar Reyes wants a trial in January", ["Meridian Labs"]),
        ("Went to Meridian Labs. Dr. Patel wants a trial in January", ["Meridian Labs"]),
    ],
)
def test_a_person_is_no_part_of_the_firms_name(said: str, accounts: list[str]) -> None:
    assert [note.account for note in notes_from(said, reference=WEDNESDAY)] == accounts


@pytest.mark.parametrize(
    "said",
    ["刚从晨光药业出来，见了周经理，她没答应试用", "Met Ann Lee at Meridian Labs, she wouldn't agree to a trial"],
)
def test_what_nobody_agreed_to_is_no_promise(said: str) -> None:
    [note] = notes_from(said, reference=WEDNESDAY)
    assert note.commitments == ()
