"""Which function applies which kind of write."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.domain import writes
from bot.domain.writes import Write
from bot.errors import WriteConflict
from bot.storage import (
    after_saving,
    answers,
    business_cards,
    case_notes,
    changes,
    commitments,
    deals,
    documents,
    drafts,
    drawn_pictures,
    erasure,
    forgetting,
    inbox,
    kept_files,
    people,
    practices,
    reading,
    scheduled_work,
    visits,
)
from bot.storage.occasion import Occasion

APPLIED_BY: Mapping[type[Write], Callable[[Connection, Any, Occasion], None]] = {
    writes.RecordNotice: people.record_notice,
    writes.ChangeRep: people.change_rep,
    writes.CreateInvitation: people.create_invitation,
    writes.ForgetRep: forgetting.forget,
    writes.Audit: people.note_action,
    writes.KeepDraft: drafts.keep_draft,
    writes.DiscardDraft: drafts.discard_draft,
    writes.SaveVisits: visits.save_visits,
    writes.CloseCommitment: commitments.close_commitment,
    writes.MoveCommitment: commitments.move_commitment,
    writes.CorrectOpportunity: deals.correct_deal,
    writes.TakeBackCorrection: deals.take_back_correction,
    writes.FindMissing: after_saving.find_missing,
    writes.ShareCases: case_notes.share_cases,
    writes.MergeAccounts: changes.merge_accounts,
    writes.RenameAccount: changes.rename_account,
    writes.ImportAccounts: changes.take_table_in,
    writes.TakeBack: changes.take_back,
    writes.KeepContact: business_cards.keep_contact,
    writes.KeepPractice: practices.keep_practice,
    writes.NoteAnswer: answers.note_answer,
    writes.RateAnswer: answers.rate_answer,
    writes.NoteUnanswered: answers.note_unanswered,
    writes.CloseQuestion: answers.close_question,
    writes.WithdrawDocument: documents.withdraw,
    writes.RestoreDocument: documents.restore,
    writes.ShareDocument: documents.share,
    writes.RuleOnArticle: documents.rule_on_article,
    writes.TakeInPiece: documents.take_in_piece,
    writes.StopReading: reading.stop,
    writes.KeepFile: kept_files.keep_file,
    writes.DropFile: kept_files.drop_file,
    writes.KeepPictures: drawn_pictures.keep_pictures,
    writes.Schedule: scheduled_work.schedule,
    writes.HurryWork: scheduled_work.hurry,
    writes.Deliver: inbox.deliver,
    writes.EraseOldTexts: erasure.erase_texts,
    writes.EraseOldFiles: erasure.erase_files,
}


def apply(connection: Connection, wanted: Sequence[Write], occasion: Occasion) -> None:
    """Apply writes in their order. Raises WriteConflict; nothing is applied then, once the transaction is undone."""
    try:
        for write in wanted:
            APPLIED_BY[type(write)](connection, write, occasion)
    except IntegrityError as error:
        raise WriteConflict(type(error.orig).__name__) from error
