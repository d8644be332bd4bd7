"""What an outside model sees, and that everything comes back as it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language_models.masking import Mask, MaskingModel, mask_for

VISIT = (
    "刚从远山阀门出来，见了邱总，生产副总，说换一次模具要停半天，上季度因此晚交两批货，"
    "预算大概一百八十万还没批，对手是金蝶，报了 1,250,000，比我们低12%。远山那边电话 13800138000。"
)
ENGLISH = "Met Anna Keller at Brightwater Foods, budget is 120k, mail a.keller@brightwater.example, 3 sites."


class Echo:
    """A model that says back what it was told, piece by piece, and keeps what it saw."""

    is_offline = False

    def __init__(self, size=3):
        self.saw = []
        self.size = size

    async def speak(self, prompt, inputs, *, language, rep):
        self.saw.append(inputs)
        text = inputs["visit"]
        for at in range(0, len(text), self.size):
            yield text[at : at + self.size]

    async def propose(self, prompt, inputs, *, language, rep, schema):
        self.saw.append(inputs)
        return {"items": [{"quote": inputs["visit"], "count": 2}], "ok": True}


async def known(rep):
    return ["华东重机", "林"]


async def said(model, inputs):
    return "".join([piece async for piece in model.speak("p", inputs, language="zh", rep="r")])


@pytest.mark.parametrize("size", [1, 3, 7, 500])
@pytest.mark.parametrize("visit", [VISIT, ENGLISH, "没有名字的一句话。", "〔方案〕[见附件]【二】N", ""])
async def test_what_comes_back_is_what_was_said(visit, size):
    assert await said(MaskingModel(Echo(size), known), {"visit": visit}) == visit


@pytest.mark.parametrize(
    ("visit", "secrets"),
    [
        (VISIT, ["远山", "邱总", "金蝶", "一百八十万", "1,250,000", "12%", "13800138000"]),
        (ENGLISH, ["Anna", "Keller", "Brightwater", "120k", "a.keller"]),
        ("华东重机的预算没批，下单二十五台。", ["华东重机", "二十五"]),
        ("杭州青云软件有限公司的合同，百分之三十预付，打八折", ["青云", "百分之三十", "八折"]),
    ],
)
async def test_names_numbers_and_amounts_do_not_leave(visit, secrets):
    model = Echo()
    await said(MaskingModel(model, known), {"visit": visit, "hint": f"上次：{visit}"})
    seen = " ".join(model.saw[0].values())
    assert [secret for secret in secrets if secret in seen] == []


async def test_the_rest_of_the_sentence_stays_readable():
    model = Echo()
    await said(MaskingModel(model, known), {"visit": VISIT})
    for words in ("换一次模具要停半天", "还没批", "生产副总"):
        assert words in model.saw[0]["visit"]


async def test_proposals_come_back_with_their_names_and_the_other_values_untouched():
    found = await MaskingModel(Echo(), known).propose("p", {"visit": VISIT}, language="zh", rep="r", schema={})
    assert found == {"items": [{"quote": VISIT, "count": 2}], "ok": True}


async def test_the_fallback_is_not_masked():
    model = Echo()
    await said(MaskingModel(model, known), {"visit": "", "fallback": VISIT})
    assert model.saw[0]["fallback"] == VISIT


def test_the_same_name_has_the_same_place_in_every_input():
    mask = mask_for([VISIT, "邱总怎么说"], [])
    assert mask.hide("邱总") in mask.hide(VISIT)
    assert mask.hide("邱总") != "邱总"


@pytest.mark.parametrize("written", ["〔N1〕", "[N1]", "【N1】", "〔 N1 〕", "问N1：", "N1"])
def test_a_place_whose_brackets_the_model_changed_is_still_filled(written):
    assert "邱总" in Mask(["邱总"], []).show(written)
    assert "N1" not in Mask(["邱总"], []).show(written)


def test_a_place_that_nobody_gave_out_stays():
    assert Mask(["邱总"], []).show("〔N7〕和 M3、TN1") == "〔N7〕和 M3、TN1"


@example("远山阀门N1和[N1]，M1，aM2")
@given(st.text(alphabet="邱总王远山阀门公司预算一百八十万千5,.%NM〔〕[]1 ，。ab", max_size=60))
def test_hiding_and_showing_gives_the_text_back(text):
    mask = mask_for([text], ["远山阀门"])
    assert mask.show(mask.hide(text)) == text
