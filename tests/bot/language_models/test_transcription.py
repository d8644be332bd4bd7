"""What comes of a voice note: the words, nothing where nobody speaks, and the cause of every failure."""

import logging

import pytest

from bot.language_models.connection import Address
from bot.language_models.transcription import SpeechTranscriber
from bot.language_models.trouble import Cause, ModelTrouble
from tests.support.model_server import ModelServer, drops, fails, hangs, nonsense, says

AUDIO = b"OggS" + bytes(400)


@pytest.fixture
async def server():
    async with ModelServer() as running:
        yield running


@pytest.fixture
async def transcriber(server):
    one = SpeechTranscriber("whisper-1", Address(server.base_url), timeout=5)
    yield one
    await one.close()


async def heard(transcriber, names=(), language="zh", audio=AUDIO, media_type="audio/ogg"):
    return await transcriber.transcribe(audio, media_type, names=names, language=language)


async def test_the_words_come_in_simplified_script(server, transcriber):
    server.script(says("剛從遠山閥門出來，見了邱總。"))
    assert await heard(transcriber) == "刚从远山阀门出来，见了邱总。"


async def test_names_and_language_are_told_once_and_in_bounds(server, transcriber):
    await heard(transcriber, names=["远山阀门", "邱总", "远山阀门", *(f"客户{n}" for n in range(200))])
    body = server.asked[0].body
    assert body["prompt"].startswith("远山阀门、邱总、客户0")
    assert len(body["prompt"]) <= 200
    assert (body["language"], body["model"], body["file"]) == ("zh", "whisper-1", AUDIO)


async def test_without_names_and_language_nothing_is_told(server, transcriber):
    await heard(transcriber, language="")
    assert not {"prompt", "language"} & set(server.asked[0].body)


async def test_an_empty_recording_is_not_sent(server, transcriber):
    assert await heard(transcriber, audio=b"") == ""
    assert server.asked == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        "。。。",
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "請不吝點贊 訂閱 轉發 打賞支持明鏡與點點欄目",
        "字幕由 Amara.org 社区提供",
        "Thanks for watching!",
        "谢谢观看！谢谢观看！",
        "Thank you.",
        "嗯。",
        "[音乐]",
        "(upbeat music)",
        "♪♪♪",
        "[BLANK_AUDIO]",
        "再次" * 30,
        "好的，" * 12,
        "Okay. " * 10,
        "啊" * 40,
        "4,3,4,3,2,3,2,3," * 8,
        "一二三一三二" * 20,
        "远山阀门、邱总",
        "邱总，林工。",
    ],
)
async def test_what_a_model_makes_up_over_silence_is_dropped(server, transcriber, text):
    server.script(says(text))
    assert await heard(transcriber, names=["远山阀门", "邱总", "林工"]) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("谢谢邱总，下周二我带样机过去。", "谢谢邱总，下周二我带样机过去。"),
        ("邱总", "邱总"),
        ("邱总和林工都来了。", "邱总和林工都来了。"),
        ("预算八八八八八八八八块，电话 88888888。", "预算八八八八八八八八块，电话 88888888。"),
        ("很贵很贵，他说了三遍。", "很贵很贵，他说了三遍。"),
        ("他说考虑一下。谢谢观看！", "他说考虑一下。"),
        ("他们下周定，下周定，下周定，下周定，下周定，然后采购会找我们签合同", "他们下周定，然后采购会找我们签合同"),
        ("Thank you for the sample, he said, and asked for a quote.",) * 2,
        ("客户要做字幕组的设备。", "客户要做字幕组的设备。"),
        ("（会议室）见了林工。", "（会议室）见了林工。"),
    ],
)
async def test_what_somebody_said_stays(server, transcriber, text, said):
    server.script(says(text))
    assert await heard(transcriber, names=["远山阀门", "邱总", "林工"]) == said


async def test_a_long_note_stays_whole(server, transcriber):
    note = "".join(
        f"第{number}家见了{surname}总，谈的是{thing}，"
        for number, surname, thing in zip(
            "一二三四五六七八九十",
            "王李张刘陈杨黄赵吴周",
            ("交期", "价格", "验收", "培训", "备件", "质保", "付款", "样机", "替换", "合同"),
            strict=True,
        )
    )
    server.script(says(note))
    assert await heard(transcriber) == note


async def test_stretches_the_model_doubts_are_left_out(server, transcriber):
    segments = [
        {"text": "见了邱总。", "no_speech_prob": 0.1, "avg_logprob": -0.3},
        {"text": "预算一亿。", "no_speech_prob": 0.9, "avg_logprob": -1.4},
        {"text": "要停半天。", "no_speech_prob": 0.9, "avg_logprob": -0.2},
    ]
    server.script(says("见了邱总。预算一亿。要停半天。", fields={"segments": segments}))
    assert await heard(transcriber) == "见了邱总。要停半天。"


async def test_a_server_that_knows_plain_json_only_is_asked_for_it_from_then_on(server, transcriber):
    server.decide = lambda asked: fails(400) if asked.body["response_format"] == "verbose_json" else says("见了邱总。")
    assert await heard(transcriber) == await heard(transcriber) == "见了邱总。"
    assert [asked.body["response_format"] for asked in server.asked] == ["verbose_json", "json", "json"]


@pytest.mark.parametrize(
    ("answer", "cause", "reason"),
    [
        (fails(400), Cause.REQUEST_REFUSED, "absent"),
        (fails(401), Cause.KEY, "absent"),
        (fails(404), Cause.MODEL_MISSING, "absent"),
        (fails(413), Cause.TOO_LONG, "absent"),
        (drops(0), Cause.DROPPED, "unreachable"),
        (nonsense(), Cause.GARBLED, "nonsense"),
    ],
)
async def test_a_failure_has_its_cause_and_its_reason(server, transcriber, answer, cause, reason):
    server.otherwise = answer
    with pytest.raises(ModelTrouble) as caught:
        await heard(transcriber)
    assert (caught.value.cause, caught.value.reason) == (cause, reason)


async def test_a_server_that_hangs_is_not_waited_for(server):
    server.otherwise = hangs()
    with pytest.raises(ModelTrouble) as caught:
        await heard(SpeechTranscriber("whisper-1", Address(server.base_url), timeout=0.3))
    assert caught.value.reason == "slow"


async def test_no_name_and_no_key_reaches_the_log(server, caplog):
    caplog.set_level(logging.DEBUG)
    one = SpeechTranscriber("whisper-1", Address(server.base_url, "sk-very-secret"), timeout=5)
    server.script(says("见了邱总。"), says("谢谢观看"), fails(401))
    await heard(one, names=["远山阀门"])
    await heard(one)
    try:
        await heard(one)
    except ModelTrouble:
        logging.getLogger("test").exception("failed")
    assert "dropped" in caplog.text
    assert not [word for word in ("邱总", "远山", "谢谢观看", "very-secret") if word in caplog.text]
