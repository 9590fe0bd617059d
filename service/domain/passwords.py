"""What a password must be: long enough, not too long, none of the common ones, not the e-mail address.

There are no rules of composition (OWASP ASVS 5.0.0, 6.2). Hashing is left to `operations`.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from service.domain.errors import N_, Invalid

SHORTEST_CHARACTERS = 12
LONGEST_CHARACTERS = 256
FEWEST_DIFFERENT_CHARACTERS = 4

# With twelve characters as the minimum, a common password is a common word made long: repeated, or with a
# number, a year or signs around it. So the words are kept, and the lengthening is undone.
_COMMON_WORDS = """
aaa abc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij abcdefghijk abcdefghijkl access account
action admin adminadmin administrator alexander amsterdam anderlecht andrea andrew angel anthony
antwerpen apple arsenal asdf asdfg asdfgh asdfghjk asdfghjkl asdfghjklm august augustus azerty azertyu
azertyui azertyuiop bailey banana baseball basketball batman bayern beheer beheerder belgie belgien
belgique belgium berlin bienvenue bonjour brussel brussels bruxelles buster butterfly changeit changeme
charlie charlotte cheese chelsea chocolade chocolat chocolate chouchou computer cookie corona covid
daniel december decembre default dezember doudou dragon editor eindredactie elephant estelle europa
europe facebook family februar februari ferrari fevrier flower football fortnite freedom friday fussball
geheim gemeente gent gesperrt ginger google gouvernement guest hallo hallohallo hammer hannah hello
helloworld herbst herfst hunter ichliebedich iloveyou internet jaimelavie januar januari janvier jennifer
jessica jetaime johnny jordan joshua juillet juin juli juni justin kantoor kerstmis killer konijn ladies
lastminute lente letmein liverpool login london loulou lovely loveme maandag maart mars marseille martine
master matrix matthew melanie mercedes michael michelle minecraft ministere ministerie ministerium
mohamed monkey montag motdepasse muller mustang mypassword nederland newpassword nicolas nieuwwachtwoord
ninja november novembre october octobre office oktober olivier operator orange parijs paris parola pass
passe passord passphrase passw passwd password passwordpassword passwort patrick pepper persbericht
persbureau persdienst perstolk pokemon portal press pressoffice princess princesse prinses printemps
privet purple qaz qazwsx qazwsxedc qwe qwer qwert qwerty qwertyu qwertyui qwertyuiop qwertz qwertzuiop
redactie redaction redaktion reviewer robert rockyou root sample schalke schatz secret secreto september
septembre server shadow soccer soleil sommer spring staatssecretaris star starwars sterren summer
sunflower sunshine superman support system target temp temporary test testaccount tester testing thomas
thunder tigger tijdelijk tinkerbell translate translator tresor trustno trustnoone tudelft twitter user
username vakantie vertaler vertaling vlaanderen voetbal vrijdag wachtwoord wachtwoordwachtwoord wallonie
web webmaster welcome welkom wereld whatever wilkommen willkommen winter wonderwoman word world xbox
yellow yxcvbnm zaq zaterdag zomer zondag zxcv zxcvb zxcvbn zxcvbnm
"""
_COMMON = frozenset(_COMMON_WORDS.split())

_ROWS = (
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertzuiop",
)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_NEIGHBOURS = frozenset(
    pair for row in (*_ROWS, _ALPHABET, "0123456789") for forward in pairwise(row) for pair in (forward, forward[::-1])
)
_NEIGHBOURLY_SHARE = 0.8
_LETTERS_FOR = str.maketrans("0134578@$!", "oieastbasi")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def check_password(password: str, *, email: str) -> None:
    """Raise `Invalid` where a password may not be used by the person with that e-mail address."""
    if len(password) < SHORTEST_CHARACTERS:
        raise Invalid(
            "password_short",
            N_("The password needs at least %(count)s characters. A short sentence is a good password."),
            field="password",
            count=SHORTEST_CHARACTERS,
        )
    if len(password) > LONGEST_CHARACTERS:
        raise Invalid(
            "password_long",
            N_("The password can have at most %(count)s characters."),
            field="password",
            count=LONGEST_CHARACTERS,
        )
    folded = unicodedata.normalize("NFKC", password).casefold()
    if _is_email(folded, unicodedata.normalize("NFKC", email).casefold().strip()):
        raise Invalid("password_email", N_("The password must not be made of your e-mail address."), field="password")
    if is_common(folded):
        raise Invalid(
            "password_common",
            N_("This password is among the first that somebody would try. Choose another."),
            field="password",
        )


def is_common(password: str) -> bool:
    """Tell whether a password is a common word made long, a walk over the keyboard, or a few signs."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(set(folded)) < FEWEST_DIFFERENT_CHARACTERS or _is_walk(folded):
        return True
    spelled = re.sub(r"[\W_]", "", folded.translate(_LETTERS_FOR))
    bare = re.sub(r"[\W_]", "", _AROUND.sub("", folded).translate(_LETTERS_FOR))
    return any(_repeated_part(word) in _COMMON for word in (spelled, bare, re.sub(r"[\W\d_]", "", folded)))


def _is_email(password: str, email: str) -> bool:
    """Tell whether a password is an address, or the name in it with signs and digits around."""
    name = email.partition("@")[0]
    return bool(email) and (password == email or _AROUND.sub("", password) in {email, name})


def _is_walk(password: str) -> bool:
    """Tell whether nearly every sign is the neighbour of the one before it, or the same again."""
    steps = list(pairwise(re.sub(r"[\W_]", "", password)))
    near = sum(one == other or (one, other) in _NEIGHBOURS for one, other in steps)
    return bool(steps) and near / len(steps) >= _NEIGHBOURLY_SHARE


def _repeated_part(word: str) -> str:
    """Return the part that a word is a repetition of, or the word itself."""
    period = (word + word).find(word, 1) if word else 0
    return word[:period]
