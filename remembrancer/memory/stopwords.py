"""Words of a question that ask rather than name: dropped, or looked for without being needed.

``STOP`` are grammar and question words. ``OFFICE`` are the words any body uses of itself and its acts: a
passage with them ranks higher, but its lack of them proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

STOP: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """a about above after again against all also am an and any anybody anyone anything are aren't as at
            be became because become been before being below between both but by can can't cannot cllr could
            couldn't councillor did didn't do does doesn't doing don't down dr during each ever everybody
            everyone few first for from further get give got had has have having he her here hers him his how
            i if in into is isn't it it's its itself just last let like made make many may me mention
            mentioned might more most mr mrs ms much must my no nobody nor not of off on once one only or
            other ought our out over own please put record said same say saying says shall she should sir so
            some somebody someone something still such take tell than that that's the their them then there
            these they thing things think this those thought through to too under until up upon us use very
            want was wasn't we were what what's when where whether which while who who's whom whose why will
            with won't would you your""",
        "de": """aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da dabei damit
            danach dann daran darauf darüber das dass dazu dein dem den denn der des dessen die dies diese
            diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas frau
            für gab gegen gegenüber gibt haben hat hatte hatten herr ich ihm ihn ihr ihre im in ist ja jede
            jeder jedes jetzt kann kein keine konnte können man mehr mich mir mit muss nach nicht noch nun nur
            ob oder ohne sagt sagte sagten sehr sein seine sich sie sind so soll sollte um und uns unter viel
            vom von vor wann war waren warum was weil welche welchem welchen welcher welches wem wen wenn wer
            werden wessen wie wieso wieviel wieviele wird wo wurde wurden zu zum zur über""",
        "fr": """ai au aux avait avec avez avoir c ce ceci cela celle celui ces cet cette combien comme comment d
            dans de depuis des dit dont du elle elles en entre est et eu fait furent fut il ils j je l la le
            les leur leurs lors lui m mais mme même n ne nos notre nous on ont ou où par parce pas pendant
            plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se selon ses si son
            sont sous sur ta te tu un une vos votre vous y à étaient était été être""",
        "es": """a al algo ante aquel como con contra cual cuando cuanto cuál cuáles cuándo cuánto cuántos cómo de
            del desde dice dijeron dijo donde dos durante dónde e el ella ellos en entre era eran es esa ese
            eso esta estaba este esto está fue fueron ha había han hasta hay hizo la las le les lo los me mi
            mucho muy más no nos o otro para pero por porque que quien quién quiénes qué se sea ser señor
            señora si sin sobre son su sus sí también te tiene un una uno y ya él""",
        "pt": """a ao aos aquele as até com como da das de dele depois disse disseram do dos e ela ele eles em
            entre era esse esta este está eu foi foram há isso isto já lhe mais mas me mesmo muito na nas nem
            no nos não o onde os ou para pela pelas pelo pelos por porque porquê quais qual quando quanto
            quantos que quem quê se sem senhor senhora ser seu seus sobre sua suas só também te tem tinha um
            uma às é""",
        "gl": """a ao aos as ata até cal cales cando canto cantos co coa como con da das de del dixeron dixo do dos
            e el ela eles en entre era esa ese esta este está eu foi foron hai isto mais me moi máis na nas
            nin no non nos o onde os ou para pola polas polo polos por porque que quen se sen ser seu seus
            señor señora sobre só súa súas tamén te ten un unha á ás é""",
        "it": """a ad ai al alla alle anche che chi ci come con cosa cui da dal dalla dei del della delle detto di
            disse dove e ed era erano fu gli ha hanno i il in io l la le lo loro ma nei nel nella non o per
            perché più quale quali quando quanti quanto questa questo se si sono su sua sul sulla suo tra un
            una uno è""",
        "nl": """aan al als bij dan dat de der deze die dit door dus een en er geen had hadden heb hebben heeft het
            hij hoe hoeveel hun ik in is je kan maar me met mijn na naar niet nog nu of om omdat ons ook op
            over te ten tot u uit van voor waar waarom wanneer waren was wat we wel welk welke werd werden wie
            wij zal ze zei zich zij zijn zo zou""",
    }.items()
}

OFFICE: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """agree agreed agreement approve approved asked board body chair committee council decide decided
            decision decisions discuss discussed discussion group happen happened meeting meetings member
            members minutes opinion parliament people propose proposed resolution resolve resolved session
            sitting speak spoke talk talked team topic view views vote voted""",
        "de": """abstimmung ausschuss beschließen beschloss beschlossen beschluss beschlüsse bürgermeister debatte
            diskutiert entscheiden entscheidung entschied entschieden gemeinderat gestimmt gremium meinung
            mitglied mitglieder rat rates sitzung sitzungen stadtrat stadtrates thema vorsitzende vorsitzender""",
        "fr": """assemblée avis comité commission conseil discussion discuté décidé décision décisions membres
            président réunion séance vote voté""",
        "es": """acordó acuerdo aprobó ayuntamiento comisión comité consejo debate decidió decisiones decisión
            miembros opinión pleno presidente reunión sesión votó""",
        "pt": """acordo aprovou assembleia comissão comité conselho câmara debate decidiu decisão decisões membros
            opinião presidente reunião sessão votou""",
        "gl": """acordo aprobou comisión comité consello cámara debate decidiu decisión membros opinión parlamento
            presidente reunión sesión votou""",
        "it": """assemblea comitato commissione consiglio decisione deciso discussione membri opinione presidente
            riunione seduta votato""",
        "nl": """besloten besluit besluiten bestuur commissie discussie gemeenteraad gestemd leden mening raad
            vergadering voorzitter""",
    }.items()
}


def spoken(written: Sequence[str], languages: Iterable[str]) -> str:
    """The language, among those of the record, in which most of a question's words are stop words."""
    codes = sorted({language.partition("-")[0].lower() for language in languages} & STOP.keys()) or ["en"]
    return max(codes, key=lambda code: sum(bare(token) in STOP[code] for token in written))


def bare(token: str) -> str:
    """A written word as the lists have it: without capitals and without an English genitive."""
    return token.lower().replace("\u2019", "'").removesuffix("'s")
