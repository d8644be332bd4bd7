"""Groups: the bot is added, spoken to, thrown out, or leaves by itself."""

from tests.support.telegram_people import People, Somebody
from tests.support.telegram_text import typed_entities
from tests.support.telegram_wire import Json, Upload, bad_request
from tests.support.telegram_world import Chat, World


class Groups(People):
    """What people can do to the bot in groups; a group's id is negative."""

    async def add_to_group(self, group_id: int, by: Somebody, *, title: str = "销售一组") -> None:
        """The bot becomes a member: `my_chat_member`, then the service message of the group."""
        chat = Chat({"id": group_id, "title": title, "type": "supergroup"}, started=True)
        self.world.chats[group_id] = chat
        actor = self._user(by)
        self.announce(chat, actor, "left", "member")
        members = [self.world.bot_user]
        joined = {"new_chat_members": members, "new_chat_member": members[0], "new_chat_participant": members[0]}
        self._in_group(chat, actor, joined)

    async def say_in_group(self, group_id: int, somebody: Somebody, text: str) -> Json:
        """A message in the group that reaches the bot."""
        entities = typed_entities(text)
        content = {"text": text} | ({"entities": entities} if entities else {})
        return self._in_group(self.world.chats[group_id], self._user(somebody), content)

    async def kick_from_group(self, group_id: int, by: Somebody) -> None:
        """The bot is thrown out; from now on it gets 403."""
        chat = self.world.chats[group_id]
        chat.shut = "bot was kicked from the supergroup chat"
        self.announce(chat, self._user(by), "member", "kicked")

    def leave(self, world: World, parameters: Json, uploads: dict[str, Upload]) -> bool:
        """leaveChat."""
        chat = world.chat_for(parameters.get("chat_id"))
        if chat.is_private:
            raise bad_request("chat member status can't be changed in private chats")
        chat.shut = "bot is not a member of the supergroup chat"
        self.announce(chat, world.bot_user, "member", "left")
        world.changed()
        return True

    def _user(self, somebody: Somebody) -> Json:
        return self.world.people[self._chat(somebody).id].as_user()

    def _in_group(self, chat: Chat, sender: Json, content: Json) -> Json:
        message = self.world.new_message(chat, sender, content)
        self.updates.push("message", message, chat.id)
        return message
