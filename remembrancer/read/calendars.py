"""The names of months and weekdays by language, as CLDR has them: ``января`` is the first month in Russian.

They are kept here since loading them from CLDR takes longer than answering a question does; a test compares them.
Names are case folded and without a final dot, separated by commas, their spellings by slashes.
"""

from __future__ import annotations

from functools import cache

MONTHS = {
    "en": (
        "january/jan, february/feb, march/mar, april/apr, may, june/jun, "
        "july/jul, august/aug, september/sep, october/oct, november/nov, december/dec"
    ),
    "de": "januar, februar, märz, april, mai, juni, juli, august, september, oktober, november, dezember",
    "fr": "janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre",
    "pt": "janeiro, fevereiro, março, abril, maio, junho, julho, agosto, setembro, outubro, novembro, dezembro",
    "es": "enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre",
    "gl": "xaneiro, febreiro, marzo, abril, maio, xuño, xullo, agosto, setembro, outubro, novembro, decembro",
    "ru": (
        "января/январь, февраля/февраль, марта/март, апреля/апрель, мая/май, июня/июнь, "
        "июля/июль, августа/август, сентября/сентябрь, октября/октябрь, ноября/ноябрь, декабря/декабрь"
    ),
    "ar": "يناير, فبراير, مارس, أبريل, مايو, يونيو, يوليو, أغسطس, سبتمبر, أكتوبر, نوفمبر, ديسمبر",
    "he": "ינואר, פברואר, מרץ, אפריל, מאי, יוני, יולי, אוגוסט, ספטמבר, אוקטובר, נובמבר, דצמבר",
    "it": "gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre",
    "nl": "januari, februari, maart, april, mei, juni, juli, augustus, september, oktober, november, december",
}
"""From January on; the first spelling of each is the one within a date."""

WEEKDAYS = {
    "en": "monday/mon, tuesday/tue, wednesday/wed, thursday/thu, friday/fri, saturday/sat, sunday/sun",
    "de": "montag/mo, dienstag/di, mittwoch/mi, donnerstag/do, freitag/fr, samstag/sa, sonntag/so",
    "fr": "lundi/lun, mardi/mar, mercredi/mer, jeudi/jeu, vendredi/ven, samedi/sam, dimanche/dim",
    "pt": (
        "segunda-feira/seg, terça-feira/ter, quarta-feira/qua, quinta-feira/qui, "
        "sexta-feira/sex, sábado/sáb, domingo/dom"
    ),
    "es": "lunes/lun, martes/mar, miércoles/mié, jueves/jue, viernes/vie, sábado/sáb, domingo/dom",
    "gl": "luns, martes/mar, mércores/mér, xoves/xov, venres/ven, sábado/sáb, domingo/dom",
    "ru": "понедельник/пн, вторник/вт, среда/ср, четверг/чт, пятница/пт, суббота/сб, воскресенье/вс",
    "ar": "الاثنين, الثلاثاء, الأربعاء, الخميس, الجمعة, السبت, الأحد",
    "he": (
        "יום שני/יום ב׳, יום שלישי/יום ג׳, יום רביעי/יום ד׳, יום חמישי/יום ה׳, "
        "יום שישי/יום ו׳, יום שבת/שבת, יום ראשון/יום א׳"
    ),
}
"""From Monday on, in full and shortened."""


@cache
def months(language: str) -> dict[str, int]:
    """The number of each month, from 1, by every spelling of its name; empty for an unknown language."""
    return _numbered(MONTHS.get(language, ""), 1)


@cache
def weekdays(language: str) -> dict[str, int]:
    """The number of each weekday, from 0 for Monday, by every spelling of its name."""
    return _numbered(WEEKDAYS.get(language, ""), 0)


def _numbered(names: str, first: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, spellings in enumerate(names.split(", ") if names else (), first):
        for name in spellings.split("/"):
            found.setdefault(name, number)
    return found
