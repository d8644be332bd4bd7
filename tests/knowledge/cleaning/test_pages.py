"""Whole pages as people copy them: only the article stays, under its own title."""

# ruff: noqa: E501  a paragraph is one line

from knowledge.cleaning.clean import cleaned

PUBLIC_ACCOUNT = """点击上方“进阶社”关注我们，每天三分钟
置顶公众号，干货第一时间送达
老客户突然不回消息，先别急着催
做大客户的人都遇到过：报完价，对面就没声了。这时候最忌讳的是连发三条「王总，考虑得怎么样」。
先想三件事：他是不是换了优先级，里面是不是有人反对，报价里是不是有一项他没法向上解释。
两周还没消息，找内线问一句项目还在不在，别问决定了没有。
END
来源：网络，版权归原作者所有，如有侵权请联系后台删除
往期精彩回顾
▶ 为什么你总是见不到老板
▶ 一张图看懂采购流程
喜欢就点个“在看”，分享给更多做销售的朋友
阅读 1.2万  赞 356  在看 128"""

FORUM = """1楼 发表于 2021-3-5 09:12 只看该作者 倒序浏览
跟了半年的单子被关系户抢了，怎么办
去年跟一家做汽车座椅的厂，技术、使用部门都认我们，结果最后采购部长一句话给了别人。教训：技术认可不等于拍板。
2楼 发表于 2021-3-5 09:30
沙发！顶楼主
3楼 发表于 2021-3-5 10:02
采购部长那一票往往是谁都不得罪，所以要给他一个可以写进报告的理由，比如三家比价表、同行案例、付款条件。
回复 举报 返回列表 发新帖
Powered by Discuz! X3.4"""

BLOG = """Skip to main content
Home | Blog | Pricing | Contact
By clicking accept you agree to our use of cookies.
How to run a pilot without giving the product away
Posted by Karen W. · 7 min read · 14 comments
A pilot is not a free trial. Before anyone plugs anything in, agree in writing on three things: which number has to move, by how much, and who signs if it does.
Keep it short. Four weeks is enough to show a change in scrap rate.
Related:
12 closing questions
Why pilots fail
© 2024 SalesCraft Inc. Privacy | Terms"""


def test_an_article_of_a_public_account():
    [article] = cleaned(PUBLIC_ACCOUNT).articles
    assert article.title == "老客户突然不回消息，先别急着催"
    assert article.text.startswith("做大客户的人")
    assert article.text.endswith("别问决定了没有。")


def test_a_forum_keeps_what_people_told():
    [article] = cleaned(FORUM).articles
    assert article.title == "跟了半年的单子被关系户抢了，怎么办"
    assert [line[:6] for line in article.text.splitlines()] == ["去年跟一家做", "采购部长那一"]


def test_an_english_page_keeps_its_long_title_and_its_paragraphs():
    [article] = cleaned(BLOG).articles
    assert article.title == "How to run a pilot without giving the product away"
    assert [line[:10] for line in article.text.splitlines()] == ["A pilot is", "Keep it sh"]


def test_titles_under_a_heading_of_links_go_but_not_the_title_of_the_next_text():
    body = "第二次拜访要带上次没答的问题的答案去，先说改了什么，再问这样行不行。" * 10
    text = "\n".join(["相关文档", "一页纸方案怎么写", "怎么约到老板", "第二次拜访去干什么", body])
    [article] = cleaned(text).articles
    assert article.title == "第二次拜访去干什么"
