"""Vietnamese dates and numbers: 03/04/2022 is 3 April, 1.234 is one thousand two hundred and thirty-four.

Django's own Vietnamese formats read 03/04/2022 as 4 March and 1.234 as one and a bit. Because thousands are grouped
everywhere, a template must print a year with `{{ plan.year|year }}`: `{{ plan.year }}` would say 2.022.
"""

DATE_FORMAT = r"\n\gà\y d \t\há\n\g m \nă\m Y"
SHORT_DATE_FORMAT = "d/m/Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "H:i d/m/Y"
SHORT_DATETIME_FORMAT = "H:i d/m/Y"
YEAR_MONTH_FORMAT = r"\t\há\n\g m \nă\m Y"
MONTH_DAY_FORMAT = r"d \t\há\n\g m"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = [
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d",
]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
