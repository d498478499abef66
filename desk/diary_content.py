"""What a diary entry says, whether it is being written, saved, or an old version."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from kpi.quality import REQUIRED
from storage.diary import folded
from storage.models import Channel, DiaryEntry, DiaryStatus


@dataclass(frozen=True, slots=True)
class Content:
    at: datetime
    channel: Channel | None = None
    customer_id: int | None = None
    customer_name: str = ""
    customer_contact: str = ""
    request: str = ""
    done: str = ""
    result: str = ""
    mood: int | None = None
    status: DiaryStatus | None = None
    follow_up_at: datetime | None = None
    photos: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    """File ids of what was dictated."""
    heard: str = ""
    """What was heard of it, whatever became of the fields."""

    @property
    def says_something(self) -> bool:
        """Whether the operator has told anything at all, beyond what was filled in for them."""
        words = (self.request, self.done, self.result)
        return any((*words, self.mood, self.status, self.photos, self.voices))

    @property
    def filled(self) -> int:
        """How many of the REQUIRED fields are."""
        return sum(bool(getattr(self, name)) for name in REQUIRED)

    def with_changes(self, base: "Content", later: "Content") -> "Content":
        """This, with what somebody changed from `base` to `later`, and nothing else."""
        changed = {
            field.name: getattr(later, field.name)
            for field in fields(self)
            if getattr(later, field.name) != getattr(base, field.name)
        }
        return replace(self, **changed)

    def to_json(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(),
            "channel": self.channel,
            "customer_id": self.customer_id,
            "customer_name": self.customer_name,
            "customer_contact": self.customer_contact,
            "request": self.request,
            "done": self.done,
            "result": self.result,
            "mood": self.mood,
            "status": self.status,
            "follow_up_at": self.follow_up_at.isoformat() if self.follow_up_at else None,
            "photos": list(self.photos),
            "voices": list(self.voices),
            "heard": self.heard,
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> "Content":
        return cls(
            **{
                **saved,
                "at": datetime.fromisoformat(saved["at"]),
                "channel": Channel(saved["channel"]) if saved["channel"] else None,
                "status": DiaryStatus(saved["status"]) if saved["status"] else None,
                "follow_up_at": datetime.fromisoformat(saved["follow_up_at"])
                if saved["follow_up_at"]
                else None,
                "photos": tuple(saved["photos"]),
                "voices": tuple(saved.get("voices", ())),
            }
        )

    @classmethod
    def of(cls, entry: DiaryEntry) -> "Content":
        return cls(
            at=entry.at,
            channel=entry.channel,
            customer_id=entry.customer_id,
            customer_name=entry.customer_name,
            customer_contact=entry.customer_contact,
            request=entry.request,
            done=entry.done,
            result=entry.result,
            mood=entry.mood,
            status=entry.status,
            follow_up_at=entry.follow_up_at,
            photos=tuple(entry.photos or ()),
            voices=tuple(entry.voices or ()),
            heard=entry.heard,
        )

    def put_into(self, entry: DiaryEntry) -> None:
        for field in fields(self):
            setattr(entry, field.name, getattr(self, field.name))
        entry.photos = list(self.photos) or None
        entry.voices = list(self.voices) or None
        entry.filled = self.filled
        number = f"№{entry.conversation_id}" if entry.conversation_id else ""
        entry.words = folded(
            " ".join(
                (
                    number,
                    self.customer_name,
                    self.customer_contact,
                    self.request,
                    self.done,
                    self.result,
                )
            )
        )
