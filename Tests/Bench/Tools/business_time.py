"""Adds 7 h 30 min of office hours to instants with businesstimedelta: prints how many a second, then each answer.

The calendar and the instants are those of SLABench.swift.
"""

import datetime
import sys
import time

import businesstimedelta
import pytz

ZONE = pytz.timezone("America/Tijuana")
WEEKDAYS = [0, 1, 2, 3, 4]
HOLIDAYS = {
    datetime.date(year, month, day)
    for year in range(2016, 2036)
    for month, day in [(1, 1), (2, 5), (3, 21), (5, 1), (9, 16), (11, 20), (12, 25)]
}


def starts(count):
    state = 42
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
        yield datetime.datetime.fromtimestamp(1483228800 + (state >> 33) % 315360000, ZONE)


def main():
    instants = list(starts(int(sys.argv[1])))
    rules = businesstimedelta.Rules(
        [
            businesstimedelta.WorkDayRule(datetime.time(9), datetime.time(18), WEEKDAYS, tz=ZONE),
            businesstimedelta.LunchTimeRule(datetime.time(13), datetime.time(14), WEEKDAYS, tz=ZONE),
            businesstimedelta.HolidayRule(HOLIDAYS, tz=ZONE),
        ]
    )
    amount = businesstimedelta.BusinessTimeDelta(rules, hours=7, seconds=1800)
    began = time.perf_counter()
    answers = [instant + amount for instant in instants]
    print(len(instants) / (time.perf_counter() - began))
    for answer in answers:
        print(int(answer.timestamp()))


main()
