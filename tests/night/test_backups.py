"""The backups of the workbook: enough of them, and never more than that."""

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from processor.night.backups import DAYS, LAST, MONTHS, WEEKS, kept, prune

MOMENTS = st.lists(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)).map(
        lambda moment: moment.replace(microsecond=0)
    )
)


@given(MOMENTS)
def test_the_newest_backup_always_stays_and_the_number_is_bounded(moments: list[datetime]) -> None:
    staying = kept(moments)
    assert staying <= set(moments)
    assert len(staying) <= LAST + DAYS + WEEKS + MONTHS
    assert set(sorted(set(moments))[-LAST:]) <= staying


@given(MOMENTS)
def test_keeping_twice_keeps_the_same(moments: list[datetime]) -> None:
    assert kept(kept(moments)) == kept(moments)


def test_a_month_of_a_year_ago_can_still_be_found_after_a_year_of_nights() -> None:
    nights = [datetime(2026, 1, 1, 3, 30) + timedelta(days=number) for number in range(365)]
    assert {moment.month for moment in kept(nights)} == set(range(1, 13))


def test_only_backups_of_this_workbook_are_ever_removed(tmp_path: Path) -> None:
    workbook = tmp_path / "classeur.xlsx"
    for number in range(60):
        stamp = datetime(2026, 11, 1, 3, 30) + timedelta(hours=number)
        (tmp_path / f"classeur {stamp:%Y-%m-%d %H-%M-%S} {number:06x}.xlsx").touch()
    theirs = {
        "classeur avant l'été.xlsx",
        "autre 2026-11-01 03-30-00 00000a.xlsx",
        "classeur 2026.xlsx",
        "classeur 2026-99-99 03-30-00 00000a.xlsx",
    }
    for name in theirs:
        (tmp_path / name).touch()
    removed = prune(tmp_path, workbook)
    left = {path.name for path in tmp_path.iterdir()}
    assert removed == 60 - (len(left) - len(theirs)) > 40
    assert theirs <= left
