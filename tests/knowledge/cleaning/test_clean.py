import pytest

from knowledge.cleaning.clean import cleaned
from knowledge.cleaning.lines import joined, set_apart, told_once
from knowledge.cleaning.noise import repaired
from knowledge.cleaning.report import DropReason
from knowledge.cleaning.unwanted import is_advert, reason_against
from tests.knowledge.dirty_folder import PAGE, SECOND_VISIT, STOPPED_LINE


def test_a_dirty_page_becomes_its_articles_under_their_titles():
    result = cleaned(PAGE)
    assert [article.title for article in result.articles] == [
        "把痛点算成数字",
        "第二次拜访去干什么",
        "虚拟化平台的设计与实现",
    ]
    assert result.articles[0].text == STOPPED_LINE
    assert result.articles[1].text == SECOND_VISIT


def test_every_drop_has_its_reason():
    reasons = {drop.excerpt[:6]: drop.reason for drop in cleaned(PAGE).drops}
    assert reasons["国产精品无码"] is DropReason.SPAM
    assert reasons["当前位置：首"] is DropReason.FURNITURE
    assert reasons["上一篇：没有"] is DropReason.FURNITURE


@pytest.mark.parametrize(
    "line",
    [
        "对客户影响力:拜访>电话>微信>邮件",
        "客户说激情可以，价格不行，让我们再降五个点",
        "分享：我是怎样把丢掉的订单追回来的，一共花了三个月",
        "报价 180 万，预算 150 万，差额由财务总监决定",
        "A.销售的不是产品,是解决方案",
        "下一步：周二上午带样机去试",
        "page 3 of their proposal lists the delivery dates",
        "点到为止，别追问",
        "加微信之后第一句话说什么",
        "联系我们之前，客户通常已经问过三家",
        "喜欢讲故事的客户怎么应对",
        "关注 交期 价格",
        "会员制客户的续费沟通",
        "Keep it short",
        "Share the numbers with the person who signs",
        "Print shops buy on uptime",
        "Search the annual report for their goals",
        "Follow up within two days",
        "Subscribe pricing versus licence pricing",
    ],
)
def test_what_a_rep_writes_is_no_furniture(line):
    assert reason_against(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "12",
        "3 / 40",
        "—————",
        "相关主题",
        "Copyright © 2020",
        "返回顶部",
        "2021-11-29 11:28:34设计营销1",
        "设为星标，第一时间收到推送",
        "喜欢就点个“在看”，分享给更多做销售的朋友↓↓↓",
        "阅读 1.2万  赞 356  在看 128",
        "文章已于2022-06-01修改",
        "查看全部 36 个回答",
        "VIP专享文档 阅读下载 剩余13页未读",
        "本版积分规则 您需要登录后才可以回帖 登录 | 立即注册",
        "Home | Blog | Pricing | Contact",
        "Posted by Karen W. · 7 min read · 14 comments",
        "By clicking accept you agree to our use of cookies.",
        "Leave a Reply Your email address will not be published. Required fields are marked *",
        "Share this: Facebook Twitter LinkedIn",
        "Sign up to read the rest of this story",
        "Estimated reading time: 6 minutes",
    ],
)
def test_page_furniture_is_known(line):
    assert reason_against(line) is DropReason.FURNITURE


def test_adverts_are_told_from_talk_about_value():
    assert is_advert("课程费用：2800元/人，名额有限")
    assert is_advert("想学的加小编微信，名额有限")
    assert not is_advert("先谈实现价值，再谈现场服务和费用")
    assert not is_advert("会后有六个人主动加联系方式，交期仅剩两周")
    assert not is_advert("方案里要写清培训时间由谁定，售价 120 万怎么拆")


@pytest.mark.parametrize(
    ("noisy", "clear"),
    [
        ("建立戰(zhàn)略關系", "建立戰略關系"),
        ("客户关系管理(crm)系统", "客户关系管理(crm)系统"),
        ("經(jing)驗", "經驗"),
        ("首先,,我们要看,。再说", "首先,我们要看。再说"),
        ("太好了！！！", "太好了！"),
    ],
)
def test_noise_inside_lines_is_repaired(noisy, clear):
    assert repaired(noisy) == clear


def test_garbled_sentences_go_with_their_reason():
    text = f"{STOPPED_LINE}\n嫠呶疑掀凇蹲客ㄑ丁贩⒈砹怂宰杂嫠呶疑掀凇蹲客ㄑ丁贩⒈。"
    result = cleaned(text)
    assert DropReason.GARBLED in {drop.reason for drop in result.drops}
    assert "嫠呶" not in result.articles[0].text


def test_broken_lines_are_joined_and_glued_lists_set_apart():
    broken = [
        "从需求挖掘到意向接洽，再到立项、施工、测试，整个过程涉及的部门和人员非常繁多，从立项到测试通",
        "过，历时一年。",
        "2、其他",
    ]
    assert joined(broken) == [broken[0] + broken[1], "2、其他"]
    assert list(set_apart(["特点： 1、周期长 2、风险大 (3)人多"])) == ["特点：", "1、周期长", "2、风险大", "(3)人多"]


def test_a_line_told_twice_or_cut_short_is_told_once():
    whole = "如果高层之间沟通顺畅，具体的事务就容易了，所以要建立定期会面的机制，每季度至少一次。"
    kept, repeated = told_once([whole[:30], "别的事情", whole, whole])
    assert kept == ["别的事情", whole]
    assert len(repeated) == 2


def test_a_scrap_is_no_article():
    assert cleaned("客户来电").articles == []
    assert cleaned("").articles == []
