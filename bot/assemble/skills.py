"""What a rep can ask for."""

from random import Random

from bot.assemble.parts import Parts
from bot.debriefing.reading_sense import reading_sense
from bot.ports import Skill
from bot.skills.answer_question import AnswerQuestion
from bot.skills.change_settings import ChangeSettings
from bot.skills.choose_evening import ChooseEvening
from bot.skills.correct_deal import CorrectDeal
from bot.skills.draw_pictures import DrawPictures
from bot.skills.export_accounts import ExportAccounts
from bot.skills.export_own import ExportOwn
from bot.skills.forget_me import ForgetMe
from bot.skills.import_accounts import ImportTable
from bot.skills.keep_contact import KeepBusinessCard
from bot.skills.keep_voice import KeepVoice
from bot.skills.make_small_talk import MakeSmallTalk
from bot.skills.order_accounts import OrderAccounts
from bot.skills.practise_visit import PractiseVisit
from bot.skills.prepare_visit import PrepareVisit
from bot.skills.record_visit import RecordVisit
from bot.skills.share_cases import ShareTeamCases
from bot.skills.show_account import ShowAccount
from bot.skills.show_help import ShowHelp
from bot.skills.show_todo import ShowTodo
from bot.skills.take_back import TakeBackChange
from bot.skills.teach_documents import TeachDocuments


def skills_of(parts: Parts) -> tuple[Skill, ...]:
    """What a rep can ask for, in the order it is asked and listed."""
    memory, knowledge = parts.memory, parts.desk
    speech_host = parts.listener.sends_to if parts.listener else ""
    keeps_files = memory.settings.audio.keep
    others: tuple[Skill, ...] = (
        AnswerQuestion(knowledge, knowledge.understanding, memory.ids),
        PractiseVisit(knowledge, memory.ids, Random()),
        RecordVisit(memory.ids, lambda: reading_sense(knowledge.understanding().embedder)),
        TakeBackChange(),
        OrderAccounts(memory.ids),
        ShowTodo(),
        ChooseEvening(),
        ShowAccount(knowledge),
        CorrectDeal(memory.ids),
        ShareTeamCases(),
        PrepareVisit(knowledge),
        ImportTable(memory.ids),
        TeachDocuments(knowledge, memory.ids),
        DrawPictures(knowledge),
        ExportOwn(),
        ExportAccounts(memory.ids),
        ForgetMe(),
        ChangeSettings(chosen_host=parts.model.sends_to, speech_host=speech_host, house_keeps_files=keeps_files),
        KeepVoice(),
        KeepBusinessCard(),
    )
    return (*others, ShowHelp(others), MakeSmallTalk())
