"""Words that tell a language: short ones that nearly every sentence has, and few of another language."""

from __future__ import annotations

_NL = """
de het een en van ik te dat die in is niet zijn op aan met voor er maar om hem dan zou of wat mijn men dit zo door
over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze u want nog zal me zij nu ge geen iets
worden toch al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja eens hier wie werd altijd wordt
kunnen ons zelf tegen na reeds wil kon niets uw iemand geweest andere als we wij tussen moeten wel omdat tijdens sinds
volgens zullen deed had hij nieuwe werden gaat staat krijgt krijgen komt komen maakt maken mensen jaar vanaf via waar
waarin waarbij waardoor hiervoor daarbij zodat terwijl alle elke
"""
_FR = """
le la les un une des du de et à au aux en dans par pour sur avec sans sous chez entre vers ce cet cette ces son sa ses
leur leurs notre nos votre vos mon ma mes qui que quoi dont où il elle ils elles on nous vous je tu se ne pas plus est
sont été être a ont avait avaient était étaient sera seront fait mais ou donc or ni car si comme aussi très tout tous
toute toutes même y lors depuis selon afin ainsi après avant peut peuvent doit doivent cela ceux celle celui deux
également encore jusqu lorsque parce alors déjà moins d l c qu n s j quel quels quelle quelles chaque étais ai as es
sommes êtes allez pourquoi comment beaucoup parfois près nouveau nouvelle bien faut faire ans an année années fois
personnes trois
"""
_DE = """
der die das den dem des ein eine einen einem einer eines und in zu von mit für auf ist im sich nicht auch als an es er
sie wir ich ihr aus bei nach wie über um hat haben wird werden wurde wurden sind war waren noch nur oder aber durch
kann können muss müssen soll sollen so dass zum zur vom beim am bis unter gegen vor zwischen wenn weil was wer wo hier
da dann diese dieser dieses diesem diesen ihre ihren ihrem ihrer sein seine seinen seiner kein keine keinen mehr sehr
schon doch habe hatte hatten sei wäre man uns unser unsere alle alles wieder ohne während seit jede jeder jedes mich
mir dich ihm ihn gibt ging geht jetzt immer viele vielen zwei drei neue neuen jahr jahre jahren menschen warum denn ab
ins etwa heißt dort damit dazu davon sowie sagte sagt
"""
_EN = """
the of and to in a is that it for was on are as with his they be at this have from or had by not but what all were we
when your can said there an each which she do how their if will up other about out many then them these so some her
would make like him into has more no could my than been who its now did down get may our over only also any after
because through between should those while where being before during under against i you he me m re s t don just see
things thing made year years people most such still back even too per says new first two
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "nl": frozenset(_NL.split()),
    "fr": frozenset(_FR.split()),
    "de": frozenset(_DE.split()),
    "en": frozenset(_EN.split()),
}
