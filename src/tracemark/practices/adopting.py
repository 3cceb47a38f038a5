from datetime import date

from tracemark.practices.entries import LibraryEntry
from tracemark.practices.records import refuse_practice
from tracemark.targets import Activity, Plan, next_code


def activity_for_practice(entry: LibraryEntry, plan: Plan, *, language: str, owner: str, today: date) -> Activity:
    """Propose an activity that follows a practice: for the plan's first goal, from today to the plan's last day.

    Raises:
        PracticeRefused: the practice is a draft, so that there is nothing to cite yet.

    Source: BMS7 MEAS.2.
    """
    if not entry.number:
        raise refuse_practice("practices.not_published", practice=entry.key)
    frame, content = plan.frame, entry.content
    return Activity(
        code=next_code(plan),
        goal=frame.goals[0].code if frame.goals else "",
        title=content.tellings[content.language_for(language)].title,
        owner=owner,
        start=min(max(today, frame.first), frame.last),
        end=frame.last,
        commitments=content.commitments,
        practices=(entry.cited,),
    )
